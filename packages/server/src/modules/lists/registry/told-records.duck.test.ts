import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTIFIER_TYPES } from '@raccroche/contract';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { type KeptTellings, keptTellings, linkRecords } from '../../linkage/index.ts';
import { createListsTablesSql } from '../tables.ts';
import { recognitionKeySteps } from './recognition-keys.ts';
import { dropTable } from './registry.ts';
import { openWorld, type World } from './testing/world.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };

const folder = mkdtempSync(join(tmpdir(), 'tellings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Few values of each, so that some records say all but one thing alike; some bear no identifier, some two. */
const TOLD = fc.record({
  file: fc.constantFrom(1, 2),
  sourceId: fc.constantFrom(null, '1', '2', 'b', 'a|1'),
  family: fc.constantFrom('Martin', 'MARTIN', 'Durand'),
  usage: fc.constantFrom(null, null, 'Bernard'),
  first: fc.constantFrom(null, 'Léa', 'Léa', 'Léa Marie'),
  second: fc.constantFrom(null, 'Anne'),
  sex: fc.constantFrom(null, 'F'),
  born: fc.constantFrom('2008-03-01', '2008-03-01', '2007-11-30'),
  at: fc.constantFrom(null, '75101', '75056', '33063'),
  country: fc.constantFrom('99100', '99100', '99352', null),
  ine: fc.constantFrom(null, '1234567890A', '1234567890A', '2345678901B'),
  ineType: fc.constantFrom(...IDENTIFIER_TYPES.filter((type) => type !== 'ina')),
  ina: fc.constantFrom(null, null, null, 'ABC123'),
});
/** Of few people. */
const RECORDS = fc
  .array(TOLD, { minLength: 2, maxLength: 6 })
  .chain((ways) => fc.array(fc.constantFrom(...ways), { minLength: 8, maxLength: 20, size: 'max' }));
type Told = typeof TOLD extends fc.Arbitrary<infer One> ? One : never;

/** Links these records; the first two of them are two people, somebody decided, if they say the same. */
async function link(world: World, told: readonly Told[]): Promise<KeptTellings | undefined> {
  for (const [index, sender] of ['X', 'X|a'].entries()) world.file(index + 1, { sender });
  for (const code of ['75101', '75056'])
    world.row('sources.communes', { code, city: '75056', department: '75', name: code });
  for (const [index, one] of told.entries()) {
    const id = `r${100 + index}`;
    world.row('sources.records', {
      ...{ record_id: id, file_no: one.file, ordinal: index, position: id, row_kind: 'inscriptions' },
      ...{ source: 'INTERCHANGE', source_rank: 5, source_id: one.sourceId, family_name: one.family },
      ...{ usage_name: one.usage, first_name1: one.first, first_name2: one.second, sex: one.sex },
      ...{ birth_date: one.born, birth_commune: one.at, birth_country: one.country },
    });
    if (one.ine !== null) world.identifier(id, one.ineType, one.ine);
    if (one.ina !== null) world.identifier(id, 'ina', one.ina);
  }
  await world.save();
  const decision = { line: 2, verdict: 'different', decidedOn: '2026-10-01', role: 'x', reason: '' } as const;
  const answers = new Map(
    ['r100', 'r101'].map((id) => [id, { current: id, recordIds: told.length > 1 ? [id] : [] }]),
  );
  await linkRecords(world.database, {
    ...PERIOD,
    tellings: folder,
    decisions: {
      decisions: [{ ...decision, numbers: ['r100', 'r101'] }],
      recognise: async () => answers,
    },
  });
  return keptTellings(folder);
}

async function keysOf({ database }: World, kept?: KeptTellings): Promise<unknown> {
  for (const name of ['campaign_keys', 'late_keys', 'usable_keys', 'sole_keys', 'shared_keys', 'known_keys'])
    await dropTable(database, `lists.${name}`);
  await database.run(`${createListsTablesSql(['shared_keys'])}
    CREATE OR REPLACE TABLE lists.registry_secret AS SELECT 'secret' AS secret;
    CREATE OR REPLACE TABLE lists.registry_keys (key UUID, kind UTINYINT, counter BIGINT)`);
  await runSteps(database, recognitionKeySteps(kept));
  return {
    usable: await database.all(
      'SELECT DISTINCT key, kind, person_id FROM lists.usable_keys JOIN lists.key_persons USING (person_no) ORDER BY ALL',
    ),
    shared: await database.all('SELECT person_id, key FROM lists.shared_keys ORDER BY ALL'),
  };
}

test('keys made of the tellings that linkage kept are those made of all records', async () => {
  const seen = { parted: 0, repeated: 0 };
  await fc.assert(
    fc.asyncProperty(RECORDS, fc.boolean(), async (told, parted) => {
      const [first, , ...others] = told;
      // Twice the same, of whom somebody says that they are two.
      const rows = parted && first !== undefined ? [first, first, ...others] : told;
      const world = await openWorld();
      try {
        const kept = await link(world, rows);
        expect(kept).toBeDefined();
        expect(await keysOf(world, kept)).toEqual(await keysOf(world));
        const [count] = await world.database.all<{ parted: boolean; rows: number }>(
          `SELECT (SELECT count(DISTINCT person_id) = 2 FROM linkage.memberships WHERE record_id IN ('r100', 'r101')) AS parted,
            (SELECT count(DISTINCT record_id) FROM ${kept?.tellings} t)::INTEGER AS rows`,
        );
        seen.parted += parted && count?.parted ? 1 : 0;
        seen.repeated +=
          rows.filter(({ ine, ina }) => ine !== null || ina !== null).length > Number(count?.rows) ? 1 : 0;
      } finally {
        world.database.close();
      }
    }),
    { seed: 7, numRuns: 16 },
  );
  expect(seen.parted).toBeGreaterThan(3);
  expect(seen.repeated).toBeGreaterThan(3);
});

test('linkage that went on from an earlier campaign keeps none', () => {
  expect(keptTellings(join(folder, 'nothing'))).toBeUndefined();
});
