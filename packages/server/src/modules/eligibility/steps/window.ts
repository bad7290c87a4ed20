import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql } from './fragments.ts';

/** Spells and contracts that overlap the window W. Every contract counts, also those of people who have spells. */
export function windowSteps({ asOf, windowStart }: Terms): Step[] {
  const overlaps = (firstDay: string, lastDay: string) =>
    `${firstDay} <= ${dateSql(asOf)} AND ${lastDay} >= ${dateSql(windowStart)}`;
  return [
    {
      name: 'eligibility-window-items',
      reads: ['eligibility.stays', 'eligibility.contracts'],
      writes: ['eligibility.window_items'],
      sql: `CREATE OR REPLACE TABLE eligibility.window_items AS
        SELECT person_id, record_id, cycle, leads_to, not_in_class, abandon_undated
        FROM eligibility.stays WHERE kind = 'spell' AND ${overlaps('first_day', 'last_day')}
        UNION ALL
        SELECT person_id, record_id, cycle, leads_to, false, false
        FROM eligibility.contracts WHERE ${overlaps('started_on', 'last_day')}`,
    },
  ];
}
