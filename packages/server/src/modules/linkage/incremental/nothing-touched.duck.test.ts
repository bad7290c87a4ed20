import { writeModelFile } from '@raccroche/linkage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { type LinkageOptions, linkRecords } from '../link-records.ts';
import { shippedModel } from '../look-alikes/shipped-model.ts';
import { addCrowd } from '../testing/crowd.ts';
import { keepLinkage, readLinkage } from '../testing/kept-linkage.ts';
import { loadDeaths, loadSources } from '../testing/source-rows.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/** A campaign in which nothing is otherwise takes all over, and is what linking everybody gives. */

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };
/** Each is told twice: enough ways of writing people for a model to judge. */
const CROWD = 1900;
const HELD = { text: writeModelFile(shippedModel(CROWD)), variants: CROWD, terms: 'names.counts' };

const DELIVERED = `
  UPDATE sources.records SET file_no = row % 100, record_id = 'd' || lpad((row % 100)::VARCHAR, 11, '0') || '-' || record_id
    FROM (SELECT record_id AS id, row_number() OVER (ORDER BY record_id) AS row FROM sources.records) WHERE id = record_id;
  DELETE FROM sources.files;
  INSERT INTO sources.files (file_no, delivery_id, kind, path, sha256, bytes, families, rejected, row_count, record_count,
    reject_count, removed_under16, out_of_scope, warning_count, dated)
  SELECT DISTINCT file_no, record_id[1:12], 'interchange-inscriptions', '', '', 0, [], false, 0, 0, 0, 0, 0, 0, false
  FROM sources.records`;

const DECIDED = {
  decisions: [
    {
      line: 1,
      verdict: 'different' as const,
      numbers: ['I1', 'I2'] as const,
      decidedOn: '2026-11-01',
      role: 'conseiller',
      reason: '',
    },
  ],
  recognise: (numbers: readonly string[]) =>
    Promise.resolve(
      new Map(numbers.map((number) => [number, { current: number, recordIds: [RECORDS.get(number) ?? ''] }])),
    ),
};
/** A record of each of two numbers. */
const RECORDS = new Map<string, string>();

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

interface Case {
  /** What the earlier campaign had otherwise. */
  readonly earlier?: Partial<LinkageOptions>;
  /** What happens between the two. */
  readonly change?: string;
  readonly now?: Partial<LinkageOptions>;
  readonly before?: Partial<PreviousLinkage>;
  readonly taken: boolean;
}

const CASES: readonly (readonly [string, Case])[] = [
  ['nothing', { taken: true }],
  ['nothing, of no decisions', { now: { decisions: { ...DECIDED, decisions: [] } }, taken: true }],
  ['the day', { now: { asOf: '2026-11-25' }, taken: false }],
  ['the window', { now: { windowStart: '2024-09-01' }, taken: false }],
  [
    'a file that is gone',
    {
      change: 'DELETE FROM sources.records WHERE file_no = 3; DELETE FROM sources.files WHERE file_no = 3',
      taken: false,
    },
  ],
  [
    'a death that came',
    {
      change:
        "INSERT INTO sources.deaths BY NAME SELECT * REPLACE ('x1' AS death_id, 'ZORRO' AS family_name) FROM sources.deaths",
      taken: false,
    },
  ],
  ['a death that went', { change: 'DELETE FROM sources.deaths', taken: false }],
  ['a decision that came', { now: { decisions: DECIDED }, taken: false }],
  ['a model to estimate', { now: { held: undefined }, taken: false }],
  ['another model, to be judged by', { before: { sameModel: false }, taken: false }],
  // The last: what it keeps replaces what the others share.
  ['a decision that went', { earlier: { decisions: DECIDED }, taken: false }],
];

async function load(): Promise<void> {
  await loadSources(database, [{ id: 'a' }, { id: 'b', family: 'DURANT' }]);
  await addCrowd(database, CROWD);
  await database.run(DELIVERED);
  // As rare as another campaign found them.
  await database.run(`CREATE SCHEMA IF NOT EXISTS names; CREATE OR REPLACE TABLE names.counts AS
    SELECT * FROM (VALUES ('name1_key', 'DURANT', 2::BIGINT), ('place', 'commune:33063', 7)) v(term, value, occurrences)`);
  await database.run('DELETE FROM sources.deaths');
  await loadDeaths(database, [{ id: 'x0' }]);
  const some = await database.all<{ record_id: string }>(
    "SELECT record_id FROM sources.records WHERE record_id[14:] IN ('a', 'b') ORDER BY record_id[14:]",
  );
  for (const [index, { record_id }] of some.entries()) RECORDS.set(`I${index + 1}`, record_id);
}

/** What the earlier campaign left, the same for the cases in which nothing was otherwise there. */
let kept: PreviousLinkage | undefined;
async function keep(earlier: Case['earlier']): Promise<PreviousLinkage> {
  if (earlier === undefined && kept !== undefined) return kept;
  await linkRecords(database, { ...PERIOD, held: HELD, ...earlier });
  kept = await keepLinkage(database, PERIOD);
  return kept;
}

test.each(CASES)('otherwise is %s', async (_name, { earlier, change, now, before: known, taken }) => {
  await load();
  const before = { ...(await keep(earlier)), ...known };
  if (change !== undefined) await database.run(change);
  const options = { ...PERIOD, held: HELD, ...now };
  const full = await linkRecords(database, options);
  const expected = await readLinkage(database);
  expect(expected.deaths?.length).toBe(change?.includes('DELETE FROM sources.deaths') ? 0 : 1);
  const steps: string[] = [];
  const again = await linkRecords(database, { ...options, before, onStep: ({ name }) => steps.push(name) });
  expect(await readLinkage(database)).toEqual(expected);
  expect(again).toMatchObject({ carried: true, deaths: full.deaths, decisions: full.decisions });
  expect(again.lookAlikes).toEqual({ ...full.lookAlikes, carried: again.lookAlikes.carried });
  expect(steps.length === 0).toBe(taken);
});
