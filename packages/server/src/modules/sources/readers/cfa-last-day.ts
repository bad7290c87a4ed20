import type { CivilDate } from '../../../kernel/civil-date.ts';

/** `statut_apprenant`: 0 abandon, 2 inscrit, 3 apprenti. */
export type CfaStatus = '0' | '2' | '3';

export interface CfaTrainingDates {
  readonly status: CfaStatus;
  readonly firstDay: CivilDate | undefined;
  /** `date_metier_mise_a_jour_statut` */
  readonly statusDate: CivilDate | undefined;
  /** `date_exclusion_formation` */
  readonly excludedOn: CivilDate | undefined;
  /** `date_fin_formation` */
  readonly trainingEnd: CivilDate | undefined;
  /** For each contract its break, else its planned end. */
  readonly contractEnds: readonly CivilDate[];
}

export interface CfaLastDay {
  /** Undefined: told nowhere, the training closes with its school year. */
  readonly lastDay: CivilDate | undefined;
  readonly reason: 'exclusion' | 'abandon' | undefined;
  /** An abandon whose date is not told. */
  readonly undatedAbandon: boolean;
}

/**
 * Last day of a training in a CFA. Source: rules §2 and §8.
 * The earliest of an exclusion and, for an abandon, the date of the status; for an abandon without any date, the last
 * break or end of a contract, else the first day; else the end of the training.
 * A break counts with its own day here: §8's eve is the last day of the *contract*, and the abandon is told of the training.
 */
export function cfaLastDay(dates: CfaTrainingDates): CfaLastDay {
  const abandoned = dates.status === '0';
  const undatedAbandon = abandoned && dates.statusDate === undefined;
  const abandonedOn = abandoned ? dates.statusDate : undefined;
  if (dates.excludedOn !== undefined && !(abandonedOn !== undefined && abandonedOn < dates.excludedOn)) {
    // A date that is told beats a date deduced: such an abandon is not undated.
    return { lastDay: dates.excludedOn, reason: 'exclusion', undatedAbandon: false };
  }
  if (abandonedOn !== undefined) return { lastDay: abandonedOn, reason: 'abandon', undatedAbandon: false };
  if (undatedAbandon) {
    const lastContract = [...dates.contractEnds].sort().at(-1);
    return { lastDay: lastContract ?? dates.firstDay, reason: 'abandon', undatedAbandon: true };
  }
  return { lastDay: dates.trainingEnd, reason: undefined, undatedAbandon: false };
}
