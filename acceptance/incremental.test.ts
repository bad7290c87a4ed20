import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { movedPersonsSql } from '../packages/server/src/modules/lists/campaign/moved-records.ts';
import { campaignContent } from '../packages/server/src/modules/lists/campaign/testing/data-content.ts';
import { openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { digest, KEYED_ENVIRONMENT, PROGRAM, printed, raccroche } from './command-line.ts';
import { AS_OF, DELIVERIES } from './expectations.ts';

/** A campaign that takes over what did not change writes the files, and fills the tables, of one that works everything out anew. */

const root = mkdtempSync(join(tmpdir(), 'incremental-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Two campaigns of a region, one after the other, on a busy machine. */
const PATIENCE_MS = 600_000;

const RESULT = z.looseObject({
  files: z.number(),
  carried: z.number(),
  listed: z.number(),
  comparisonsCarried: z.boolean(),
});
const MANIFEST = z.looseObject({
  model: z.object({ variants: z.number(), held: z.boolean() }).optional(),
});
const manifestOf = (out: string) =>
  MANIFEST.parse(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')));

interface Asked {
  readonly deliveries: string;
  readonly asOf: string;
  readonly registry?: string;
  readonly more?: readonly string[];
}

function run(name: string, { deliveries, asOf, registry, more = [] }: Asked) {
  const [out, own] = [join(root, name, 'campagne'), join(root, name, 'registre')];
  if (registry !== undefined) cpSync(registry, own, { recursive: true });
  const folders = ['--deliveries', deliveries, '--registry', own, '--out', out];
  const words = [PROGRAM, 'campaign', 'run', ...folders, '--as-of', asOf, '--json', ...more];
  // A registry that is there has its key.
  const env = registry === undefined ? KEYED_ENVIRONMENT : process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return { out, registry: own, result: printed(RESULT, { code: status, stdout, stderr }) };
}

/** Runs it both ways, each on a registry of its own; all that is written must say the same. */
async function bothWays(name: string, previous: string, asked: Asked) {
  const more = [...(asked.more ?? []), '--previous', previous];
  const incremental = run(`${name}-repris`, { ...asked, more });
  const full = run(`${name}-refait`, { ...asked, more: [...more, '--no-incremental'] });
  expect(await campaignContent(incremental.out)).toEqual(await campaignContent(full.out));
  expect(digest(incremental.registry)).toEqual(digest(full.registry));
  expect(full.result).toMatchObject({ carried: 0, comparisonsCarried: false });
  return incremental;
}

describe('files of all formats, good and bad', () => {
  let before: ReturnType<typeof run>;
  beforeAll(() => {
    before = run('avant', { deliveries: DELIVERIES, asOf: AS_OF });
  });

  it('some renamed, one gone, one changed, one new', async () => {
    const deliveries = join(root, 'mois');
    cpSync(DELIVERIES, deliveries, { recursive: true });
    renameSync(join(deliveries, 'siecle'), join(deliveries, 'ailleurs'));
    const [gone = '', changed = ''] = readdirSync(join(deliveries, 'echange')).filter((name) =>
      name.endsWith('.csv'),
    );
    const text = readFileSync(join(deliveries, 'echange', changed), 'utf8');
    writeFileSync(join(deliveries, 'echange', 'nouveau.csv'), text.replace(/\n[^\n]*\n$/, '\n'));
    appendFileSync(join(deliveries, 'echange', changed), text.split('\n')[1] ?? '');
    rmSync(join(deliveries, 'echange', gone));
    const { result } = await bothWays('mois', before.out, {
      deliveries,
      asOf: AS_OF,
      registry: before.registry,
    });
    expect(result.carried).toBeGreaterThan(5);
    expect(result.carried).toBeLessThan(result.files);
  });

  it('at another date, under other rules, with another registry', async () => {
    const more = ['--rules', 'obligation-16-18'];
    const { result } = await bothWays('date', before.out, {
      deliveries: DELIVERIES,
      asOf: '2026-01-15',
      more,
    });
    expect(result.carried).toBeGreaterThan(0);
  });

  it('takes nothing from tables that are no longer those that were sealed', async () => {
    const damaged = join(root, 'abime');
    cpSync(before.out, damaged, { recursive: true });
    appendFileSync(join(damaged, 'data', 'records.parquet'), ' ');
    const asked = { deliveries: DELIVERIES, asOf: AS_OF, registry: before.registry };
    const { out, result } = run('apres-abime', { ...asked, more: ['--previous', damaged] });
    expect(result.carried).toBe(0);
    const sound = run('apres-sain', { ...asked, more: ['--previous', before.out] });
    expect(sound.result.carried).toBeGreaterThan(5);
    expect(await campaignContent(out)).toEqual(await campaignContent(sound.out));
  });
});

describe('a region', () => {
  const demo = join(root, 'demo');
  const before = join(demo, 'campagne');
  const registry = join(demo, 'registre');
  beforeAll(() => {
    expect(raccroche('demo', '--out', demo).code).toBe(0);
  }, PATIENCE_MS);

  it(
    'a month later, with files changed and decisions taken, judged by the model of the month before',
    async () => {
      const deliveries = join(root, 'region');
      cpSync(join(demo, 'deliveries'), deliveries, { recursive: true });
      const exams = join(deliveries, 'examens');
      for (const name of readdirSync(exams)
        .filter((each) => each.endsWith('.csv'))
        .slice(0, 1)) {
        const text = readFileSync(join(exams, name), 'utf8');
        writeFileSync(join(exams, name), text.replace(/\n[^\n]*\n$/, '\n'));
      }
      mkdirSync(join(root, 'decisions'));
      const decisions = join(root, 'decisions', 'decisions.csv');
      const questions = readFileSync(join(before, 'litiges', 'a-trancher.csv'), 'utf8')
        .trimEnd()
        .split('\r\n');
      const columns = (questions[0] ?? '').replace('\ufeff', '').split(';');
      const answer = (line: string) =>
        line
          .split(';')
          .map(
            (cell, index) =>
              ({ decision: 'meme_personne', date_decision: '2025-12-01', role: 'conseiller' })[
                columns[index] ?? ''
              ] ?? cell,
          )
          .join(';');
      writeFileSync(decisions, `${[questions[0], ...questions.slice(1, 4).map(answer)].join('\r\n')}\r\n`);
      const { out, result } = await bothWays('region', before, {
        deliveries,
        asOf: '2025-12-15',
        registry,
        more: ['--decisions', decisions],
      });
      // Most files hold somebody under 16, who may have come of age: all are read.
      expect(result.carried).toBe(0);
      expect(result.comparisonsCarried).toBe(true);
      expect(readdirSync(join(out, 'data'))).toEqual(
        expect.arrayContaining(['memberships.new.parquet', 'ways-of-writing.new.parquet']),
      );
      expect(manifestOf(before).model?.held).toBe(false);
      expect(manifestOf(out).model).toEqual({ ...manifestOf(before).model, held: true });
    },
    PATIENCE_MS,
  );

  it(
    'touches the person of a row alone that a file leaves out when it comes again',
    async () => {
      const deliveries = join(root, 'sans-une-ligne');
      cpSync(join(demo, 'deliveries'), deliveries, { recursive: true });
      const exams = join(deliveries, 'examens');
      const texts = readdirSync(exams)
        .filter((each) => each.endsWith('.csv'))
        .map((name) => ({
          path: join(exams, name),
          lines: readFileSync(join(exams, name), 'utf8').split('\n'),
        }));
      const [file] = texts.sort((a, b) => b.lines.length - a.lines.length);
      const [header = '', _first, ...rows] = file?.lines ?? [];
      expect(rows.length).toBeGreaterThan(100);
      writeFileSync(file?.path ?? '', [header, ...rows].join('\n'));
      const { out } = run('une-ligne-de-moins', {
        deliveries,
        asOf: AS_OF,
        registry,
        more: ['--previous', before],
      });
      const database = await openDatabase();
      const moved = movedPersonsSql(join(before, 'data'), join(out, 'data'), {
        table: 'linkage.memberships',
        file: 'memberships',
        orderBy: 'record_id',
        key: ['record_id'],
      });
      const persons = await database.all(`SELECT DISTINCT person_id FROM ${moved}`);
      database.close();
      expect(persons.length).toBeGreaterThan(0);
      // Of then, and of today when the row gave the person its name; two more, should a name become rarer by it.
      expect(persons.length).toBeLessThan(5);
    },
    PATIENCE_MS,
  );

  it(
    'estimates its own model when asked to',
    () => {
      const asked = { deliveries: join(root, 'region'), asOf: AS_OF, registry };
      const { out, result } = run('reestime', { ...asked, more: ['--previous', before, '--retrain'] });
      expect(result.carried).toBeGreaterThan(50);
      expect(result.comparisonsCarried).toBe(false);
      expect(manifestOf(out).model?.held).toBe(false);
    },
    PATIENCE_MS,
  );
});
