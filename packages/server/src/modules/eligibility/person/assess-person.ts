import type {
  CheckCode,
  KnownSituation,
  LeavingReason,
  MissionLocaleKnowledge,
  PersonFlag,
  PersonState,
} from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Cycle } from '../cycle.ts';
import type { RuleSet } from '../rule-set.ts';
import { termsOf } from '../terms.ts';
import { knownSituationsOf, missionLocaleKnowledgeOf } from './accompaniments.ts';
import { checkAge } from './checks/age.ts';
import { checkAlive } from './checks/alive.ts';
import type { Check, CheckResult } from './checks/check.ts';
import { checkCycle } from './checks/cycle.ts';
import { checkEnrolledInWindow } from './checks/enrolled-in-window.ts';
import { checkNoQualifyingDiploma } from './checks/no-qualifying-diploma.ts';
import { checkNotEnrolled } from './checks/not-enrolled.ts';
import { checkObligationUnmet } from './checks/obligation-unmet.ts';
import type { PersonFacts } from './facts.ts';
import { flagsOf } from './flags.ts';
import type { Identity } from './identity.ts';
import { departureOf } from './last-stay.ts';
import { personAtDate } from './person-at-date.ts';

const CHECKS = {
  age: checkAge,
  alive: checkAlive,
  enrolled_in_window: checkEnrolledInWindow,
  cycle: checkCycle,
  not_enrolled: checkNotEnrolled,
  no_qualifying_diploma: checkNoQualifyingDiploma,
  obligation_unmet: checkObligationUnmet,
} as const satisfies Record<CheckCode, Check>;

/** What is decided of one person, and why: a row of `eligibility.persons` with its row of `eligibility.assessments`. */
export interface PersonAssessment {
  readonly personId: string;
  readonly identity: Identity;
  readonly age: number;
  readonly state: PersonState;
  readonly daysWithoutContract: number | null;
  readonly toFollow: boolean;
  readonly cycle: Cycle['cycle'];
  readonly leadsTo: number | null;
  readonly lastUai: string | null;
  readonly lastMef: string | null;
  readonly lastDiplomaCode: string | null;
  readonly leftOn: CivilDate | null;
  readonly reason: LeavingReason | null;
  readonly missionLocale: MissionLocaleKnowledge;
  readonly knownSituations: readonly KnownSituation[];
  readonly flags: readonly PersonFlag[];
  /** In the order of the rule set. */
  readonly checks: readonly CheckResult[];
  readonly listed: boolean;
}

/**
 * Judges one person at `asOf` from what the sources say: the rules in readable form.
 * Campaigns run the same rules as SQL over everybody (see assess-persons.ts); a test holds the two against each other.
 * Throws when the person has no record, or a row belongs to a record that is not the person's.
 */
export function assessPerson(facts: PersonFacts, ruleSet: RuleSet, asOf: CivilDate): PersonAssessment {
  const terms = termsOf(ruleSet, asOf);
  const person = personAtDate(facts, terms);
  const { situation, lastStay, lastCycle, identity, age } = person;
  const checks = ruleSet.checks.map((check) => ({ check, ...CHECKS[check](person) }));
  return {
    personId: facts.personId,
    identity,
    age,
    state: situation.state,
    daysWithoutContract: situation.daysWithoutContract,
    toFollow: situation.toFollow,
    cycle: lastCycle.cycle,
    leadsTo: lastCycle.leadsTo,
    lastUai: lastStay?.uai ?? null,
    lastMef: lastStay?.mef ?? null,
    lastDiplomaCode: lastStay?.diplomaCode ?? null,
    ...departureOf(lastStay, situation),
    missionLocale: missionLocaleKnowledgeOf(facts.accompaniments, terms),
    knownSituations: knownSituationsOf(facts.accompaniments, terms),
    flags: flagsOf(person),
    checks,
    listed: checks.every(({ passed }) => passed),
  };
}
