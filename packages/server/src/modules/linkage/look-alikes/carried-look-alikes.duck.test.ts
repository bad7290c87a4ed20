import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import type { DecisionInput } from '../decisions/decision.ts';
import { linkRecords } from '../link-records.ts';
import { addCrowd, deliver } from '../testing/crowd.ts';
import { KEPT_TERMS, keepLinkage, readLinkage } from '../testing/kept-linkage.ts';
import { loadSources, type SourceRecord } from '../testing/source-rows.ts';

/** Going on from an earlier campaign whose model is held over gives what comparing everybody by that model gives. */

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };
/** Each is told twice, one time in five differently: more ways of writing than the second stage asks for. */
const CROWD = 2200;
const BASE = { family: 'MONTREUIL', first: 'HELENE', birthDate: '2007-05-09', commune: '64445' };

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

async function loadCrowd(records: readonly SourceRecord[]): Promise<void> {
  await loadSources(database, records);
  await database.run("UPDATE sources.records SET sex = 'F'");
  await addCrowd(database, CROWD);
  await deliver(database);
}

/** Estimates the model on what there is, and keeps it with how rare names are. */
async function estimate() {
  const { modelText: text, variants } = (await linkRecords(database, PERIOD)).lookAlikes;
  const before = await keepLinkage(database, PERIOD);
  return { held: { text, variants, terms: KEPT_TERMS }, before };
}

/** Some of the crowd in other deliveries, `digit` being the last of their numbers: written otherwise, some gone, some new. */
const changes = (digit: number) => `
  UPDATE sources.records SET record_id = 'n' || record_id[2:], file_no = file_no + 1000000 WHERE file_no % 10 = ${digit};
  UPDATE sources.files SET delivery_id = 'n' || delivery_id[2:], file_no = file_no + 1000000 WHERE file_no % 10 = ${digit};
  DELETE FROM sources.records WHERE file_no % 10 = ${digit} AND hash(record_id) % 20 = 0;
  UPDATE sources.records SET family_name = family_name || 'E' WHERE file_no % 10 = ${digit} AND hash(record_id) % 10 = 1;
  UPDATE sources.records SET mobile = '0600100001' WHERE file_no % 10 = ${digit} AND hash(record_id) % 20 = 2;
  UPDATE sources.records SET family_name = 'MARLENO' WHERE file_no % 10 = ${digit} AND hash(record_id) % 10 = 3`;

/** Deaths of one in a hundred of the crowd, other ones each month but for most; one in three is written otherwise. */
const deaths = (month: number) => `
  DELETE FROM sources.deaths;
  INSERT INTO sources.deaths BY NAME
  SELECT 'x' || record_id[14:] AS death_id, 3 AS file_no, ordinal, position,
    family_name || CASE WHEN hash(record_id[14:], 'otherwise') % 3 = 0 THEN 'E' ELSE '' END AS family_name,
    first_name1 AS first_names, sex, birth_date, birth_commune, birth_country, DATE '2026-06-01' AS died_on
  FROM sources.records WHERE record_id LIKE '%-again' AND hash(record_id[14:], 'dead') % 100 = 0
    AND hash(record_id[14:], 'month') % 8 <> ${month}`;

/** What people decide: a resemblance that joined is of two, one that is asked about is of one, somebody is not the dead. */
async function decide(): Promise<DecisionInput> {
  const [joined] = await database.all<{ l: string; r: string }>(
    "SELECT record_id_l AS l, record_id_r AS r FROM linkage.links WHERE rule = 'look_alike' ORDER BY ALL LIMIT 1",
  );
  const [asked] = await database.all<{ l: string; r: string }>(
    "SELECT record_ids[1] AS l, record_ids[2] AS r FROM linkage.litiges WHERE reason = 'look_alike' ORDER BY ALL LIMIT 1",
  );
  const [dead] = await database.all<{ l: string; death: string }>(
    'SELECT record_id AS l, death_id AS death FROM linkage.deaths ORDER BY ALL LIMIT 1',
  );
  const common = { decidedOn: '2026-11-01', role: 'conseiller', reason: '' };
  return {
    decisions: [
      { ...common, line: 1, verdict: 'different', numbers: [joined?.l ?? '', joined?.r ?? ''] },
      { ...common, line: 2, verdict: 'same', numbers: [asked?.l ?? '', asked?.r ?? ''] },
    ],
    recognise: async (numbers) => {
      const recordsOf = async (number: string) => {
        const rows = await database.all<{ record_id: string }>(
          `SELECT record_id FROM linkage.memberships WHERE person_id IN
             (SELECT person_id FROM linkage.memberships WHERE record_id[2:] = $1) ORDER BY ALL`,
          [number.slice(1)],
        );
        return rows.map(({ record_id }) => record_id);
      };
      return new Map(
        await Promise.all(
          numbers.map(
            async (number) => [number, { current: number, recordIds: await recordsOf(number) }] as const,
          ),
        ),
      );
    },
    deaths: {
      decisions: [
        { ...common, line: 3, verdict: 'different', number: dead?.l ?? '', deathCode: dead?.death ?? '' },
      ],
      recognise: async (codes) => new Map(codes.map((code) => [code, [code]])),
    },
  };
}

