import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../registry/testing/world.ts';
import { listFiles } from './manifest.ts';
import { contentOf } from './testing/data-content.ts';
import {
  listAnew,
  listMonth,
  type Month,
  type MonthPerson,
  type MonthRecord,
} from './testing/listing-months.ts';

/** Lists after another campaign have the bytes of lists that are made anew, whatever changed of those who are on them. */

const root = mkdtempSync(join(tmpdir(), 'previous-listing-'));
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => {
  world.database.close();
  rmSync(root, { recursive: true, force: true });
});

let count = 0;
const folder = () => join(root, `${count++}`);

/** What a campaign wrote, but its manifest: bytes, and what its tables hold. */
async function contentOfLists(out: string): Promise<Record<string, string>> {
  const files = listFiles(out).filter((path) => !path.startsWith('data/') && path !== 'manifest.json');
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(out, path)))
      .digest('hex');
  return {
    ...Object.fromEntries(files.map((path) => [path, hash(path)])),
    ...(await contentOf(join(out, 'data'))),
  };
}

/** The month after `previous`, both ways. */
async function bothWays(month: Month, previous: string) {
  const after = await listMonth(world, month, folder(), previous);
  const anew = await listAnew(world, month, after.out, folder(), previous);
  expect(await contentOfLists(after.out)).toEqual(await contentOfLists(anew.out));
  expect(anew.notes).toEqual([]);
  rmSync(anew.out, { recursive: true });
  return after;
}

const record: MonthRecord = {
  ...{ owner: 0, file: 1, position: '2', commune: '59350' },
  ...{ address: '1 rue Neuve', mobile: '0600000001', rep1_family_name: 'Mère', lastDay: '2025-07-04' },
  recordedOn: '2025-09-01',
};
const person: MonthPerson = {
  ...{ listed: true, to_follow: false, family_name: 'Martin', usage_name: null },
  ...{ first_name1: 'Léa', first_name2: null, age: 17, flags: [], last_uai: '0590001A' },
  ...{ left_on: '2025-06-30', passed: true, number: 0 },
};
const before: Month = {
  ...{ asOf: '2025-11-15', folder: 'recu' },
  records: [record, { ...record, file: 2, commune: '62041' }, { ...record, owner: 1, commune: null }],
  persons: [person, { ...person, family_name: 'Diallo', number: 1 }, { ...person, number: 2 }],
};
const [first, second, third] = before.records as [MonthRecord, MonthRecord, MonthRecord];
const [lea, awa] = before.persons as [MonthPerson, MonthPerson];
const ofLea = (changed: Partial<MonthPerson>): Partial<Month> => ({ persons: [{ ...lea, ...changed }, awa] });
const ofFirst = (changed: Partial<MonthRecord>): Partial<Month> => ({
  records: [{ ...first, ...changed }, second, third],
});

describe('entries are taken over', () => {
  let previous: string;
  beforeAll(async () => {
    previous = (await listMonth(world, before, folder())).out;
  });

  it.each<[string, Partial<Month>]>([
    ['when nothing changed', {}],
    ['at a later date, of files that lie elsewhere', { asOf: '2025-12-15', folder: 'ailleurs' }],
    ['when a file came again as another one', { again: true }],
    ['when a row has another place in one that came again', { ...ofFirst({ position: '3' }), again: true }],
    ['when another row became the most recent', ofFirst({ lastDay: '2024-07-04' })],
    [
      'when a schooling has the date of another row',
      { records: [first, { ...second, recordedOn: '2025-10-01' }, third] },
    ],
    ['when a record is of somebody else', ofFirst({ owner: 1 })],
    ['when the record that names a person is gone', ofFirst({ owner: 9 })],
    ['when somebody came onto a list', { records: [...before.records, { ...record, owner: 2 }] }],
    ['when somebody who was listed is to follow', ofLea({ listed: false, to_follow: true })],
    ['when a name changed its place in the list', ofLea({ family_name: 'Abadie' })],
    ['when a first name changed which it is', ofLea({ first_name1: null, first_name2: 'Léa' })],
    ['when a check came out otherwise', ofLea({ passed: false })],
    ['when all who are touched were judged otherwise', ofLea({ family_name: 'Abadie', passed: false })],
    [
      'when two people changed their numbers',
      {
        persons: [
          { ...lea, number: 1 },
          { ...awa, number: 0 },
        ],
      },
    ],
  ])('%s', async (_name, changed) => {
    const { notes } = await bothWays({ ...before, ...changed }, previous);
    expect(notes).toEqual([]);
  });

  it('by spreadsheets and CSV as they were, where no cell of theirs is otherwise', async () => {
    const { out } = await bothWays({ ...before, ...ofFirst({ position: '3' }) }, previous);
    const bytes = (of: string, extension: string) => readFileSync(join(of, `lists/59/liste-59.${extension}`));
    expect(bytes(out, 'csv')).toEqual(bytes(previous, 'csv'));
    expect(bytes(out, 'json')).not.toEqual(bytes(previous, 'json'));
  });
});

