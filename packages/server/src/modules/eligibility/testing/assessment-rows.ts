import type { Database } from '../../../platform/duckdb/database.ts';
import type { PersonAssessment } from '../person/assess-person.ts';

/** For tests: a row of `eligibility.persons` with its checks, whichever way it was decided. */
export type AssessmentRow = Readonly<Record<string, unknown>>;

/** What the engine decided, by person. */
export async function readAssessments(database: Database): Promise<Map<string, AssessmentRow>> {
  const persons = await database.all('FROM eligibility.persons');
  const checks = await database.all(
    'SELECT person_id, ordinal, check_code, passed, evidence FROM eligibility.checks ORDER BY person_id, ordinal',
  );
  const checksOf = new Map<string, Record<string, unknown>[]>(
    persons.map(({ person_id }) => [String(person_id), []]),
  );
  for (const { person_id, ...check } of checks) checksOf.get(String(person_id))?.push(check);
  return new Map(
    persons.map((row) => [String(row.person_id), { ...row, checks: checksOf.get(String(row.person_id)) }]),
  );
}

/** What the readable rules decided, in the columns of the tables. */
export function assessmentRow(assessment: PersonAssessment): AssessmentRow {
  const { identity, checks } = assessment;
  return {
    person_id: assessment.personId,
    family_name: identity.familyName,
    usage_name: identity.usageName,
    first_name1: identity.firstName1,
    first_name2: identity.firstName2,
    first_name3: identity.firstName3,
    sex: identity.sex,
    birth_date: identity.birthDate,
    age: assessment.age,
    state: assessment.state,
    days_without_contract: assessment.daysWithoutContract,
    to_follow: assessment.toFollow,
    cycle: assessment.cycle,
    leads_to: assessment.leadsTo,
    last_uai: assessment.lastUai,
    last_mef: assessment.lastMef,
    last_diploma_code: assessment.lastDiplomaCode,
    left_on: assessment.leftOn,
    reason: assessment.reason,
    mission_locale: assessment.missionLocale,
    known_situations: assessment.knownSituations,
    flags: assessment.flags,
    listed: assessment.listed,
    checks: checks.map(({ check, passed, evidence }, index) => ({
      ordinal: index + 1,
      check_code: check,
      passed,
      evidence,
    })),
  };
}
