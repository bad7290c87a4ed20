import type { Step } from '../../../platform/duckdb/step.ts';

/** Match weights (log2) that part the three outcomes; `same` from `upper`, to be decided from `lower`. */
export interface Thresholds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Pairs of persons of the first stage, each by the ways of writing them that resemble most: `rid_l` < `rid_r` in the
 * order of their ids. `among`: those with a side among `linkage.affected_persons`, instead of all.
 */
export function personPairSteps(among = false): readonly Step[] {
  return [
    askedPairsStep(among),
    {
      name: 'linkage_person_pairs',
      reads: ['linkage.asked_pairs', 'linkage.paired_persons'],
      writes: ['linkage.person_pairs'],
      sql: `CREATE OR REPLACE TABLE linkage.person_pairs AS
        WITH between AS (
          SELECT least(a.rid, b.rid) AS rid_l, greatest(a.rid, b.rid) AS rid_r, p.match_weight, p.pattern,
            CASE WHEN a.rid < b.rid THEN p.record_id_l ELSE p.record_id_r END AS record_id_l,
            CASE WHEN a.rid < b.rid THEN p.record_id_r ELSE p.record_id_l END AS record_id_r
          FROM linkage.asked_pairs p
          JOIN linkage.paired_persons a ON a.person_id = p.person_id_l
          JOIN linkage.paired_persons b ON b.person_id = p.person_id_r)
        SELECT * FROM between
        QUALIFY row_number() OVER (PARTITION BY rid_l, rid_r
          ORDER BY match_weight DESC, record_id_l, record_id_r) = 1`,
    },
  ];
}

/** `linkage.paired_persons` (person_id, rid): persons who resemble somebody else, numbered from 1 in the order of their ids. */
function askedPairsStep(among: boolean): Step {
  const affected = (person: string) => `${person} IN (SELECT person_id FROM linkage.affected_persons)`;
  const some = among ? `WHERE ${affected('person_id_l')} OR ${affected('person_id_r')}` : '';
  return {
    name: 'linkage_paired_persons',
    reads: ['linkage.look_alike_pairs', ...(among ? ['linkage.affected_persons'] : [])],
    writes: ['linkage.asked_pairs', 'linkage.paired_persons'],
    sql: `CREATE OR REPLACE TABLE linkage.asked_pairs AS FROM linkage.look_alike_pairs ${some};
      CREATE OR REPLACE TABLE linkage.paired_persons AS
      SELECT person_id, (row_number() OVER (ORDER BY person_id))::INTEGER AS rid FROM (
        SELECT DISTINCT unnest([person_id_l, person_id_r]) AS person_id FROM linkage.asked_pairs)`,
  };
}
