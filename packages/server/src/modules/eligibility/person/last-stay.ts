import type { LeavingReason } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { cycleHeight } from '../cycle.ts';
import type { Terms } from '../terms.ts';
import type { Employment } from './contracts.ts';
import { compareKeys, compareLatestFirst } from './order.ts';
import type { Situation } from './situation.ts';
import type { Stay } from './stays.ts';

/** The stay of the last cycle. */
export interface LastStay extends Stay {
  /** Day on which it counts as ended, on or before the reference date; null when it has not ended. */
  readonly endedOn: CivilDate | null;
}

/**
 * The stay with the latest end on or before the reference date or, if none has ended, with the latest first day;
 * ties: latest first day, then the higher cycle, then a stable order. Stays that are still to come are left out.
 * undefined when the person has no stay by then.
 */
export function findLastStay(
  stays: readonly Stay[],
  situation: Situation,
  employment: Employment,
  terms: Terms,
): LastStay | undefined {
  return stays
    .filter(({ firstDay }) => firstDay <= terms.asOf)
    .map((stay) => ({ ...stay, endedOn: findEnd(stay, situation, employment, terms) }))
    .sort(compareStays)[0];
}

/** Somebody in no class ended nobody knows when: at the reference date. In a rupture: with the contract, else on the first day. */
function findEnd(
  stay: Stay,
  { ruptured }: Situation,
  { lastStop }: Employment,
  { asOf }: Terms,
): CivilDate | null {
  if (stay.standing === 'not_in_class') return asOf;
  if (stay.standing === 'without_contract' && ruptured) return lastStop ?? stay.firstDay;
  return stay.lastDay <= asOf ? stay.lastDay : null;
}

function compareStays(a: LastStay, b: LastStay): number {
  return (
    compareLatestFirst(a.endedOn, b.endedOn) ||
    compareLatestFirst(a.firstDay, b.firstDay) ||
    cycleHeight(b.cycle) - cycleHeight(a.cycle) ||
    a.sourceRank - b.sourceRank ||
    compareKeys(a.recordId, b.recordId) ||
    a.stayNo - b.stayNo
  );
}

export interface Departure {
  readonly reason: LeavingReason | null;
  /** Unknown for somebody in no class. */
  readonly leftOn: CivilDate | null;
}

/** Why and when somebody who is in training no more left: told of the last stay. Both null for everybody else. */
export function departureOf(lastStay: LastStay | undefined, { notEnrolled }: Situation): Departure {
  if (!lastStay || !notEnrolled) return { reason: null, leftOn: null };
  if (lastStay.standing === 'not_in_class') return { reason: 'not_in_class', leftOn: null };
  if (lastStay.standing === 'without_contract') return { reason: 'cfa_rupture', leftOn: lastStay.endedOn };
  return { reason: lastStay.closesYear ? 'not_back' : 'left', leftOn: lastStay.lastDay };
}
