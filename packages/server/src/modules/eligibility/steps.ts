import type { Step } from '../../platform/duckdb/step.ts';
import type { PreviousAssessment } from './previous-assessment.ts';
import { accompanimentSteps } from './steps/accompaniments.ts';
import { awardSteps } from './steps/awards.ts';
import { touchedSteps } from './steps/carried.ts';
import { checkSteps } from './steps/checks.ts';
import { contractSteps } from './steps/contracts.ts';
import { peopleSteps } from './steps/people.ts';
import { personSteps } from './steps/persons.ts';
import { situationSteps } from './steps/situations.ts';
import { staySteps } from './steps/stays.ts';
import { toldTwiceSteps } from './steps/told-twice.ts';
import { windowSteps } from './steps/window.ts';
import { ELIGIBILITY_TABLES } from './tables.ts';
import type { Terms } from './terms.ts';

/**
 * The rules over everybody: every step one idea, the same as in person/ for one person.
 * Reads `sources.*` and `linkage.{memberships,litiges,deaths}`; leaves `eligibility.persons` and `eligibility.assessments`.
 * With an earlier campaign, those alone are judged whom something new tells of, or whom the time that went by may judge otherwise;
 * `eligibility.touched` stays, and tells them.
 * Memory: each step groups by person; what is of every record is dropped when persons are known, the rest at the end.
 */
export function assessmentSteps(terms: Terms, before?: PreviousAssessment): Step[] {
  const steps = [
    ...(before === undefined ? [] : touchedSteps(terms, before)),
    ...peopleSteps(before !== undefined),
    ...toldTwiceSteps(terms),
    ...contractSteps(terms),
    ...staySteps(terms),
    ...situationSteps(terms),
    ...windowSteps(terms),
    ...awardSteps(terms),
    ...accompanimentSteps(terms),
    dropStep('eligibility-drop-members', OF_RECORDS),
    ...checkSteps(terms),
    ...personSteps(terms),
  ];
  const working = new Set(steps.flatMap(({ writes }) => writes));
  for (const table of [...RESULTS, ...OF_RECORDS, TOUCHED]) working.delete(table);
  return [emptyStep(), ...steps, dropStep('eligibility-drop-working-tables', [...working])];
}

const RESULTS = Object.keys(ELIGIBILITY_TABLES).map((name) => `eligibility.${name}`);
/** Of every record, not every person: the largest, while the checks want memory. */
const OF_RECORDS = ['eligibility.members', 'eligibility.preferences'];
/** Whom an assessment after another one is of. */
export const TOUCHED = 'eligibility.touched';

/** Assessing again replaces what was decided before. */
function emptyStep(): Step {
  return {
    name: 'eligibility-empty',
    reads: [],
    writes: RESULTS,
    sql: RESULTS.map((table) => `DELETE FROM ${table};`).join(' '),
  };
}

function dropStep(name: string, tables: readonly string[]): Step {
  return { name, reads: [], writes: tables, sql: tables.map((table) => `DROP TABLE ${table};`).join(' ') };
}
