import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/**
 * `linkage.affected_persons`: persons of the first stage, of then and of today, who may resemble others than they did: those touched, those
 * written otherwise, those of whom a pair came or went, and whoever hangs together with one of these by pairs. Of everybody else, whom a
 * resemblance joins, and what is asked of it, rests on pairs and persons that are what they were, and is what it was.
 */
export async function findAffected(database: Database): Promise<void> {
  await runSteps(database, [affectedPersonsStep()]);
  const count = async () => {
    const [row] = await database.all<{ n: number }>(
      'SELECT count(*)::INTEGER AS n FROM linkage.affected_persons',
    );
    return row?.n;
  };
  for (let known = await count(), last: number | undefined; known !== last; known = await count()) {
    last = known;
    await runSteps(database, [spreadStep()]);
  }
}

/** Every step in order. */
export function affectedSteps(): readonly Step[] {
  return [affectedPersonsStep(), spreadStep()];
}

function affectedPersonsStep(): Step {
  return {
    name: 'linkage_affected_persons',
    reads: [
      'linkage.touched_persons',
      'linkage.left_ways',
      'linkage.fresh_ways',
      'linkage.left_pairs',
      'linkage.fresh_pairs',
    ],
    writes: ['linkage.affected_persons'],
    sql: `CREATE OR REPLACE TABLE linkage.affected_persons AS
      SELECT person_id FROM linkage.touched_persons
      UNION SELECT person_id FROM linkage.left_ways
      UNION SELECT person_id FROM linkage.fresh_ways
      UNION SELECT unnest([person_id_l, person_id_r]) FROM linkage.left_pairs
      UNION SELECT unnest([person_id_l, person_id_r]) FROM linkage.fresh_pairs`,
  };
}

function spreadStep(): Step {
  const along = (from: string, to: string) =>
    `SELECT ${to} AS person_id FROM linkage.pair_ties SEMI JOIN linkage.affected_persons a ON a.person_id = ${from}`;
  return {
    name: 'linkage_affected_neighbours',
    reads: ['linkage.affected_persons', 'linkage.pair_ties'],
    writes: ['linkage.affected_persons'],
    sql: `INSERT INTO linkage.affected_persons
      FROM (${along('person_id_l', 'person_id_r')} UNION ${along('person_id_r', 'person_id_l')})
      ANTI JOIN linkage.affected_persons USING (person_id)`,
  };
}

/** Adds whom everybody else became then to `linkage.person_moves`. */
export function otherMovesStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_moves',
    reads: ['linkage.affected_persons'],
    writes: ['linkage.person_moves'],
    sql: `INSERT INTO linkage.person_moves BY NAME
      SELECT person_id_l AS person_id, person_id_r AS new_person_id FROM ${tables.person_ties} ties
      ANTI JOIN linkage.affected_persons a ON a.person_id = person_id_l WHERE kind = 'move'`,
  };
}

/** Adds what is asked of the resemblances of everybody else. */
export function carriedDoubtsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_doubts',
    reads: ['linkage.affected_persons'],
    writes: ['linkage.litiges'],
    sql: `INSERT INTO linkage.litiges BY NAME FROM ${tables.litiges} g
      ANTI JOIN linkage.affected_persons a ON a.person_id = person_id_l
      WHERE match_weight IS NOT NULL AND reason <> 'death'`,
  };
}
