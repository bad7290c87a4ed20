import { asEngine, clusterPairs } from '@raccroche/linkage';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { runSteps } from '../../../platform/duckdb/step.ts';
import { wholePairsStep } from '../look-alikes/compared-pairs.ts';
import { decisionSteps } from '../look-alikes/decision-steps.ts';
import { personPairSteps } from '../look-alikes/person-pairs.ts';
import { personTraitSteps } from '../look-alikes/person-traits.ts';
import { SIEI_MODEL } from '../look-alikes/siei-model.ts';
import { CLUSTER_OPTIONS, LOOK_ALIKE_THRESHOLDS } from '../look-alikes/thresholds.ts';
import { createLinkageTablesSql } from '../tables.ts';
import { findAffected } from './affected-persons.ts';
import { type PreviousLinkage, SHOWN } from './previous-linkage.ts';

/** Judging affected persons alone gives what judging everybody gives, however persons hang together. */

const SEED = 20261128;
const PERSONS = 60;

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const person = fc.nat({ max: PERSONS - 1 });
/** Around both thresholds, one hardly below where two are joined. */
const weight = fc.constantFrom(0.5, 3, 7, 9, 11.9999999, 12, 14, 18, 25);
/** Persons a few numbers apart: long chains, and triangles. */
const pair = fc.record({ l: person, step: fc.integer({ min: 1, max: 4 }), weight });
const month = fc.record({
  /** Of the pairs of before, the weight of today; none: gone. */
  other: fc.array(fc.tuple(fc.nat({ max: 79 }), fc.option(weight)), { maxLength: 6 }),
  come: fc.array(pair, { maxLength: 4 }),
  /** Whose identifier is another one, which keeps them apart from who has the first one. */
  turned: fc.array(person, { maxLength: 2 }),
});
const world = fc.record({
  pairs: fc.array(pair, { minLength: 80, maxLength: 80, size: 'max' }),
  held: fc.array(fc.constantFrom(0, 0, 1), { minLength: PERSONS, maxLength: PERSONS, size: 'max' }),
  asked: fc.array(fc.tuple(person, person), { maxLength: 4 }),
  month,
});

type Pairs = Map<string, number>;
const nameOf = (index: number) => `p${String(index % PERSONS).padStart(2, '0')}`;
const keyOf = (l: number, r: number) => [nameOf(l), nameOf(r)].sort().join(' ');
const weighed = ({ l, step, weight }: { l: number; step: number; weight: number }) =>
  [keyOf(l, l + step), weight] as const;

function pairsSql(pairs: Pairs): string {
  const rows = [...pairs].map(([key, weight]) => {
    const [l, r] = key.split(' ');
    return `('${l}', '${r}', '${l}', '${r}', 0, ${weight})`;
  });
  return `SELECT * FROM (VALUES ('', '', '', '', 0, 0.0)${rows.map((row) => `, ${row}`).join('')})
    v(record_id_l, record_id_r, person_id_l, person_id_r, pattern, match_weight) WHERE record_id_l <> ''`;
}

interface World {
  readonly pairs: Pairs;
  readonly held: readonly number[];
  readonly asked: readonly (readonly [number, number])[];
}

/** What the first stage leaves: everybody has one record, and some are asked about. */
async function begin({ held, asked }: World, pairs: Pairs): Promise<void> {
  const litiges = asked.filter(([l, r]) => l !== r).map(([l, r]) => keyOf(l, r).split(' '));
  await database.run(`DROP SCHEMA IF EXISTS linkage CASCADE; ${createLinkageTablesSql()};
    CREATE TABLE linkage.decided_apart (record_id_l VARCHAR, record_id_r VARCHAR);
    INSERT INTO linkage.look_alike_pairs ${pairsSql(pairs)};
    ${held.map((value, index) => `INSERT INTO linkage.traits VALUES ('${nameOf(index)}', 'identifier:ine', '${value}');`).join('\n')}
    INSERT INTO linkage.memberships SELECT person_id, person_id FROM linkage.traits;
    ${litiges.map(([l, r]) => `INSERT INTO linkage.litiges (reason, person_id_l, person_id_r, record_ids) VALUES ('two_identifiers', '${l}', '${r}', ['${l}', '${r}']);`).join('\n')}`);
}

async function judge(before?: PreviousLinkage): Promise<void> {
  const engine = asEngine(database.connection, () => undefined);
  await runSteps(database, [...personPairSteps(before !== undefined), ...personTraitSteps()]);
  await clusterPairs(engine, CLUSTER_OPTIONS);
  await runSteps(database, decisionSteps(SIEI_MODEL, LOOK_ALIKE_THRESHOLDS, before));
}

