import { type Duty, REFERRAL_DAYS, type StructureAnswer } from '@raccroche/contract';
import { addDays, type CivilDate, daysBetween } from '../../../kernel/civil-date.ts';
import { localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import type { Caller } from '../../access/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';

type Row = StoredCase & {
  readonly structure: string;
  readonly structure_answer: StructureAnswer | null;
  readonly again_on: string | null;
  readonly answered_at: string | null;
  readonly proposed_at: string;
};

/**
 * What proposals ask for today, one a case, the oldest first: a structure that answered and the person has not yet, one to be
 * asked again, one that has been silent for a week. `mine`: cases of the caller and of nobody.
 */
export async function readReferralDuties(
  { transaction, personId }: Caller,
  platform: string,
  whose: 'mine' | 'platform',
  today: CivilDate,
): Promise<Duty[]> {
  const { rows } = await transaction.query<Row>(
    `SELECT ${CASE_SELECTION}, structure, structure_answer, again_on, answered_at, proposed_at
     FROM cases.cases c JOIN (
       SELECT case_id, structure, answer AS structure_answer, again_on, answered_at, proposed_at
       FROM cases.referrals_in_force WHERE person_answer IS NULL) r USING (case_id)
     WHERE platform_id = $1 AND pathway = 'proposed' AND ($2::UUID IS NULL OR referent = $2 OR referent IS NULL)
     ORDER BY proposed_at, structure`,
    [platform, whose === 'mine' ? personId : null],
  );
  const duties = new Map<string, Duty>();
  for (const row of rows) {
    const dueOn = dueOf(row);
    const before = duties.get(row.case_id);
    if (dueOn > today || (before !== undefined && before.dueOn <= dueOn)) continue;
    duties.set(row.case_id, {
      item: 'referral',
      dueOn,
      daysLeft: daysBetween(today, dueOn),
      at: null,
      countedFrom: null,
      referral: { structure: row.structure, answer: row.structure_answer },
      case: toCaseRow(row, today),
    });
  }
  return [...duties.values()];
}

/** The day on which a proposal asks for something. */
function dueOf({ department, structure_answer, again_on, answered_at, proposed_at }: Row): CivilDate {
  const dayOf = (instant: string) => localTime(instant, timeZoneOf(department)).date;
  if (structure_answer === 'call_again' && again_on !== null) return again_on;
  if (answered_at !== null) return dayOf(answered_at);
  return addDays(dayOf(proposed_at), REFERRAL_DAYS);
}
