import type { Step } from '../../../platform/duckdb/step.ts';
import { GAMMA_NOTHING_IN_COMMON, type PatternPlace } from './pattern-place.ts';

/** Match weights (log2) that part the three outcomes; `same` from `upper`, to be decided from `lower`. */
export interface Thresholds {
  readonly lower: number;
  readonly upper: number;
}

/** Condition of a pair `p` whose first names have something in common, or of which one is not known. */
export function sharesFirstNamesSql({ factor, radix }: PatternPlace): string {
  return `(p.pattern // ${factor}) % ${radix} <> ${GAMMA_NOTHING_IN_COMMON + 1}`;
}

/**
 * Pairs of persons of the first stage, each by the ways of writing them that resemble most: `number_l` < `number_r` in the
 * order of their ids. Pairs whose first names have nothing in common are left out: twins share everything else.
 */
export function personPairSteps(firstNamePlace: PatternPlace): readonly Step[] {
  return [
    pairedPersonsStep(),
    {
      name: 'linkage_person_pairs',
      reads: ['linkage.look_alike_pairs', 'linkage.look_alike_records', 'linkage.paired_persons'],
      writes: ['linkage.person_pairs'],
      sql: `CREATE OR REPLACE TABLE linkage.person_pairs AS
        WITH between AS (
          SELECT least(a.rid, b.rid) AS rid_l, greatest(a.rid, b.rid) AS rid_r, p.match_weight, p.pattern,
            CASE WHEN a.rid < b.rid THEN l.unique_id ELSE r.unique_id END AS record_id_l,
            CASE WHEN a.rid < b.rid THEN r.unique_id ELSE l.unique_id END AS record_id_r
          FROM linkage.look_alike_pairs p
          JOIN linkage.look_alike_records l ON l.rid = p.rid_l JOIN linkage.look_alike_records r ON r.rid = p.rid_r
          JOIN linkage.paired_persons a ON a.person_id = l.person_id
          JOIN linkage.paired_persons b ON b.person_id = r.person_id
          WHERE l.person_id <> r.person_id AND ${sharesFirstNamesSql(firstNamePlace)})
        SELECT * FROM between
        QUALIFY row_number() OVER (PARTITION BY rid_l, rid_r
          ORDER BY match_weight DESC, record_id_l, record_id_r) = 1`,
    },
  ];
}

/** `linkage.paired_persons` (person_id, rid): persons who resemble somebody else, numbered from 1 in the order of their ids. */
function pairedPersonsStep(): Step {
  return {
    name: 'linkage_paired_persons',
    reads: ['linkage.look_alike_pairs', 'linkage.look_alike_records'],
    writes: ['linkage.paired_persons'],
    sql: `CREATE OR REPLACE TABLE linkage.paired_persons AS
      SELECT person_id, (row_number() OVER (ORDER BY person_id))::INTEGER AS rid FROM (
        SELECT DISTINCT unnest([l.person_id, r.person_id]) AS person_id FROM linkage.look_alike_pairs p
        JOIN linkage.look_alike_records l ON l.rid = p.rid_l JOIN linkage.look_alike_records r ON r.rid = p.rid_r
        WHERE l.person_id <> r.person_id)`,
  };
}