test('what the campaign before linked, compared and decided is carried over, month after month, and changes nothing', async () => {
  await loadCrowd([
    { id: 'a', ...BASE },
    { id: 'b', ...BASE, family: 'MONTREUL' },
  ]);
  await database.run(deaths(0));
  const { held, ...first } = await estimate();
  let { before } = first;
  for (const month of [1, 2, 3]) {
    const decisions = month === 2 ? await decide() : undefined;
    await database.run(`${changes(2 + month)}; ${deaths(month)}`);
    const full = await linkRecords(database, { ...PERIOD, held, decisions });
    expect(full).toMatchObject({ carried: false, lookAlikes: { held: true, carried: false } });
    expect(full.decisions.given).toBe(month === 2 ? 3 : 0);
    if (month === 2) expect(full.decisions.applied).toBeGreaterThan(1);
    const expected = await readLinkage(database);
    const some = await linkRecords(database, { ...PERIOD, held, before, decisions });
    expect(some).toMatchObject({ carried: true, lookAlikes: { held: true, carried: true } });
    expect(some.records).toBeLessThan(full.records / 2);
    expect(some.lookAlikes.links).toBe(full.lookAlikes.links);
    expect(some.deaths).toEqual(full.deaths);
    expect(some.decisions).toEqual(full.decisions);
    expect(await readLinkage(database)).toEqual(expected);
    before = await keepLinkage(database, PERIOD);
  }
  // Of another model, pairs are all compared.
  const own = await linkRecords(database, { ...PERIOD, before });
  expect(own).toMatchObject({ carried: true, lookAlikes: { held: false, carried: false } });
});

/** How rare their name is makes them one or not, and likely or not. */
const OTHERS = { family: BASE.family, first: 'YVONNE', birthDate: '2006-03-04', commune: '29232' };
const ALIKE = [
  { id: 'a', ...BASE },
  { id: 'b', ...BASE, commune: '69123' },
  { id: 'c', ...OTHERS },
  { id: 'd', ...OTHERS, birthDate: '2006-03-29', commune: '69123' },
];
/** More people of that name, in a delivery of their own, who share nothing else with these nor with one another. */
const COME = `
  INSERT INTO sources.records BY NAME
  SELECT 'd00000009999-' || n AS record_id, 9999 AS file_no, n AS ordinal, n::VARCHAR AS position, 'INTERCHANGE' AS source,
    5 AS source_rank, 'inscriptions' AS row_kind, '${BASE.family}' AS family_name, 'M' AS sex,
    'PRENOM' || chr(65 + n // 26) || chr(65 + n % 26) AS first_name1, DATE '2003-01-01' + n * 2 AS birth_date,
    '34' || (100 + n) AS birth_commune, '99100' AS birth_country, '34' || (100 + n) AS commune
  FROM (SELECT range::INTEGER AS n FROM range(500));
  INSERT INTO sources.files BY NAME
  SELECT * REPLACE (9999 AS file_no, 'd00000009999' AS delivery_id) FROM sources.files WHERE delivery_id = 'd00000000001'`;
const GO = 'DELETE FROM sources.records WHERE file_no = 9999; DELETE FROM sources.files WHERE file_no = 9999';
const RARE = ['one', 'likely'];
const FREQUENT = ['two', 'unlikely'];

async function outcomes(): Promise<readonly string[]> {
  const [a, b, c, d] = ALIKE.map(({ id }) => `d00000000000-${id}`);
  const [row] = await database.all<{ persons: number; likely: boolean }>(
    `SELECT (SELECT count(DISTINCT person_id)::INTEGER FROM linkage.memberships WHERE record_id IN ('${a}', '${b}')) AS persons,
       EXISTS (FROM linkage.look_alike_pairs WHERE list_sort([record_id_l, record_id_r]) = list_sort(['${c}', '${d}'])) AS likely`,
  );
  return [row?.persons === 1 ? 'one' : 'two', row?.likely === true ? 'likely' : 'unlikely'];
}

test.each([
  ['becomes rarer', COME, GO, FREQUENT, RARE],
  ['becomes more frequent', '', COME, RARE, FREQUENT],
] as const)(
  'two of a name that %s are judged as they were until the model is estimated again',
  async (_name, first, then, judged, anew) => {
    await loadCrowd(ALIKE);
    await database.run("UPDATE sources.records SET sex = 'M' WHERE record_id = 'd'");
    await database.run(first);
    const { held, before } = await estimate();
    expect(await outcomes()).toEqual(judged);
    await database.run(then);
    await linkRecords(database, { ...PERIOD, held });
    const expected = await readLinkage(database);
    const some = await linkRecords(database, { ...PERIOD, held, before });
    expect(some).toMatchObject({ carried: true, lookAlikes: { held: true, carried: true } });
    expect(await readLinkage(database)).toEqual(expected);
    expect(await outcomes()).toEqual(judged);
    await linkRecords(database, PERIOD);
    expect(await outcomes()).toEqual(anew);
  },
);
