import type { ClusterAgreement, Interval } from '@raccroche/linkage';
import type { CauseCode } from './causes.ts';

/** A share as counted, with its interval at 95 % (Wilson). `rate` is null when there is nothing to take a share of. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
  readonly interval: Interval;
}

/** What lists are worth to some people: those of one value of a grouping, or all. */
export interface GroupFigures {
  readonly group: string;
  readonly people: number;
  /** Of those truly dropped out, those who are on no list. */
  readonly missed: Rate;
  /** Of those truly dropped out who are on a list, those who are on none of the département where they live. */
  readonly elsewhere: Rate;
  /** Of the people on the lists, those who should not be. */
  readonly wrong: Rate;
  /** Of those who should be on no list, those who are: what somebody risks. */
  readonly wronged: Rate;
}

/** What people are grouped by; everybody is in one group of each. */
export const GROUPINGS = ['department', 'sex', 'name_group', 'sender'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const MEASURES = ['missed', 'wrong', 'wronged'] as const;
export type Measure = (typeof MEASURES)[number];

/** A difference of rates between two groups. The interval holds for all pairs of groups at once (Bonferroni). */
export interface RateGap {
  readonly highest: string;
  readonly lowest: string;
  /** 0 to 1. */
  readonly gap: number;
  readonly interval: Interval;
  /** The interval leaves out zero: chance alone does not explain the difference. */
  readonly distinguishable: boolean;
}

export interface NameGroupGap {
  readonly measure: Measure;
  /** Groups that have enough people to be compared. */
  readonly groups: number;
  /** The two groups furthest from each other; null when fewer than two can be compared. */
  readonly largest: RateGap | null;
  /** The difference that is the surest: whose interval begins the highest. It may lie between two larger groups. */
  readonly surest: RateGap | null;
}

/** How much more often something befalls a name group than everybody else of the same senders. */
export interface GroupGap {
  readonly group: string;
  /** −1 to 1; above 0, to the group's harm. */
  readonly gap: number;
  /** Holds for all groups at once (Bonferroni). */
  readonly interval: Interval;
  /** The interval is above zero: neither the académie, nor the kind of files, nor chance explains it. */
  readonly distinguishable: boolean;
}

export interface NameGroupHarm {
  readonly measure: Measure;
  /** Groups that have enough people to be compared. */
  readonly groups: number;
  /** The group whose harm is the surest: whose interval begins the highest; null when none can be compared. */
  readonly surest: GroupGap | null;
}

export interface QualityReport {
  readonly format: 'raccroche-quality/1';
  readonly campaign: string;
  readonly asOf: string;
  readonly ruleSet: string;
  readonly country: {
    readonly seed: number;
    readonly people: number;
    readonly senders: string;
    readonly faults: string;
  };
  /** The lists were not published for want of a source: what is judged is what they would hold. */
  readonly withheld: boolean;
  readonly linkage: LinkageQuality;
  readonly lists: ListQuality;
  readonly causes: { readonly missed: readonly CauseCount[]; readonly wrong: readonly CauseCount[] };
  readonly groups: Readonly<Record<Grouping, readonly GroupFigures[]>>;
  readonly nameGroupGaps: readonly NameGroupGap[];
  /** The same question, sender by sender: what the name is left with once who sends is the same. */
  readonly nameGroupHarms: readonly NameGroupHarm[];
}

/** People of whom the main cause is the same; the counts of a kind add up to all of its people. */
export interface CauseCount {
  readonly cause: CauseCode;
  /** FailureMode of the row that made it; null when no fault of a sender is known. */
  readonly fault: string | null;
  /** SenderCode of that row, \`none\` for an establishment of which no file tells; null when it is nobody's. */
  readonly sender: string | null;
  readonly count: number;
}

export interface LinkageQuality extends ClusterAgreement {
  /** People found whole and alone, of the persons made (precision) and of the people in the files (recall). */
  readonly whole: { readonly precision: number; readonly recall: number; readonly f1: number };
  /** People whose records became several persons. */
  readonly split: number;
  /** Persons made of records of several people. */
  readonly mixed: number;
}

export interface ListQuality {
  readonly trulyDroppedOut: number;
  readonly found: number;
  readonly missed: Rate;
  /** Of those found, those on no list of the département where they live: no platform there can work with them. */
  readonly listedElsewhere: Rate;
  readonly entries: number;
  readonly peopleListed: number;
  readonly wronglyListed: Rate;
  /** Further entries of somebody already counted: one person taken for several. */
  readonly listedTwice: number;
  readonly deadListed: number;
  /** Of the dead listed, those whose entry holds back how to reach them until somebody has decided. */
  readonly deadListedToCheck: number;
  /** True situation (SituationCode) of the people missed and wrongly listed. */
  readonly missedBecause: Readonly<Record<string, number>>;
  readonly wronglyListedBecause: Readonly<Record<string, number>>;
  /** What the registers of the national education alone would have listed. */
  readonly schoolRegistersAlone: {
    readonly listed: number;
    readonly trulyDroppedOut: number;
    readonly inTrainingElsewhere: number;
    readonly other: number;
  };
}
