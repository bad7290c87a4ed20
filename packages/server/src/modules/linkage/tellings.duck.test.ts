import { type ExactLinkageSpec, linkExact } from '@raccroche/linkage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { ALL_SOURCES, activeRecordsSql, exclusiveSpellSql } from './input.ts';
import { linkRecords } from './link-records.ts';
import {
  type ContractChanges,
  loadSources,
  type SourceRecord,
  type SpellChanges,
} from './testing/source-rows.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };

/** Few people, who say few things: most records repeat another one, some but for one thing. */
const said = fc.record({
  family: fc.constantFrom('Durand', 'DURAND', 'DURAND', 'Le Goff'),
  usage: fc.constantFrom(null, null, 'Petit'),
  first: fc.constantFrom('Zoé', 'Zoé', 'Zoé Marie'),
  birthDate: fc.constantFrom('2008-03-14', '2008-03-14', '2008-04-13'),
  commune: fc.constantFrom('33063', '33063', '75120', '75101', null),
  sex: fc.constantFrom('F', 'F', null),
  rnie: fc.constantFrom('1', '2', undefined, undefined),
  ina: fc.constantFrom(undefined, undefined, undefined, 'A', 'B'),
});
type Said = typeof said extends fc.Arbitrary<infer One> ? One : never;

/** Nothing, of the past, recent, or a pupil of a school now. */
const SPELLS: readonly (readonly SpellChanges[])[] = [
  [],
  [],
  [{ first_day: '2023-09-01', last_day: '2024-08-31' }],
  [{ status: 'apprenti' }],
  [{}],
  [{ uai: '0640002B' }],
];
const CONTRACTS: readonly (readonly ContractChanges[])[] = [[], [], [], [{}]];

const records: fc.Arbitrary<readonly SourceRecord[]> = fc
  .array(fc.tuple(fc.array(said, { minLength: 1, maxLength: 3 }), fc.nat()), { minLength: 1, maxLength: 4 })
  .chain((people) =>
    fc.array(
      fc.tuple(
        fc.constantFrom(...people.flatMap(([ways]) => ways)),
        fc.constantFrom(...SPELLS),
        fc.constantFrom(...CONTRACTS),
      ),
      { maxLength: 24, size: 'max' },
    ),
  )
  .map((rows) =>
    rows.map(([one, spells, contracts], index) => recordOf(one, idOf(index), { spells, contracts })),
  );

/** In another order than the rows. */
const idOf = (index: number) => `r${String((index * 19) % 29).padStart(2, '0')}`;

function recordOf(
  { rnie, ina, ...told }: Said,
  id: string,
  more: Pick<SourceRecord, 'spells' | 'contracts'>,
): SourceRecord {
  const identifiers = { ...(rnie && { ine_rnie: rnie }), ...(ina && { ina }) };
  return { id, ...told, identifiers, ...more };
}

const PLAIN: ExactLinkageSpec = {
  input: {
    records: 'plain.records',
    identifiers: 'sources.identifiers',
    names: 'plain.names',
    exclusivePlaces: 'plain.places',
  },
  output: { memberships: 'plain.memberships', links: 'plain.links', litiges: 'plain.litiges' },
  workPrefix: 'plain.exact_',
};

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await loadSources(database, []);
  await database.run(`CREATE SCHEMA plain;
    CREATE VIEW plain.records AS
    SELECT record_id, first_name1 AS first_name, birth_date, coalesce(c.city, birth_commune) AS place,
      record_id IN (SELECT record_id FROM (${activeRecordsSql(PERIOD, ALL_SOURCES)}) WHERE recent) AS recent
    FROM sources.records LEFT JOIN sources.communes c ON c.code = birth_commune;
    CREATE VIEW plain.names AS
    SELECT record_id, unnest([family_name, usage_name]) AS name FROM sources.records;
    CREATE VIEW plain.places AS
    SELECT record_id, uai AS place FROM sources.spells WHERE ${exclusiveSpellSql(PERIOD)}`);
});
afterAll(() => database.close());

test('persons and litiges are those of records looked at one by one', async () => {
  const seen = { repeated: 0, litiges: 0, apart: 0 };
  await fc.assert(
    fc.asyncProperty(records, async (rows) => {
      await loadSources(database, rows);
      await linkRecords(database, PERIOD);
      await linkExact(database, PLAIN);
      const persons = 'ORDER BY record_id';
      expect(await database.all(`FROM linkage.memberships ${persons}`)).toEqual(
        await database.all(`SELECT record_id, person_id FROM plain.memberships ${persons}`),
      );
      // Of records that say the same a litige names the first.
      const litiges = 'SELECT reason, person_id_l, person_id_r, record_ids[1] AS first';
      const found = await database.all(`${litiges} FROM linkage.first_litiges ORDER BY ALL`);
      expect(found).toEqual(await database.all(`${litiges} FROM plain.litiges ORDER BY ALL`));
      const [count] = await database.all<{ persons: number; told: number }>(
        `SELECT (SELECT count(DISTINCT person_id) FROM linkage.memberships)::INTEGER AS persons,
          (SELECT count(*) FROM linkage.first_litiges WHERE person_id_r IS NOT NULL)::INTEGER AS told`,
      );
      seen.repeated += rows.length > 8 ? 1 : 0;
      seen.litiges += found.length > 0 ? 1 : 0;
      seen.apart += Number(count?.persons) > 2 ? 1 : 0;
    }),
    { seed: 17, numRuns: 24 },
  );
  expect(Math.min(seen.repeated, seen.litiges, seen.apart)).toBeGreaterThan(3);
});
