import { dropStep, type Step } from '../../platform/duckdb/step.ts';
import type { PreviousAssessment } from './previous-assessment.ts';
import { accompanimentSteps } from './steps/accompaniments.ts';
import { awardSteps } from './steps/awards.ts';
import { touchedSteps } from './steps/carried.ts';
import { checkSteps } from './steps/checks.ts';
import { contractSteps } from './steps/contracts.ts';
import { OF_ALL, peopleSteps, type Told } from './steps/people.ts';
import { personSteps } from './steps/persons.ts';
import { situationSteps } from './steps/situations.ts';
import { staySteps } from './steps/stays.ts';
import { windowSteps } from './steps/window.ts';
import { ELIGIBILITY_TABLES } from './tables.ts';
import type { Terms } from './terms.ts';

/**
 * The rules over everybody: every step one idea, the same as in person/ for one person.
 * Reads `sources.*` and `linkage.{memberships,litiges,deaths}`; leaves `eligibility.persons` and `eligibility.assessments`.
 * With an earlier campaign, those alone are judged whom something new tells of, or whom the time that went by may judge otherwise;
 * `eligibility.touched` stays, and tells them; who is who of them, and their records, are read of `touched`.
 * Memory: each step groups by person; what a step works with is dropped after the last one that reads it.
 */
export function assessmentSteps(
  terms: Terms,
  before?: PreviousAssessment,
  touched: Partial<Told> = {},
): Step[] {
  const steps = [
    ...(before === undefined ? [] : touchedSteps(terms, before)),
    ...peopleSteps(before === undefined ? undefined : { ...OF_ALL, ...touched }),
    ...contractSteps(terms),
    ...staySteps(terms),
    ...accompanimentSteps(terms),
    ...awardSteps(terms),
    ...situationSteps(terms),
    ...windowSteps(terms),
    ...checkSteps(terms),
    ...personSteps(terms),
  ];
  return [emptyStep(), ...dropRead(steps)];
}

const RESULTS = Object.keys(ELIGIBILITY_TABLES).map((name) => `eligibility.${name}`);
/** Whom an assessment after another one is of. */
export const TOUCHED = 'eligibility.touched';

/** The steps, and after each the drop of the tables that no later one names: beside a country's, the next ones want memory. */
function dropRead(steps: readonly Step[]): Step[] {
  const working = new Set(steps.flatMap(({ writes }) => writes));
  for (const table of [...RESULTS, TOUCHED]) working.delete(table);
  return steps.flatMap((step, index) => {
    const later = new Set(steps.slice(index + 1).flatMap(({ reads, writes }) => [...reads, ...writes]));
    const over = [...new Set([...step.reads, ...step.writes])].filter(
      (table) => working.has(table) && !later.has(table),
    );
    return over.length === 0 ? [step] : [step, dropStep(`${step.name}-drop`, over)];
  });
}

/** Assessing again replaces what was decided before. */
function emptyStep(): Step {
  return {
    name: 'eligibility-empty',
    reads: [],
    writes: RESULTS,
    sql: RESULTS.map((table) => `DELETE FROM ${table};`).join(' '),
  };
}
