import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digest, printed, raccroche } from './command-line.ts';
import { AS_OF, DELIVERIES } from './expectations.ts';

/** What a comparison announces must be what the campaign does when it is really run. */

const root = mkdtempSync(join(tmpdir(), 'what-if-'));
const CAMPAIGN = join(root, 'campagne');
const REGISTRY = join(root, 'registre');

const MOVE = z.object({
  siei: z.string(),
  department: z.string(),
  check: z.string().nullable(),
  label: z.string(),
});
const SIDE = z.looseObject({ asOf: z.string(), ruleSet: z.string(), listed: z.number() });
const WHAT_IF = z.object({
  campaign: SIDE,
  trial: SIDE,
  sameFiles: z.boolean(),
  stay: z.number(),
  enter: z.array(MOVE),
  leave: z.array(MOVE),
  move: z.array(z.object({ siei: z.string(), from: z.string(), to: z.string() })),
});
const DIFFERENCE = z.looseObject({
  counts: z.looseObject({ maintenus: z.number() }),
  nouveaux: z.array(z.object({ siei: z.string(), department: z.string() })),
  sortis: z.array(z.object({ siei: z.string(), department: z.string(), check: z.string().nullable() })),
});
const DOSSIER = z.looseObject({
  checks: z.array(z.looseObject({ check_code: z.string(), passed: z.boolean() })),
});

const trial = (...more: readonly string[]) =>
  raccroche('campaign', 'what-if', '--campaign', CAMPAIGN, '--deliveries', DELIVERIES, ...more);

beforeAll(() => {
  const run = raccroche('campaign', 'run', '--deliveries', DELIVERIES, '--as-of', AS_OF, '--out', CAMPAIGN);
  expect(run.code, run.stderr).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a comparison', () => {
  const questions: [string, string[]][] = [
    ['other rules', ['--rules', 'obligation-16-18']],
    ['other rules and another date', ['--rules', 'no-diploma', '--as-of', '2026-03-01']],
  ];
  it.each(questions)('announces what the campaign then does: %s', (name, options) => {
    const before = { campaign: digest(CAMPAIGN), registry: digest(REGISTRY), beside: readdirSync(root) };
    const found = printed(WHAT_IF, trial(...options, '--json'));
    expect({ campaign: digest(CAMPAIGN), registry: digest(REGISTRY), beside: readdirSync(root) }).toEqual(
      before,
    );

    const real = mkdtempSync(join(root, 'vraie-'));
    const out = join(real, 'campagne');
    cpSync(REGISTRY, join(real, 'registre'), { recursive: true });
    const asOf = options.includes('--as-of') ? [] : ['--as-of', AS_OF];
    const run = raccroche(
      ...['campaign', 'run', '--deliveries', DELIVERIES, '--out', out, '--previous', CAMPAIGN],
      ...[...options, ...asOf],
    );
    expect(run.code, `${name}: ${run.stderr}`).toBe(0);
    const done = DIFFERENCE.parse(JSON.parse(readFileSync(join(out, 'difference.json'), 'utf8')));
    expect(found.enter.length + found.leave.length).toBeGreaterThan(0);
    expect(found.stay).toBe(done.counts.maintenus);
    const numbers = (moves: readonly { siei: string }[]) => moves.map(({ siei }) => siei);
    expect(numbers(found.enter)).toEqual(numbers(done.nouveaux));
    expect(numbers(found.leave)).toEqual(numbers(done.sortis));
    expect(found.trial.listed).toBe(found.campaign.listed + found.enter.length - found.leave.length);
    expect(found.sameFiles).toBe(true);
  });

  it('tells of each newcomer the first condition that the campaign found not met', () => {
    const { enter } = printed(WHAT_IF, trial('--rules', 'obligation-16-18', '--json'));
    for (const { siei, check } of enter) {
      const dossier = printed(
        DOSSIER,
        raccroche('campaign', 'explain', '--campaign', CAMPAIGN, '--person', siei, '--json'),
      );
      expect(dossier.checks.find(({ passed }) => !passed)?.check_code).toBe(check);
    }
  });

  it('says in French how many and why, and clears what a killed one left', () => {
    mkdirSync(join(root, '.essai-campagne'));
    const { stdout, code } = trial('--rules', 'obligation-16-18');
    expect(code).toBe(0);
    expect(stdout).toContain('règles obligation-16-18');
    expect(stdout).toMatch(/jeunes? entrerai(t|ent)/);
    expect(stdout).toContain('a l’âge du dispositif');
    expect(stdout).toContain('ni la campagne, ni le registre');
    expect(readdirSync(root).filter((each) => each.startsWith('.'))).toEqual([]);
  });
});

describe('what cannot be compared', () => {
  const refusals: [string, string[], string][] = [
    ['the campaign itself', ['--rules', 'siei-2011'], 'déjà au'],
    ['unknown rules', ['--rules', 'licorne'], 'Règles inconnues'],
    ['no registry', ['--rules', 'no-diploma', '--registry', join(root, 'absent')], 'Pas de registre'],
  ];
  it.each(refusals)('%s', (_name, options, sentence) => {
    const { code, stderr } = trial(...options);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(readdirSync(root).filter((each) => each.startsWith('.'))).toEqual([]);
  });
});
