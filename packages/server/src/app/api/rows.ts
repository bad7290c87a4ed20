import type { CaseRow } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type StoredCase, toCaseRow } from '../../modules/cases/index.ts';

const DAY_IN_PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** The civil day in France. */
export function todayOf(clock: Clock): CivilDate {
  return DAY_IN_PARIS.format(new Date(clock.now()));
}

/** A changed case as the routes that change one give it. */
export async function asRow(clock: Clock, changed: Promise<StoredCase>): Promise<CaseRow> {
  return toCaseRow(await changed, todayOf(clock));
}
