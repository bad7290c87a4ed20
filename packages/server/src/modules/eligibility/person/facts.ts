import type { CivilDate } from '../../../kernel/civil-date.ts';

/**
 * What the sources say of one person, in memory: the columns of `sources.*` that judging needs, in camel case.
 * Absent values are null. The order of the arrays never matters.
 */
export interface PersonFacts {
  readonly personId: string;
  readonly records: readonly RecordFact[];
  readonly spells: readonly SpellFact[];
  readonly contracts: readonly ContractFact[];
  readonly awards: readonly AwardFact[];
  readonly accompaniments: readonly AccompanimentFact[];
  /** Ids of the deaths that linkage gave to the person. */
  readonly linkedDeaths: readonly string[];
  /** The person appears in a litige. */
  readonly litige: boolean;
  /** A death may be the person's: somebody must decide. */
  readonly deathToCheck: boolean;
}

export interface RecordFact {
  readonly recordId: string;
  readonly source: string;
  /** 1 SYGNE … 5 interchange. */
  readonly sourceRank: number;
  /** Holds a validated INE (of any generation; an INA is not one). */
  readonly hasIne: boolean;
  readonly familyName: string | null;
  readonly usageName: string | null;
  readonly firstName1: string | null;
  readonly firstName2: string | null;
  readonly firstName3: string | null;
  readonly sex: string | null;
  readonly birthDate: CivilDate;
  /** null: unknown, counts as oldest. */
  readonly recordedOn: CivilDate | null;
}

export interface SpellFact {
  readonly recordId: string;
  readonly spellNo: number;
  readonly uai: string | null;
  readonly schoolYear: number | null;
  readonly mef: string | null;
  readonly diplomaCode: string | null;
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
  readonly implicitEnd: boolean;
  readonly endReason: string | null;
  readonly notInClass: boolean;
  readonly enrolment: boolean;
  readonly cfaStatus: string | null;
  readonly abandonUndated: boolean;
  readonly recordedOn: CivilDate | null;
}

export interface ContractFact {
  readonly recordId: string;
  readonly contractNo: number;
  readonly uai: string | null;
  readonly diplomaCode: string | null;
  readonly startedOn: CivilDate;
  readonly plannedEnd: CivilDate | null;
  readonly brokenOn: CivilDate | null;
}

export interface AwardFact {
  readonly recordId: string;
  readonly awardNo: number;
  readonly type: string | null;
  readonly diplomaCode: string | null;
  readonly level: number | null;
  /** `yyyy-mm`. */
  readonly session: string | null;
  readonly awardedOn: CivilDate | null;
  readonly result: string;
}

export interface AccompanimentFact {
  readonly recordId: string;
  readonly accompanimentNo: number;
  readonly structureType: string;
  readonly startedOn: CivilDate | null;
  readonly endedOn: CivilDate | null;
  readonly lastContactOn: CivilDate | null;
  readonly status: string;
}
