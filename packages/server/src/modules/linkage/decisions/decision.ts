import type { DecisionEffect, DecisionVerdict } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';

/** What a person decided, whatever it is about. */
export interface Decision {
  /** Physical line of the file, from 1. */
  readonly line: number;
  readonly verdict: DecisionVerdict;
  readonly decidedOn: CivilDate;
  /** Function of whoever decided; no name. */
  readonly role: string;
  /** Why; empty when nothing was written. */
  readonly reason: string;
}

/** What a person decided of two SIEI numbers. */
export interface LitigeDecision extends Decision {
  /** The two numbers as decided; twice the same for a doubt within one person. */
  readonly numbers: readonly [string, string];
}

/** What a person decided of a SIEI number and a death: `same`, the death is theirs. */
export interface DeathDecision extends Decision {
  readonly number: string;
  /** Names the death, in every file that tells it. */
  readonly deathCode: string;
}

/** Who answers to a number in this campaign. */
export interface RecognisedNumber {
  /** The number itself, or the elder that it was merged into. */
  readonly current: string;
  /** Records that answer to it, sorted; records that may be of two of the numbers asked for are given to both. */
  readonly recordIds: readonly string[];
  /**
   * Records that answer to numbers which were split off the elder since this one was merged into it: of the two numbers that
   * a decision once made one, what it parts when it is withdrawn.
   */
  readonly splitOff?: readonly string[];
}

/**
 * Finds the records behind numbers, once the first stage has made persons of them. A number that the registry does not know
 * is absent from the answer.
 */
export type RecogniseNumbers = (numbers: readonly string[]) => Promise<ReadonlyMap<string, RecognisedNumber>>;

/** Finds the deaths of `sources.deaths` that codes name: ids, sorted. A code that names none of them is absent. */
export type RecogniseDeaths = (codes: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

export interface DecisionInput {
  readonly decisions: readonly LitigeDecision[];
  readonly recognise: RecogniseNumbers;
  /** Decisions about deaths; none by default. */
  readonly deaths?: {
    readonly decisions: readonly DeathDecision[];
    readonly recognise: RecogniseDeaths;
  };
}

/** What became of one decision. */
export interface DecisionOutcome {
  readonly effect: DecisionEffect;
  /** Lines of the decisions that contradict it, ascending. */
  readonly contradictedBy: readonly number[];
}
