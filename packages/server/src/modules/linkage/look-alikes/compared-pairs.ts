import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { GAMMA_NOTHING_IN_COMMON, type PatternPlace } from './pattern-place.ts';
import type { Thresholds } from './person-pairs.ts';

/** `linkage.changed_variants`: of the ways of writing people that are compared, those of `linkage.changed_ways`, by their numbers. */
export function changedVariantsStep(): Step {
  return {
    name: 'linkage_changed_variants',
    reads: ['linkage.look_alike_records', 'linkage.changed_ways'],
    writes: ['linkage.changed_variants'],
    sql: `CREATE OR REPLACE TABLE linkage.changed_variants AS
      SELECT r.rid FROM linkage.look_alike_records r SEMI JOIN linkage.changed_ways w ON w.record_id = r.unique_id`,
  };
}

/**
 * `linkage.look_alike_pairs` from the scores. Pairs whose first names have nothing in common are left out: twins share everything
 * else.
 */
export function comparedPairsStep({ factor, radix }: PatternPlace): Step {
  return {
    name: 'linkage_look_alike_pairs',
    reads: ['linkage.look_alike_scores', 'linkage.look_alike_records'],
    writes: ['linkage.look_alike_pairs'],
    sql: `CREATE OR REPLACE TABLE linkage.look_alike_pairs AS
      SELECT l.unique_id AS record_id_l, r.unique_id AS record_id_r, l.person_id AS person_id_l, r.person_id AS person_id_r,
        s.pattern, s.match_weight
      FROM linkage.look_alike_scores s
      JOIN linkage.look_alike_records l ON l.rid = s.rid_l JOIN linkage.look_alike_records r ON r.rid = s.rid_r
      WHERE l.person_id <> r.person_id AND (s.pattern // ${factor}) % ${radix} <> ${GAMMA_NOTHING_IN_COMMON + 1}`,
  };
}

/** More than what rounding within the clusters may add to a weight. */
const ROUNDING = 1e-6;

/**
 * The same of everybody, the scores being of changed ways: `linkage.look_alike_pairs` becomes a view. `linkage.pair_ties`: persons of the
 * pairs of then from `upper` on. Weaker ones join nobody: they count within what those hold together (`clusterPairs`).
 */
export function wholePairsStep({ tables }: PreviousLinkage, { upper }: Thresholds): Step {
  return {
    name: 'linkage_whole_pairs',
    reads: ['linkage.carried_pairs', 'linkage.left_pairs'],
    writes: ['linkage.fresh_pairs', 'linkage.look_alike_pairs', 'linkage.pair_ties'],
    sql: `INSERT INTO linkage.look_alike_pairs BY NAME FROM linkage.carried_pairs;
      ALTER TABLE linkage.look_alike_pairs RENAME TO fresh_pairs;
      CREATE VIEW linkage.look_alike_pairs AS FROM linkage.fresh_pairs UNION ALL BY NAME
      FROM ${tables.look_alike_pairs} p ANTI JOIN linkage.left_pairs USING (record_id_l, record_id_r);
      CREATE OR REPLACE TABLE linkage.pair_ties AS
      SELECT DISTINCT person_id_l, person_id_r FROM ${tables.look_alike_pairs} p WHERE match_weight >= ${upper - ROUNDING}`,
  };
}
