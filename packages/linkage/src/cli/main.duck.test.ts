import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exactMatch } from '../levels/levels.ts';
import { withDefaults } from '../living/testing/with-defaults.ts';
import { defineModel } from '../model/model.ts';
import { writeModelFile } from '../model/model-file.ts';
import { peopleCsv } from '../testing/people-csv.ts';
import { PROGRAM, runProgram } from './testing/run-program.ts';

let folder: string;

const run = (...args: readonly string[]) => runProgram(folder, args);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkage-cli-'));
  writeFileSync(join(folder, 'people.csv'), peopleCsv());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('from a file of people to its clusters', () => {
  test('train makes a model from the columns', () => {
    const { status, told } = run(
      'train',
      'people.csv',
      '--id',
      'id',
      '--ignore',
      'person,site,national_id',
      '--out',
      'model.json',
    );
    expect({ status, told }).toMatchObject({ status: 0 });
    expect(told).toMatch(/surname: compared as/);
    expect(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))).toMatchObject({ idColumn: 'id' });
  });

  test('evaluate finds the truth again', () => {
    const { status, out } = run(
      'evaluate',
      'people.csv',
      '--model',
      'model.json',
      '--label',
      'person',
      '--json',
    );
    const { atThreshold, clusters } = JSON.parse(out) as {
      atThreshold: { f1: number; truePositives: number; falseNegatives: number };
      clusters: { pairwise: { f1: number } };
    };
    expect(status).toBe(0);
    expect(atThreshold.truePositives + atThreshold.falseNegatives).toBe(80);
    expect(atThreshold.f1).toBeGreaterThan(0.95);
    expect(clusters.pairwise.f1).toBeGreaterThan(0.95);
  });

  test('evaluate tells missed and wrong links apart by group', () => {
    const { out, status } = run(
      ...['evaluate', 'people.csv', '--model', 'model.json', '--label', 'person', '--groups', 'site'],
    );
    expect(status).toBe(0);
    expect(out).toMatch(/site +records +missed +wrong\nnorth +\d+ +\d+ of \d+ .*\nsouth +\d+/);
  });

  test('cluster names the cluster of each record, the same whatever the order of the rows', () => {
    const [header, ...rows] = peopleCsv().trimEnd().split('\n');
    writeFileSync(join(folder, 'shuffled.csv'), `${[header, ...rows.reverse()].join('\n')}\n`);
    for (const name of ['people', 'shuffled']) {
      expect(
        run('cluster', `${name}.csv`, '--model', 'model.json', '--out', `${name}-clusters.csv`).status,
      ).toBe(0);
    }
    const clusters = readFileSync(join(folder, 'people-clusters.csv'), 'utf8');
    expect(clusters.split('\n')).toHaveLength(162);
    expect(readFileSync(join(folder, 'shuffled-clusters.csv'), 'utf8')).toBe(clusters);
  });

  test('predict, with the SQL of the run and its tables kept', () => {
    const { status } = run(
      ...['predict', 'people.csv', '--model', 'model.json', '--out', 'pairs.json'],
      ...['--sql', 'run.sql', '--database', 'run.duckdb'],
    );
    const pairs = JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8')) as { match_weight: number }[];
    expect(status).toBe(0);
    expect(pairs.every(({ match_weight: weight }) => weight >= 0)).toBe(true);
    expect(readFileSync(join(folder, 'run.sql'), 'utf8')).toMatch(/CREATE OR REPLACE TABLE linkage_records/);
  });

  test('cluster keeps apart what must be, and joins what people decided', () => {
    const where = ['--model', 'model.json', '--out', 'apart.csv'];
    writeFileSync(
      join(folder, 'decided.csv'),
      'id_l,id_r,verdict\na0,b0,cannot_link\na1,a2,must_link\na1,a3,none\n',
    );
    expect(run('cluster', 'people.csv', ...where, '--decisions', 'decided.csv').status).toBe(0);
    const clusters = new Map(
      readFileSync(join(folder, 'apart.csv'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',') as [string, string]),
    );
    expect(clusters.get('a0')).not.toBe(clusters.get('b0'));
    expect(clusters.get('a1')).toBe(clusters.get('a2'));
    expect(clusters.get('a1')).not.toBe(clusters.get('a3'));
    expect(run('cluster', 'people.csv', ...where, '--apart-by', 'id').status).toBe(0);
    const alone = readFileSync(join(folder, 'apart.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(alone.every((line) => new Set(line.split(',')).size === 1)).toBe(true);
  });

  test('report is one page', () => {
    const { status } = run(
      'report',
      'people.csv',
      '--model',
      'model.json',
      '--label',
      'person',
      '--out',
      'report.html',
    );
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  test('index, then find with its reasons', () => {
    writeFileSync(
      join(folder, 'blocked.json'),
      readFileSync(join(folder, 'model.json'), 'utf8').replace(
        '"blockingRules": []',
        '"blockingRules": [{"sql": "l.birth_date = r.birth_date"}]',
      ),
    );
    expect(run('index', 'people.csv', '--model', 'blocked.json', '--out', 'people.duckdb').status).toBe(0);
    const record = JSON.stringify({ first_name: 'ALICE', surname: 'MARTINEL', birth_date: '1950-01-10' });
    const { out } = run('find', '--index', 'people.duckdb', '--record', record);
    const { matches } = JSON.parse(out) as { matches: { id: string; explanation: { steps: unknown[] } }[] };
    expect(matches.map(({ id }) => id).sort()).toEqual(['a0', 'b0']);
    expect(matches[0]?.explanation.steps.length).toBeGreaterThan(2);
  });

  test('update: what is added, changed and deleted ends where all of it at once does', () => {
    const [header = '', ...rows] = peopleCsv().trimEnd().split('\n');
    const write = (name: string, some: readonly string[]): void =>
      writeFileSync(join(folder, `${name}.csv`), `${[header, ...some].join('\n')}\n`);
    write('first', rows.slice(0, 100));
    write('more', [...rows.slice(100), (rows[0] ?? '').replace('MARTINEL', 'MARTINELLE')]);
    write('gone', rows.slice(1, 2));
    write('all', [(rows[0] ?? '').replace('MARTINEL', 'MARTINELLE'), ...rows.slice(2)]);
    expect(run('index', 'first.csv', '--model', 'blocked.json', '--out', 'first.duckdb').status).toBe(0);
    const { out, status } = run('update', 'more.csv', '--index', 'first.duckdb', '--deletes', 'gone.csv');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ delta: 1, inserted: 60, changed: 1, deleted: 1 });
    expect(run('index', 'all.csv', '--model', 'blocked.json', '--out', 'all.duckdb').status).toBe(0);
    const record = JSON.stringify({ first_name: 'ALICE', surname: 'MARTINELLE', birth_date: '1950-01-10' });
    const [added, whole] = ['first', 'all'].map((name) => {
      const found = run('find', '--index', `${name}.duckdb`, '--record', record, '--threshold', '-99').out;
      return (JSON.parse(found) as { matches: { id: string }[] }).matches.map(({ id }) => id);
    });
    expect(added).toEqual(['a0']);
    expect(added).toEqual(whole);
  });
});

