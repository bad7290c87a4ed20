import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql } from './fragments.ts';

const evidenceOf = (records: string) =>
  `list_sort(CASE WHEN again THEN list_distinct(${records}) ELSE ${records} END)`;

/**
 * Of each person who has some, the spells and contracts that overlap the window W. Every contract counts, also those of people who have
 * spells. `evidence`: ids of their records, sorted; `cycle_evidence`: of those in a cycle that leads to level 3 or 4, or in an unknown one;
 * NULL without any.
 */
export function windowSteps({ asOf, windowStart }: Terms): Step[] {
  const overlaps = (firstDay: string, lastDay: string) =>
    `${firstDay} <= ${dateSql(asOf)} AND ${lastDay} >= ${dateSql(windowStart)}`;
  return [
    {
      name: 'eligibility-windows',
      reads: ['eligibility.stays', 'eligibility.contracts'],
      writes: ['eligibility.windows'],
      // A record may tell several: each id comes once. Looked for only where a record may be there twice, which is rare. Of nearly
      // everybody all records are of such a cycle: they are gathered and sorted once for both.
      sql: `CREATE OR REPLACE TABLE eligibility.windows AS
        WITH items AS (
          SELECT person_id, record_id, cycle = 'unknown' AS unknown_cycle, coalesce(leads_to IN (3, 4), false) AS qualifying_cycle,
            not_in_class, abandon_undated, stay_no > 0 AS again
          FROM eligibility.stays WHERE is_spell AND ${overlaps('first_day', 'last_day')}
          UNION ALL
          SELECT person_id, record_id, cycle = 'unknown', coalesce(leads_to IN (3, 4), false), false, false, true
          FROM eligibility.contracts WHERE ${overlaps('started_on', 'last_day')}),
        gathered AS (
          SELECT person_id, bool_or(again) AS again, list(record_id) FILTER (WHERE unknown_cycle OR qualifying_cycle) AS cycle_records,
            list(record_id) FILTER (WHERE NOT (unknown_cycle OR qualifying_cycle)) AS other_records,
            bool_or(unknown_cycle) AS unknown_cycle, bool_or(qualifying_cycle) AS qualifying_cycle,
            bool_or(not_in_class) AS not_in_class, bool_or(abandon_undated) AS abandon_undated
          FROM items GROUP BY person_id),
        sorted AS (SELECT * EXCLUDE (cycle_records), ${evidenceOf('cycle_records')} AS cycle_evidence FROM gathered)
        SELECT person_id, CASE WHEN other_records IS NULL THEN cycle_evidence
            ELSE list_sort(list_distinct(list_concat(cycle_evidence, other_records))) END AS evidence,
          cycle_evidence, unknown_cycle, qualifying_cycle, not_in_class, abandon_undated
        FROM sorted`,
    },
  ];
}
