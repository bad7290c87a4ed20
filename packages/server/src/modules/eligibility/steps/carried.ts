import type { Step } from '../../../platform/duckdb/step.ts';
import { NEEDS_OTHER_FILES } from '../../sources/index.ts';
import type { PreviousAssessment } from '../previous-assessment.ts';
import type { Terms } from '../terms.ts';
import { HELD_ON } from './awards.ts';
import { ageSql } from './checks.ts';
import { dateSql } from './fragments.ts';
import { JUDGED_COLUMNS } from './people.ts';

/** `eligibility.touched`: persons who are to be judged anew. Everybody else is judged as they were. */
export function touchedSteps(terms: Terms, before: PreviousAssessment): Step[] {
  const later = before.asOf === terms.asOf ? [] : [datedStep(terms, before)];
  return [toldOtherwiseStep(before), touchedStep(before), ...later];
}

/**
 * Whom other records, another litige or another death tell of than before. A record of a delivery that both campaigns read is the
 * same in both, unless it depends on other files; one of a delivery that either did not read came or went.
 */
function touchedStep({ moved, litiges, deaths }: PreviousAssessment): Step {
  const doubts = (from: string) => `SELECT reason = 'death' AS death, person_id_l AS person_id FROM ${from}
        UNION SELECT false, person_id_r FROM ${from} WHERE person_id_r IS NOT NULL`;
  return {
    name: 'eligibility-touched',
    reads: ['linkage.memberships', 'linkage.litiges', 'linkage.deaths', 'eligibility.told_otherwise'],
    writes: ['eligibility.touched'],
    sql: `CREATE OR REPLACE TABLE eligibility.touched AS
      WITH doubted AS (${doubts('linkage.litiges')}),
      doubted_before AS (${doubts(`${litiges} before`)}),
      died AS (SELECT person_id, death_id FROM linkage.deaths),
      died_before AS (SELECT person_id, death_id FROM ${deaths} before)
      SELECT person_id FROM ${moved} moved WHERE person_id IS NOT NULL
      UNION SELECT person_id FROM linkage.memberships SEMI JOIN eligibility.told_otherwise USING (record_id)
      UNION SELECT person_id FROM (FROM doubted EXCEPT FROM doubted_before)
      UNION SELECT person_id FROM (FROM doubted_before EXCEPT FROM doubted)
      UNION SELECT person_id FROM (FROM died EXCEPT FROM died_before)
      UNION SELECT person_id FROM (FROM died_before EXCEPT FROM died)`,
  };
}

/**
 * `eligibility.told_otherwise`: records of deliveries whose rows depend on other files, that were there and tell something else today. Names and a
 * date may come from elsewhere to what was itself not sent again: mostly they are the same, and somebody of eleven has such a record. Its
 * identifiers and spells are its own: under the same id, which begins with that of the delivery, they are what they were.
 */
function toldOtherwiseStep({ records, unsure }: PreviousAssessment): Step {
  const now = unsure?.records ?? 'sources.records';
  const then =
    unsure === undefined
      ? records
      : `(FROM ${records} k SEMI JOIN ${unsure.before} looked_at USING (record_id))`;
  const told = (from: string) =>
    `SELECT ${JUDGED_COLUMNS.join(', ')} FROM ${from} r WHERE file_no IN getvariable('eligibility_unsteady_files')`;
  return {
    name: 'eligibility-told-otherwise',
    reads: ['sources.files', ...(unsure === undefined ? [now] : [])],
    writes: ['eligibility.told_otherwise'],
    // Mostly none: a step apart tells the next one so. Files are told as a list: of a join the engine would read everybody's names.
    sql: `SET VARIABLE eligibility_unsteady_files = (SELECT list(file_no) FROM sources.files WHERE kind = '${NEEDS_OTHER_FILES}');
      CREATE OR REPLACE TABLE eligibility.told_otherwise AS
      WITH now_records AS (${told(now)}),
      then_records AS (${told(then)})
      SELECT record_id FROM (FROM now_records EXCEPT FROM then_records)
      UNION SELECT record_id FROM (FROM then_records EXCEPT FROM now_records);
      RESET VARIABLE eligibility_unsteady_files`,
  };
}

/**
 * Whom the later reference date may judge otherwise: a day that something of theirs depends on lies between the two dates (a
 * day more on both sides), their birthday does, or they are in a CFA and without contract, where each day counts.
 */
function datedStep({ asOf, parameters }: Terms, before: PreviousAssessment): Step {
  const [from, to] = [dateSql(before.asOf), dateSql(asOf)];
  const contact = (day: string) => `${day} + ${parameters.missionLocaleContactDays}`;
  return {
    name: 'eligibility-touched-by-time',
    reads: [
      'linkage.memberships',
      'sources.spells',
      'sources.contracts',
      'sources.awards',
      'sources.accompaniments',
    ],
    writes: ['eligibility.touched'],
    sql: `INSERT INTO eligibility.touched
      WITH days AS (
        SELECT record_id, unnest([first_day, last_day]) AS day FROM sources.spells
        UNION ALL SELECT record_id, unnest([started_on, planned_end, broken_on]) FROM sources.contracts
        UNION ALL SELECT record_id, ${HELD_ON} FROM sources.awards a
        UNION ALL SELECT record_id, unnest([started_on, ended_on, ${contact('started_on')}, ${contact('last_contact_on')}])
          FROM sources.accompaniments),
      employed AS (
        SELECT person_id, bool_or(started_on <= ${from} AND coalesce(planned_end >= ${to}, true)
          AND coalesce(broken_on > ${to}, true)) AS throughout
        FROM sources.contracts JOIN linkage.memberships USING (record_id) GROUP BY person_id),
      enrolled AS (
        SELECT person_id, cfa_status FROM sources.spells JOIN linkage.memberships USING (record_id)
        WHERE cfa_status IN ('2', '3') AND first_day <= ${to} AND last_day >= ${from})
      SELECT person_id FROM linkage.memberships
        SEMI JOIN (SELECT record_id FROM days WHERE day BETWEEN ${from} - 1 AND ${to} + 1) d USING (record_id)
      UNION SELECT person_id FROM enrolled s LEFT JOIN employed e USING (person_id)
        WHERE (s.cfa_status = '2' AND e.throughout IS NOT TRUE) OR e.throughout = false
      UNION SELECT person_id FROM ${before.persons} before WHERE age <> ${ageSql('birth_date', asOf)}`,
  };
}
