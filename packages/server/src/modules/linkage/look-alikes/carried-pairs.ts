import type { CarriedPairs } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { PatternPlace } from './pattern-place.ts';
import { sharesFirstNamesSql } from './person-pairs.ts';

/**
 * `linkage.changed_variants`: of the ways of writing people that are compared, those of `linkage.changed_ways`;
 * `linkage.carried_pairs`: pairs of the earlier campaign of ways that are still there. Both by the numbers of
 * `linkage.look_alike_records`.
 */
export function carriedSteps(): readonly Step[] {
  return [
    {
      name: 'linkage_changed_variants',
      reads: ['linkage.look_alike_records', 'linkage.changed_ways'],
      writes: ['linkage.changed_variants'],
      sql: `CREATE OR REPLACE TABLE linkage.changed_variants AS
        SELECT r.rid FROM linkage.look_alike_records r SEMI JOIN linkage.changed_ways w ON w.record_id = r.unique_id`,
    },
    {
      name: 'linkage_carried_pairs',
      reads: ['linkage.look_alike_records', 'linkage.carried_patterns'],
      writes: ['linkage.carried_pairs'],
      sql: `CREATE OR REPLACE TABLE linkage.carried_pairs AS
        SELECT l.rid AS rid_l, r.rid AS rid_r, p.match_key, p.pattern FROM linkage.carried_patterns p
        JOIN linkage.look_alike_records l ON l.unique_id = p.record_id_l
        JOIN linkage.look_alike_records r ON r.unique_id = p.record_id_r`,
    },
  ];
}

/** What those steps leave, as the engine takes it. */
export const CARRIED: CarriedPairs = { pairs: 'linkage.carried_pairs', changed: 'linkage.changed_variants' };

/**
 * `linkage.look_alike_patterns`, for the campaign that follows: pairs of two persons that are likely, or could be with frequencies of their
 * classes, and their patterns. Those of which nothing is ever made are left out.
 */
export function patternsStep(firstNamePlace: PatternPlace): Step {
  return {
    name: 'linkage_look_alike_patterns',
    reads: ['linkage.possible_pairs', 'linkage.look_alike_records'],
    writes: ['linkage.look_alike_patterns'],
    sql: `CREATE OR REPLACE TABLE linkage.look_alike_patterns AS
      SELECT l.unique_id AS record_id_l, r.unique_id AS record_id_r, p.match_key, p.pattern
      FROM linkage.possible_pairs p
      JOIN linkage.look_alike_records l ON l.rid = p.rid_l JOIN linkage.look_alike_records r ON r.rid = p.rid_r
      WHERE l.person_id <> r.person_id AND ${sharesFirstNamesSql(firstNamePlace)}`,
  };
}
