import type { Step } from '../../../platform/duckdb/step.ts';
import type { Terms } from '../terms.ts';
import { dateSql } from './fragments.ts';

/** A person, a school, a school year: within them a stay may be told twice. NULL is never the same. */
const SAME_STAY = 'person_id, uai, school_year';

/** Explicit ends first, then the most recently extracted, then the order of sources. */
const BEST_TELLING = 'implicit_end, recorded_on DESC NULLS LAST, source_rank, record_id, stay_no';

/** Which enrolment spells another one tells better: they are no stays. */
export function toldTwiceSteps({ asOf }: Terms): Step[] {
  const D = dateSql(asOf);
  return [
    {
      name: 'eligibility-told-twice',
      reads: ['eligibility.stays'],
      writes: ['eligibility.told_twice'],
      // Overlap: more than a day in common, or the same first day. A stay that begins on the day another ends follows it.
      sql: `CREATE OR REPLACE TABLE eligibility.told_twice AS
        WITH shared AS (
          SELECT ${SAME_STAY} FROM eligibility.stays WHERE uai IS NOT NULL AND school_year IS NOT NULL
          GROUP BY ${SAME_STAY} HAVING count(*) > 1),
        several AS (
          SELECT *, row_number() OVER (PARTITION BY ${SAME_STAY} ORDER BY ${BEST_TELLING}) AS place
          FROM eligibility.stays SEMI JOIN shared USING (${SAME_STAY}))
        SELECT a.person_id, a.record_id, a.stay_no,
          bool_or(a.implicit_end AND NOT a.not_in_class AND a.first_day <= ${D} AND a.last_day >= ${D}
            AND b.source_rank <> a.source_rank AND b.last_day < ${D}) AS contradicted
        FROM several a JOIN several b USING (${SAME_STAY})
        WHERE NOT b.implicit_end AND b.place < a.place
          AND (a.first_day = b.first_day OR (a.first_day < b.last_day AND b.first_day < a.last_day))
        GROUP BY a.person_id, a.record_id, a.stay_no`,
    },
    {
      name: 'eligibility-told-once',
      reads: ['eligibility.told_twice'],
      writes: ['eligibility.stays'],
      sql: `DELETE FROM eligibility.stays
        WHERE (record_id, stay_no) IN (SELECT (record_id, stay_no) FROM eligibility.told_twice)`,
    },
  ];
}
