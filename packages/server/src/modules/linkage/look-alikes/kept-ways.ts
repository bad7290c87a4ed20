import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { COMPARED } from './ways.ts';

/** What pairs show of a way: all that is compared, and not under which ids. */
const SHOWN = COMPARED.filter((column) => column !== 'person_id').join(', ');

/**
 * `linkage.kept_ways` (was, record_id): of ways of touched persons, the id of each way of then that is written so today, and its id
 * of today. A file that came again with a row less gives all its records other ids, and hardly any other way: what a way shows beside
 * another is then known, under its id of then. Not kept is one that is written as another one, then or now, unless it bears the same
 * ids, nor one of a person of then who is several now, whose own ways were never compared.
 */
export function keptWaysStep(): Step {
  return {
    name: 'linkage_kept_ways',
    reads: ['linkage.left_ways', 'linkage.fresh_ways'],
    writes: ['linkage.kept_ways'],
    sql: `CREATE OR REPLACE TABLE linkage.kept_ways AS
  WITH written AS (
    SELECT true AS before, * FROM linkage.left_ways UNION ALL BY NAME SELECT false AS before, * FROM linkage.fresh_ways),
  same AS (
    SELECT max(record_id) FILTER (before) AS was, max(record_id) FILTER (NOT before) AS record_id,
      max(person_id) FILTER (before) AS person_was, max(person_id) FILTER (NOT before) AS person_id
    FROM written GROUP BY ${SHOWN} HAVING count(*) = 2 AND count(*) FILTER (before) = 1
    UNION SELECT record_id, record_id, person_id, person_id FROM (FROM linkage.left_ways INTERSECT FROM linkage.fresh_ways)),
  several AS (SELECT person_was FROM same GROUP BY person_was HAVING count(DISTINCT person_id) > 1)
  SELECT was, record_id FROM same ANTI JOIN several USING (person_was)`,
  };
}

/** Ways of today that are compared anew. */
const COMPARED_ANEW =
  'SELECT record_id FROM linkage.fresh_ways ANTI JOIN linkage.kept_ways USING (record_id)';

/**
 * `linkage.left_pairs`: pairs of the earlier campaign that do not hold as they were, for a side is among `linkage.left_ways`.
 * `linkage.carried_pairs`: these under the ids and persons of today, where both sides hold or are kept, and are of two persons. Of a pair
 * whose ids come in the other order one side is not kept any more: which of two is the left one may count.
 */
export function carriedPairsStep({ tables }: PreviousLinkage): Step {
  return {
    name: 'linkage_carried_pairs',
    reads: ['linkage.left_ways', 'linkage.fresh_ways', 'linkage.kept_ways'],
    writes: ['linkage.left_pairs', 'linkage.kept_ways', 'linkage.carried_pairs'],
    sql: `CREATE OR REPLACE TABLE linkage.left_pairs AS
        FROM ${tables.look_alike_pairs} p
        WHERE record_id_l IN (SELECT record_id FROM linkage.left_ways) OR record_id_r IN (SELECT record_id FROM linkage.left_ways);
        CREATE OR REPLACE TABLE linkage.carried_pairs AS
        WITH ways AS (
          SELECT w.record_id AS was, k.record_id, f.person_id FROM linkage.left_ways w
          LEFT JOIN linkage.kept_ways k ON k.was = w.record_id LEFT JOIN linkage.fresh_ways f ON f.record_id = k.record_id)
        SELECT coalesce(l.record_id, p.record_id_l) AS record_id_l, coalesce(r.record_id, p.record_id_r) AS record_id_r,
          coalesce(l.person_id, p.person_id_l) AS person_id_l, coalesce(r.person_id, p.person_id_r) AS person_id_r,
          p.pattern, p.match_weight
        FROM linkage.left_pairs p
        LEFT JOIN ways l ON l.was = p.record_id_l LEFT JOIN ways r ON r.was = p.record_id_r
        WHERE (l.was IS NULL OR l.record_id IS NOT NULL) AND (r.was IS NULL OR r.record_id IS NOT NULL);
        DELETE FROM linkage.kept_ways WHERE record_id IN (
          SELECT CASE WHEN k.was IS NULL THEN p.record_id_r ELSE p.record_id_l END
          FROM linkage.carried_pairs p
          LEFT JOIN linkage.kept_ways k ON k.record_id = p.record_id_l
          WHERE p.record_id_l > p.record_id_r);
        -- Each side looked up by itself: either of two, the engine would compare every pair with every way.
        DELETE FROM linkage.carried_pairs
        WHERE person_id_l = person_id_r OR record_id_l IN (${COMPARED_ANEW}) OR record_id_r IN (${COMPARED_ANEW})`,
  };
}