/** Whom everybody became, and what is asked. */
async function outcome(): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return {
    moves: await database.all(
      'SELECT person_id, new_person_id FROM linkage.person_moves WHERE person_id <> new_person_id ORDER BY ALL',
    ),
    litiges: await database.all('FROM linkage.litiges ORDER BY ALL'),
  };
}

/** Keeps what was made of everybody, as the campaign that follows goes on from it. */
async function keep(): Promise<PreviousLinkage> {
  await database.run(`DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept;
    CREATE TABLE kept.look_alike_pairs AS FROM linkage.look_alike_pairs;
    CREATE TABLE kept.litiges AS FROM linkage.litiges;
    CREATE TABLE kept.person_ties AS SELECT 'move' AS kind, person_id AS person_id_l, new_person_id AS person_id_r
    FROM linkage.person_moves WHERE person_id <> new_person_id`);
  const tables = {
    ...SHOWN.tables,
    look_alike_pairs: 'kept.look_alike_pairs',
    litiges: 'kept.litiges',
    person_ties: 'kept.person_ties',
  };
  return { ...SHOWN, tables };
}

/** The pairs of today that are otherwise, and those of then that are no more so; whoever's identifier changed is touched. */
async function judgeAffected(
  today: World,
  then: World,
  before: PreviousLinkage,
): Promise<{ readonly affected: number; readonly partners: number }> {
  const differs = (of: Pairs, from: Pairs) =>
    new Map([...of].filter(([key, weight]) => from.get(key) !== weight));
  await begin(today, differs(today.pairs, then.pairs));
  const touched = today.held.flatMap((value, index) =>
    value === then.held[index] ? [] : [`('${nameOf(index)}')`],
  );
  await database.run(`CREATE TABLE linkage.left_pairs AS ${pairsSql(differs(then.pairs, today.pairs))};
    CREATE TABLE linkage.touched_persons AS SELECT * FROM (VALUES ${["('')", ...touched].join(', ')}) v(person_id) WHERE person_id <> '';
    CREATE TABLE linkage.carried_pairs AS FROM linkage.look_alike_pairs LIMIT 0;
    CREATE TABLE linkage.left_ways AS FROM linkage.ways; CREATE TABLE linkage.fresh_ways AS FROM linkage.ways`);
  await runSteps(database, [wholePairsStep(before, LOOK_ALIKE_THRESHOLDS)]);
  await findAffected(database);
  await judge(before);
  const [row] = await database.all<{ affected: number; partners: number }>(
    `SELECT (SELECT count(*)::INTEGER FROM linkage.affected_persons) AS affected, (SELECT count(*)::INTEGER
       FROM linkage.paired_persons ANTI JOIN linkage.affected_persons USING (person_id)) AS partners`,
  );
  return { affected: row?.affected ?? 0, partners: row?.partners ?? 0 };
}

it('joins and asks the same as judging everybody', async () => {
  const seen = { spared: 0, partners: 0, moves: 0, litiges: 0, changed: 0 };
  await fc.assert(
    fc.asyncProperty(world, async ({ pairs, held, asked, month: { other, come, turned } }) => {
      const then: World = { pairs: new Map(pairs.map(weighed)), held, asked };
      const keys = [...then.pairs.keys()];
      const today: World = {
        pairs: new Map([...then.pairs, ...come.map(weighed)]),
        held: held.map((value, index) => (turned.includes(index) ? 2 : value)),
        asked,
      };
      for (const [index, weight] of other) {
        const key = keys[index % keys.length] ?? '';
        if (weight === null) today.pairs.delete(key);
        else today.pairs.set(key, weight);
      }
      await begin(then, then.pairs);
      await judge();
      const before = await keep();
      const first = await outcome();
      await begin(today, today.pairs);
      await judge();
      const expected = await outcome();
      const { affected, partners } = await judgeAffected(today, then, before);
      expect(await outcome()).toEqual(expected);
      seen.spared += PERSONS - affected;
      seen.partners += partners;
      seen.moves += expected.moves?.length ?? 0;
      seen.litiges += expected.litiges?.length ?? 0;
      seen.changed += JSON.stringify(first) === JSON.stringify(expected) ? 0 : 1;
    }),
    { endOnFailure: true, numRuns: Number(process.env.AFFECTED_RUNS ?? 4), seed: SEED },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