/** 60,000 records of one town: 1,800 million pairs. */
function writeTown(): void {
  const rows = Array.from({ length: 60_000 }, (_, index) => `${index},N${index},LYON,${index % 40_000}`);
  writeFileSync(join(folder, 'town.csv'), `id,name,town,street\n${rows.join('\n')}\n`);
  const model = defineModel({
    idColumn: 'id',
    comparisons: [exactMatch('name')],
    blockingRules: ['l.town = r.town'],
  });
  writeFileSync(join(folder, 'town.json'), writeModelFile(withDefaults(model)));
}

describe('a block that is too large', () => {
  const predict = ['predict', 'town.csv', '--model', 'town.json', '--out', 'town.parquet'];
  beforeAll(writeTown);

  test('is refused before anything runs, and block tells its value', () => {
    const { status, told } = run(...predict);
    expect({ status, told }).toMatchObject({ status: 2 });
    expect(told).toMatch(/rule 1 \(l\.town = r\.town\).* 60000 records, 1799970000 pairs, 20000000 allowed/);
    const { out } = run('block', 'town.csv', '--model', 'town.json', '--values');
    expect(out).toMatch(/1799970000 .*LYON/);
  });

  test('is divided where that is asked for', () => {
    const { status, told } = run(...predict, '--divide-by', 'street');
    expect({ status, told }).toMatchObject({ status: 0 });
    expect(told).toMatch(/pairs must also agree on street: 20000 of 1799970000 pairs remain/);
  });

  test('Ctrl-C ends the statement that runs, and writes nothing', async () => {
    const limits = ['--block-pairs', '9000000000', '--all-pairs', '9000000000'];
    const child = spawn(
      process.execPath,
      [PROGRAM, ...predict.slice(0, -1), 'never.parquet', ...limits, '--threshold', '-99'],
      {
        cwd: folder,
      },
    );
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      // Said when the records are there: what comes next is the pairs.
      if (told.includes('possible pairs') && !child.killed) child.kill('SIGINT');
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect({ code, told }).toMatchObject({ code: 130 });
    expect(told).toMatch(/Interrupted: nothing was written/);
    expect(existsSync(join(folder, 'never.parquet'))).toBe(false);
  });
});

describe('what is to be mended is told in a sentence', () => {
  beforeAll(() => {
    const model = readFileSync(join(folder, 'model.json'), 'utf8');
    const rule = '"blockingRules": [{"sql": "l.birth_date < r.birth_date"}]';
    writeFileSync(join(folder, 'loop.json'), model.replace('"blockingRules": []', rule));
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no such file', ['profile', 'none.csv'], /there is no file none\.csv/],
    [
      'several files, one to deduplicate',
      ['train', 'people.csv', 'shuffled.csv', '--out', 'x.json'],
      /link_only/,
    ],
    [
      'a model that is no JSON',
      ['predict', 'people.csv', '--model', 'people.csv', '--out', 'x.csv'],
      /is not JSON/,
    ],
    [
      'a format that is not written',
      ['predict', 'people.csv', '--model', 'model.json', '--out', 'x.txt'],
      /\.csv, \.parquet, \.json/,
    ],
    ['a mistyped command', ['trian', 'people.csv'], /Did you mean train/],
    [
      'a rule without any equality',
      ['train', 'people.csv', '--model', 'loop.json', '--out', 'x.json'],
      /equality/,
    ],
    [
      'constraints for a method that looks at none',
      [
        ...['cluster', 'people.csv', '--model', 'model.json', '--out', 'x.csv'],
        ...['--method', 'components', '--apart-by', 'person'],
      ],
      /components looks at no constraints/,
    ],
    ['no index', ['update', '--index', 'none.duckdb'], /there is no index/],
    ['a record that is no JSON', ['find', '--index', 'people.duckdb', '--record', 'x'], /must be JSON/],
  ])('%s', (_name, args, sentence) => {
    const { status, told } = run(...args);
    expect(status).toBe(2);
    expect(told).toMatch(sentence);
    expect(told).not.toMatch(/\n\s+at /);
  });
});
