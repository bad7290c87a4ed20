import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import { AWARD_TYPE_LEVELS } from '../referentials/award-type-levels.ts';
import type { Terms } from '../terms.ts';
import { dateSql, diplomaCodeLevelSql } from './fragments.ts';

/** Day from which award `a` is held: without a date the session's month has to be over; without either the sender is believed (NULL). */
export const HELD_ON = `coalesce(a.awarded_on, CASE WHEN regexp_full_match(a.session, '[0-9]{4}-(0[1-9]|1[0-2])')
              THEN last_day(CAST(a.session || '-01' AS DATE)) END)`;

/** Awards held at the reference date that have a level. */
export function awardSteps({ asOf }: Terms): Step[] {
  return [
    {
      name: 'eligibility-held-awards',
      reads: ['eligibility.members', 'sources.awards'],
      writes: ['eligibility.held_awards'],
      sql: `CREATE OR REPLACE TABLE eligibility.held_awards AS
        WITH admitted AS (
          SELECT m.person_id, a.record_id, ${awardLevelSql()} AS level,
            ${HELD_ON} AS held_on
          FROM sources.awards a JOIN eligibility.members m USING (record_id)
          WHERE a.result = 'admis')
        SELECT person_id, record_id, level FROM admitted
        WHERE level IS NOT NULL AND (held_on IS NULL OR held_on <= ${dateSql(asOf)})`,
    },
  ];
}

/** Level as told, else from the diploma code, else from the type; NULL when it qualifies for nothing. */
function awardLevelSql(): string {
  const types = Object.entries(AWARD_TYPE_LEVELS);
  const never = types.filter(([, level]) => level === 'never').map(([type]) => literal(type));
  const byType = types
    .filter(([, level]) => typeof level === 'number')
    .map(([type, level]) => `WHEN ${literal(type)} THEN ${level}`);
  return `CASE WHEN a.type IN (${never.join(', ')}) THEN NULL
          ELSE coalesce(a.level, ${diplomaCodeLevelSql('a.diploma_code')}, CASE a.type ${byType.join(' ')} END) END`;
}
