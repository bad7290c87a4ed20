import { type DAY_ROUTES, type DayItem, DEADLINE_DAYS, type Duty, SITUATION_DAYS } from '@raccroche/contract';
import type { z } from 'zod';
import { addDays, addMonths, addYears, type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import { type Caller, listReplacements } from '../access/index.ts';
import { toCaseRow } from './case-row.ts';
import { CASE_SELECTION, type StoredCase } from './change-case.ts';
import { runningClocks, situationUntil } from './legal-clocks.ts';
import { readReferralDuties } from './referrals/referral-duties.ts';

/** A situation is to be confirmed that many days before it becomes unknown. */
const SITUATION_NOTICE_DAYS = 7;
const STACK_MAX = 200;
const ADULT_AGE = 18;

type DayReplacement = z.infer<(typeof DAY_ROUTES)['myDay']['response']>['replacements'][number];

export interface Day {
  deadlines: Duty[];
  callBacks: Duty[];
  appointments: Duty[];
  referrals: Duty[];
  situations: Duty[];
  toVerify: number;
  replacements: DayReplacement[];
  done: number;
  later: number;
}

/**
 * What a person has to do on a platform today, the most urgent first in each stack: legal clocks, calls, appointments, proposals,
 * situations about to become unknown. `mine`: their own cases and nobody's. What they put off is left out, and counted.
 * The read is written in the trail.
 */
export async function readDay(
  caller: Caller,
  { platform, whose }: { readonly platform: string; readonly whose: 'mine' | 'platform' },
  today: CivilDate,
): Promise<Day> {
  const rows = await readConcerned(caller, platform, whose, today);
  const put = await readPostponed(caller, today);
  const all = [
    ...rows.flatMap((row) => dutiesOf(row, today)),
    ...(await readReferralDuties(caller, platform, whose, today)),
  ];
  const kept = all.filter(({ item, case: { caseId } }) => !put.has(`${caseId} ${item}`));
  const stack = (items: readonly DayItem[]) =>
    kept
      .filter(({ item }) => items.includes(item))
      .sort((one, other) => (order(one) < order(other) ? -1 : 1))
      .slice(0, STACK_MAX);
  const day = {
    deadlines: stack(['reorientation_interview', 'return_interview', 'department_report']),
    callBacks: stack(['call_back']),
    appointments: stack(['appointment']),
    referrals: stack(['referral']),
    situations: stack(['situation']),
  };
  const shown = Object.values(day).flatMap((duties) => duties.map((duty) => duty.case.caseId));
  await caller.record('case.listed', [...new Set(shown)], { platform, to: 'day' });
  return {
    ...day,
    toVerify: await countToVerify(caller, platform),
    replacements: await readReplacements(caller),
    done: await countDone(caller, platform, today),
    later: all.length - kept.length,
  };
}

const order = ({ dueOn, at, case: { caseId } }: Duty) => `${at ?? dueOn} ${caseId}`;

/** Cases that may hold something to do: every condition that `dutiesOf` looks at closer. */
async function readConcerned(
  { transaction, personId }: Caller,
  platform: string,
  whose: 'mine' | 'platform',
  today: CivilDate,
): Promise<StoredCase[]> {
  const { rows } = await transaction.query<StoredCase>(
    `SELECT ${CASE_SELECTION} FROM cases.cases
     WHERE platform_id = $1 AND pathway <> 'closed' AND ($2::UUID IS NULL OR referent = $2 OR referent IS NULL)
       AND (call_back_at < $3::DATE + 1 OR interview_at < $3::DATE + 1 OR return_asked_on IS NOT NULL
         OR summoned_on IS NOT NULL OR confirmed_on <= $4
         OR (birth_date > $5 AND joint_interview_at IS NULL AND opened_on <= $6))`,
    [
      platform,
      whose === 'mine' ? personId : null,
      today,
      addDays(today, SITUATION_NOTICE_DAYS - SITUATION_DAYS.otherwise),
      addYears(today, -ADULT_AGE),
      addMonths(addDays(today, DEADLINE_DAYS), -2),
    ],
  );
  return rows;
}

/** What is to do about a case. */
export function dutiesOf(row: StoredCase, today: CivilDate): Duty[] {
  const about = toCaseRow(row, today);
  const duty = (item: DayItem, dueOn: CivilDate, more: Partial<Duty> = {}): Duty => ({
    item,
    dueOn,
    daysLeft: daysBetween(today, dueOn),
    at: null,
    countedFrom: null,
    referral: null,
    case: about,
    ...more,
  });
  const duties = runningClocks(row, today)
    .filter(({ daysLeft }) => daysLeft <= DEADLINE_DAYS)
    .map(({ clock, dueOn, countedFrom }) => duty(clock, dueOn, { countedFrom }));
  for (const [item, at] of [
    ['call_back', row.call_back_at],
    ['appointment', row.interview_at],
  ] as const)
    if (at !== null && at.slice(0, 10) <= today) duties.push(duty(item, at.slice(0, 10), { at }));
  const until = situationUntil(row);
  if (until !== null && until <= addDays(today, SITUATION_NOTICE_DAYS)) duties.push(duty('situation', until));
  return duties;
}

async function readPostponed({ transaction }: Caller, today: CivilDate): Promise<ReadonlySet<string>> {
  const { rows } = await transaction.query<{ case_id: string; item: string }>(
    'SELECT case_id, item FROM cases.postponements WHERE until > $1',
    [today],
  );
  return new Set(rows.map(({ case_id, item }) => `${case_id} ${item}`));
}

/** « Vous remplacerez X » : the caller's own, on either side, from today on. */
async function readReplacements(caller: Caller): Promise<DayReplacement[]> {
  const all = await listReplacements(caller);
  return all.flatMap(({ replaced, substitute, validFrom, validTo }): DayReplacement[] => {
    const dates = { validFrom, validTo };
    if (substitute.personId === caller.personId)
      return [{ mine: 'substitute', displayName: replaced.displayName, ...dates }];
    if (replaced.personId !== caller.personId) return [];
    return [{ mine: 'replaced', displayName: substitute.displayName, ...dates }];
  });
}

async function countToVerify({ transaction }: Caller, platform: string): Promise<number> {
  const { rows } = await transaction.query<{ n: number }>(
    "SELECT count(*) AS n FROM cases.cases WHERE platform_id = $1 AND verification = 'to_verify' AND pathway <> 'closed'",
    [platform],
  );
  return rows[0]?.n ?? 0;
}

/** Cases in whose story the caller wrote something today that still holds. */
async function countDone(
  { transaction, personId }: Caller,
  platform: string,
  today: CivilDate,
): Promise<number> {
  const { rows } = await transaction.query<{ n: number }>(
    `SELECT count(DISTINCT e.case_id) AS n FROM cases.events e JOIN cases.cases c USING (case_id)
     WHERE e.actor = $1 AND e.recorded_at >= $2::TIMESTAMP AT TIME ZONE 'Europe/Paris' AND c.platform_id = $3
       AND e.undoes IS NULL AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id)`,
    [personId, today, platform],
  );
  return rows[0]?.n ?? 0;
}
