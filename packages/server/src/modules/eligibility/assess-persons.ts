import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type StepListener } from '../../platform/duckdb/step.ts';
import { FETCHED_MEMBERS, type FetchedMembers } from '../linkage/index.ts';
import { FETCHED_RECORDS, type FetchedRecords } from '../sources/index.ts';
import type { PreviousAssessment } from './previous-assessment.ts';
import type { RuleSet } from './rule-set.ts';
import { ASKED_MEMBERS, ASKED_RECORDS } from './steps/people.ts';
import { assessmentSteps, TOUCHED } from './steps.ts';
import { createEligibilityTablesSql } from './tables.ts';
import { termsOf } from './terms.ts';

export interface AssessmentOptions {
  /** Reference date, `yyyy-mm-dd`. */
  readonly asOf: CivilDate;
  readonly ruleSet: RuleSet;
  /** What an earlier campaign decided: it holds for whom nothing changed. */
  readonly before?: PreviousAssessment | undefined;
  /** Where rows of touched persons' records are held for several stages; without it they are read of `sources`. */
  readonly fetched?: FetchedRecords | undefined;
  /** Likewise who is who of them; without it that is read of `linkage`. */
  readonly members?: FetchedMembers | undefined;
  readonly onStep?: StepListener | undefined;
}

/**
 * Judges everybody of `linkage.memberships` at the reference date: fills `eligibility.persons` and `eligibility.assessments`,
 * replacing what was there. With `before`, of those alone whom the query that it gives tells (by `person_id`, of then and of today):
 * everybody else is judged as they were. The result depends on the content of the tables only, not on threads or the order of rows.
 * Throws when `asOf` is not a civil date, or with the name of the step that failed.
 */
export async function assessPersons(
  database: Database,
  options: AssessmentOptions,
): Promise<string | undefined> {
  const terms = termsOf(options.ruleSet, options.asOf);
  await database.run(createEligibilityTablesSql());
  const { before, fetched, members, onStep } = options;
  const steps = assessmentSteps(terms, before, {
    ...(fetched && { records: FETCHED_RECORDS }),
    ...(members && { memberships: FETCHED_MEMBERS }),
  });
  const holding = new Map([
    [ASKED_MEMBERS, () => members?.hold(`SELECT person_id FROM ${TOUCHED}`)],
    [ASKED_RECORDS, () => fetched?.hold('SELECT record_id FROM eligibility.asked_members')],
  ]);
  for (const [index, step] of steps.entries()) {
    await holding.get(step.name)?.();
    await runSteps(database, [step], () => onStep?.(step, index, steps.length));
  }
  return before === undefined ? undefined : `SELECT person_id FROM ${TOUCHED}`;
}
