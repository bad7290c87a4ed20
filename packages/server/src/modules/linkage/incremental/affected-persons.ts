import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from './previous-linkage.ts';

/**
 * `linkage.affected_persons`: persons of the first stage, of then and of today, whom resemblances may join otherwise than they did: those
 * touched, those written otherwise, those of whom a pair came or went, and whoever hangs together with one of these by pairs that may
 * join (`linkage.pair_ties`). Everybody else is joined by pairs and persons that are what they were, and is who they were; what is asked of
 * two such persons is what was asked.
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

/**
 * Adds whom everybody else became then to `linkage.person_moves`: of those that are there, for a pair with an affected person, the clusters
 * do not know who else they hang together with.
 */
export function otherMovesStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_moves',
    reads: ['linkage.affected_persons', 'linkage.person_moves'],
    writes: ['linkage.other_moved', 'linkage.person_moves'],
    sql: `CREATE OR REPLACE TABLE linkage.other_moved AS
      SELECT person_id_l AS person_id, person_id_r AS new_person_id FROM ${tables.person_ties} ties
      ANTI JOIN linkage.affected_persons a ON a.person_id = person_id_l WHERE kind = 'move';
      UPDATE linkage.person_moves SET new_person_id = o.new_person_id FROM linkage.other_moved o
      WHERE o.person_id = linkage.person_moves.person_id;
      INSERT INTO linkage.person_moves BY NAME FROM linkage.other_moved ANTI JOIN linkage.person_moves USING (person_id)`,
  };
}

/** Adds what was asked of the resemblances of two others. */
export function carriedDoubtsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_doubts',
    reads: ['linkage.affected_persons'],
    writes: ['linkage.litiges'],
    sql: `INSERT INTO linkage.litiges BY NAME FROM ${tables.litiges} g
      WHERE match_weight IS NOT NULL AND reason <> 'death'
        AND person_id_l NOT IN (SELECT person_id FROM linkage.affected_persons)
        AND person_id_r NOT IN (SELECT person_id FROM linkage.affected_persons)`,
  };
}