describe('lists are made anew', () => {
  it('when a file of theirs is no longer what was sealed', async () => {
    const previous = (await listMonth(world, before, folder())).out;
    appendFileSync(join(previous, 'lists', '59', 'liste-59.csv'), ' ');
    const { notes } = await bothWays(before, previous);
    expect(notes).toEqual([expect.stringContaining('lists/59/liste-59.csv y est abîmé')]);
  });
});

const drawnRecord: fc.Arbitrary<MonthRecord> = fc.record({
  owner: fc.nat(4),
  file: fc.constantFrom(1, 2),
  position: fc.constantFrom('2', '3'),
  commune: fc.constantFrom('59350', '62041', null),
  address: fc.constantFrom('1 rue Neuve', '2 quai\u000b=A1', null),
  mobile: fc.constantFrom('0600000001', null),
  rep1_family_name: fc.constantFrom('Mère', null),
  lastDay: fc.constantFrom('2025-07-04', '2024-07-04', null),
  recordedOn: fc.constantFrom('2025-09-01', '2025-10-01', null),
});
const drawnPerson: fc.Arbitrary<Omit<MonthPerson, 'number'>> = fc.record({
  listed: fc.boolean(),
  to_follow: fc.boolean(),
  family_name: fc.constantFrom('Martin', 'Élie', 'Nom 3'),
  usage_name: fc.constantFrom('Diallo', null),
  first_name1: fc.constantFrom('Léa', null),
  first_name2: fc.constantFrom('Léa', null),
  age: fc.constantFrom(17, 18),
  flags: fc.subarray(['death_to_check', 'litige']),
  last_uai: fc.constantFrom('0590001A', '0750001A', null),
  left_on: fc.constantFrom('2025-06-30', null),
  passed: fc.boolean(),
});
const PEOPLE = 5;
const month: fc.Arbitrary<Month> = fc
  .record({
    asOf: fc.constantFrom('2025-11-15', '2025-12-15'),
    folder: fc.constantFrom('recu', 'ailleurs'),
    again: fc.boolean(),
    records: fc.array(drawnRecord, { minLength: 6, maxLength: 8 }),
    persons: fc.array(drawnPerson, { minLength: PEOPLE, maxLength: PEOPLE }),
    numbers: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: PEOPLE, maxLength: PEOPLE }),
  })
  .map(({ persons, numbers, ...told }) => ({
    ...told,
    persons: persons.map((each, nth) => ({ ...each, number: numbers[nth] ?? nth })),
  }));

it('month after month, whatever changed', async () => {
  await fc.assert(
    fc.asyncProperty(month, fc.array(month, { minLength: 1, maxLength: 3 }), async (start, months) => {
      let previous = (await listMonth(world, start, folder())).out;
      for (const each of months) {
        const { out, notes } = await bothWays(each, previous);
        expect(notes).toEqual([]);
        previous = out;
      }
    }),
    { numRuns: 4 },
  );
});
