import { type CivilDate, parseCivilDate, schoolYearOf } from '../../kernel/civil-date.ts';
import type { RuleParameters, RuleSet } from './rule-set.ts';

/** What everybody of a campaign is judged by: the date, the window before it, the numbers of the rule set. */
export interface Terms {
  readonly asOf: CivilDate;
  /** First day of the window W: 1 September, `lookbackSchoolYears` before the school year of `asOf`. */
  readonly windowStart: CivilDate;
  readonly ruleSet: RuleSet;
  readonly parameters: RuleParameters;
}

/** The terms of a campaign at `asOf` (`yyyy-mm-dd`). Throws when it is not a civil date: it goes into SQL as text. */
export function termsOf(ruleSet: RuleSet, asOf: CivilDate): Terms {
  if (parseCivilDate(asOf) !== asOf) throw new Error(`not a civil date: ${asOf}`);
  const { parameters } = ruleSet;
  const year = schoolYearOf(asOf) - parameters.lookbackSchoolYears;
  return { asOf, windowStart: `${year}-09-01`, ruleSet, parameters };
}

/** Stands for the end of a contract that has none: later than any date that a sender writes. */
export const NO_END: CivilDate = '9999-12-31';
