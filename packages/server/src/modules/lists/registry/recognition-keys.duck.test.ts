import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { createListsTablesSql } from '../tables.ts';
import { recognitionKeySteps, usableKeyStep } from './recognition-keys.ts';
import { dropTable } from './registry.ts';
import { openWorld, type World } from './testing/world.ts';

interface Told {
  readonly person: number;
  readonly file: number;
  readonly kind: string;
  readonly sourceId: string | null;
  readonly family: string;
  readonly usage: string | null;
  readonly first: string | null;
  readonly born: string;
  readonly at: string | null;
  readonly ine: string | null;
}

/** Few values of each, so that much is shared; and ids and senders that put together make the text of others. */
const TOLD: fc.Arbitrary<Told> = fc.record({
  person: fc.integer({ min: 1, max: 12 }),
  file: fc.constantFrom(1, 2, 3),
  kind: fc.constantFrom('inscriptions', 'diplomes'),
  sourceId: fc.constantFrom(null, '1', '2', 'b', 'a|1', 'a|2'),
  family: fc.constantFrom('Martin', 'Durand', 'Ségur'),
  usage: fc.constantFrom(null, 'MARTIN', 'Bernard'),
  first: fc.constantFrom(null, 'Léa', 'Léa Marie', 'Tom'),
  born: fc.constantFrom('2008-03-01', '2007-11-30'),
  at: fc.constantFrom(null, '75101', '75056'),
  ine: fc.constantFrom(null, null, '1234567890A', '2345678901B', '3456789012C'),
});

/** The keys of everybody of whom these records tell. */
async function workOut(world: World, told: readonly Told[]): Promise<void> {
  for (const [index, sender] of ['X', 'X|a', 'Y'].entries()) world.file(index + 1, { sender });
  for (const [index, one] of told.entries()) {
    const id = `r${100 + index}`;
    world.row('sources.records', {
      ...{ record_id: id, file_no: one.file, ordinal: index, position: id, row_kind: one.kind },
      ...{ source: 'INTERCHANGE', source_rank: 5, source_id: one.sourceId, family_name: one.family },
      ...{ usage_name: one.usage, first_name1: one.first, birth_date: one.born },
      ...{ birth_commune: one.at, birth_country: '99100' },
    });
    // A person bears the id of the first of their records.
    const first = told.findIndex(({ person }) => person === one.person);
    world.row('linkage.memberships', { record_id: id, person_id: `r${100 + first}` });
    if (one.ine !== null) world.identifier(id, 'ine_rnie', one.ine);
  }
  await world.save();
  await world.database.run(`${createListsTablesSql(['shared_keys'])}
    CREATE TABLE lists.registry_secret AS SELECT 'secret' AS secret;
    CREATE TABLE lists.registry_keys (key UUID, kind UTINYINT, counter BIGINT)`);
  await runSteps(world.database, recognitionKeySteps());
}

async function keysOf({ database }: World): Promise<unknown> {
  return {
    usable: await database.all(
      'SELECT key, kind, person_id FROM lists.usable_keys JOIN lists.key_persons USING (person_no) ORDER BY ALL',
    ),
    shared: await database.all('SELECT person_id, key FROM lists.shared_keys ORDER BY ALL'),
  };
}

test('keys that are told to be of one person alone are those that nobody else is found to have', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(TOLD, { minLength: 1, maxLength: 40 }), async (told) => {
      const world = await openWorld();
      try {
        await workOut(world, told);
        const atOneGo = await keysOf(world);
        await dropTable(world.database, 'lists.usable_keys');
        await runSteps(world.database, [usableKeyStep]);
        expect(atOneGo).toEqual(await keysOf(world));
      } finally {
        world.database.close();
      }
    }),
    { numRuns: 12 },
  );
});

/** Registries hold the hashes of these very texts for years: whoever bears them would no longer be known by any other. */
test('keys are SHA-256 of the secret and of these texts, cut to 128 bits', async () => {
  const texts = {
    11: ['|d|2008-03-01', '|n|SEGUR|LEA', '|n|BERNARD|LEA'].map((end) => `ine_rnie|1234567890A${end}`),
    20: ['|d|2008-03-01', '|n|SEGUR|LEA', '|n|BERNARD|LEA'].map((end) => `s|INTERCHANGE|sender:x|b${end}`),
    30: ['SEGUR', 'BERNARD'].map((name) => `p|${name}|LEA MARIE|2008-03-01|commune:75101`),
    40: ['SEGUR', 'BERNARD'].map((name) => `n|${name}|LEA MARIE|2008-03-01`),
  };
  const world = await openWorld();
  const one = {
    ...{ person: 1, file: 1, kind: 'inscriptions', sourceId: null, ine: '1234567890A' },
    ...{ family: 'Ségur', usage: 'Bernard', first: 'Léa-Marie', born: '2008-03-01', at: '75101' },
  };
  await workOut(world, [one, { ...one, sourceId: 'b', ine: null }]);
  const keys = await world.database.all<{ kind: number; key: string }>(
    "SELECT kind, replace(key::VARCHAR, '-', '') AS key FROM lists.usable_keys",
  );
  world.database.close();
  const hashed = Object.entries(texts).flatMap(([kind, of]) =>
    of.map((text) => ({
      kind: Number(kind),
      key: createHash('sha256').update(`secret${text}`).digest('hex').slice(0, 32),
    })),
  );
  expect(new Set(keys.map((row) => JSON.stringify(row)))).toEqual(
    new Set(hashed.map((row) => JSON.stringify(row))),
  );
});
