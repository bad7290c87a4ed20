import type { CheckCode } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';

/** A rule set is data: versioned, dated, with every number named. An assessment stores its id, version and parameters. */
export interface RuleSet {
  readonly id: string;
  readonly version: string;
  /** For people, in French. */
  readonly label: string;
  readonly validFrom: CivilDate;
  readonly validUntil: CivilDate | null;
  readonly parameters: RuleParameters;
  /** Checks in order; all are evaluated, all must pass. */
  readonly checks: readonly CheckCode[];
}

export interface RuleParameters {
  /** Full years at the reference date, included. */
  readonly minAge: number;
  /** Full years at the reference date, excluded: 26 = removed from the 26th birthday on. */
  readonly ageLimit: number;
  /** School years before the current one that the window W covers. */
  readonly lookbackSchoolYears: number;
  /** Days in a CFA without contract beyond which one is no longer in training. */
  readonly cfaWithoutContractMaxDays: number;
  /** Days since the last contact within which a mission locale's file is active. */
  readonly missionLocaleContactDays: number;
  /** `qualifying`: the cycle must lead to level 3 or 4. `any`: whatever it leads to. */
  readonly cycle: 'qualifying' | 'any';
  /** `cycle_only`: the diploma of the last cycle is asked for. `any`: each diploma of level 3 or more removes. */
  readonly capBep: 'cycle_only' | 'any';
}
