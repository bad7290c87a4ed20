import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peopleCsv } from '../testing/people-csv.ts';
import { runProgram } from './testing/run-program.ts';

const TRAINED = ['people.csv', '--model', 'model.json'];
let folder: string;

const run = (...args: readonly string[]) => runProgram(folder, args);

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Fills a sheet as a person who knows: the names of the same person are beside each other. */
function fill(from: string, into: string, lines = Number.POSITIVE_INFINITY): void {
  const [header = '', ...rows] = read(from).trimEnd().split('\n');
  const columns = header.split(',');
  const [left, right] = ['person_l', 'person_r'].map((name) => columns.indexOf(name));
  const filled = rows.map((row, index) => {
    const cells = row.split(',');
    return index >= lines ? row : `${row}${cells[left ?? -1] === cells[right ?? -1] ? 1 : 0}`;
  });
  writeFileSync(join(folder, into), `${[header, ...filled].join('\n')}\n`);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkage-plan-'));
  writeFileSync(join(folder, 'people.csv'), peopleCsv());
  const ignored = ['--id', 'id', '--ignore', 'person,site,national_id'];
  expect(run('train', 'people.csv', ...ignored, '--out', 'model.json').status).toBe(0);
  const files = ['--out', 'sheet.csv', '--plan', 'plan.json'];
  expect(run('plan', ...TRAINED, '--size', '60', '--show', 'person', ...files).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('which pairs to label next', () => {
  test('a sheet of both records side by side, that shows neither weight nor band', () => {
    const [header = '', ...rows] = read('sheet.csv').trimEnd().split('\n');
    expect(header).toMatch(/^pair,id_l,id_r,/);
    for (const name of ['surname_l,surname_r', 'person_l,person_r']) expect(header).toContain(name);
    expect(header).toMatch(/,clerical_match_score$/);
    expect(header).not.toMatch(/weight|band|rid/);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(rows.every((row) => row.endsWith(','))).toBe(true);
  });

  test('filled, it gives what the truth gives, within its interval', () => {
    fill('sheet.csv', 'filled.csv');
    const { status, out } = run('evaluate', '--labels', 'filled.csv', '--plan', 'plan.json', '--json');
    expect(status).toBe(0);
    const estimate = JSON.parse(out) as Record<
      'precision' | 'f1',
      { value: number; interval: { low: number; high: number } }
    >;
    const truth = JSON.parse(run('evaluate', ...TRAINED, '--label', 'person', '--json').out) as {
      atThreshold: Record<'precision' | 'f1', number>;
    };
    for (const figure of ['precision', 'f1'] as const) {
      const { low, high } = estimate[figure].interval;
      expect(truth.atThreshold[figure]).toBeGreaterThanOrEqual(low - 1e-9);
      expect(truth.atThreshold[figure]).toBeLessThanOrEqual(high + 1e-9);
    }
    const { out: text } = run('evaluate', '--labels', 'filled.csv', '--plan', 'plan.json');
    expect(text).toMatch(/at weight 0 +estimate +95 % between\nprecision +\d\.\d{4} +\d\.\d{4} to /);
  });

  test('train takes m from it, and says so', () => {
    const labels = ['--labels', 'filled.csv', '--plan', 'plan.json'];
    const { status, told } = run('train', ...TRAINED, ...labels, '--out', 'better.json');
    expect({ status, told }).toMatchObject({ status: 0 });
    expect(told).toMatch(/m is taken from the labels of filled\.csv/);
    expect(read('better.json')).not.toBe(read('model.json'));
    const { out } = run('evaluate', 'people.csv', '--model', 'better.json', '--label', 'person', '--json');
    expect((JSON.parse(out) as { atThreshold: { f1: number } }).atThreshold.f1).toBeGreaterThan(0.95);
  });

  test.each<[string, (sheet: string) => string, RegExp]>([
    ['nothing is filled', (sheet) => sheet, /no pair is labelled/],
    [
      'a word in place of 1 or 0',
      (sheet) => sheet.replace(/,\n2,/, ',yes\n2,'),
      /pair 1: clerical_match_score must be/,
    ],
    [
      'a band without an answer',
      (sheet) => sheet.replace(/,\n2,/, ',1\n2,'),
      /no pair is labelled of these weights/,
    ],
    [
      'a pair of another plan',
      (sheet) => `${sheet}999${sheet.split('\n')[1]?.slice(1) ?? ''}1\n`,
      /no pair 999/,
    ],
  ])('%s is told in a sentence', (_, change, message) => {
    writeFileSync(join(folder, 'wrong.csv'), change(read('sheet.csv')));
    const { status, told } = run('evaluate', '--labels', 'wrong.csv', '--plan', 'plan.json');
    expect(status).toBe(2);
    expect(told).toMatch(message);
  });

  test('a plan that is none, and a sheet that is none', () => {
    expect(run('evaluate', '--labels', 'filled.csv', '--plan', 'model.json').told).toMatch(
      /raccroche-linkage-plan\/1/,
    );
    expect(run('evaluate', '--labels', 'people.csv', '--plan', 'plan.json').told).toMatch(/has no column/);
    expect(run('evaluate', 'people.csv').told).toMatch(
      /give files, --model and --label; or --labels and --plan/,
    );
  });
});
