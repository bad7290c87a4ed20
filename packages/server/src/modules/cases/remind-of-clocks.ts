import { addDays, addMonths, addYears, type CivilDate } from '../../kernel/civil-date.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { type NewNotice, readActing, tellAll } from '../access/index.ts';
import { type ClockCase, type RunningClock, runningClocks } from './legal-clocks.ts';

/** Days before a legal clock is due on which it is told, the last first. [choice of the product] */
const STEPS = [1, 7, 14] as const;
const FIRST_STEP = 14;
/** What has been over for longer was told, or came with a base that nobody reminded. */
const OVERDUE_DAYS = 30;
const ADULT_AGE = 18;
const PAGE = 5000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

type Followed = ClockCase & {
  readonly case_id: string;
  readonly platform_id: string;
  readonly referent: string | null;
};

/**
 * Tells the legal clocks that are due in 14, 7 and 1 days, or have been over for a month at most: to the referent; to those who answer for the
 * platform when nobody who may act today is the referent, or once it is over. Each clock and step is told once, however often this
 * runs. Nothing of who had the use of their data restricted. Gives how many notices were written.
 */
export async function remindOfClocks(database: Database, today: CivilDate): Promise<number> {
  let told = 0;
  for (let after: string | undefined = FIRST_ID; after !== undefined; ) {
    const from: string = after;
    after = await database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
      const acting = await readActing(transaction);
      const page = await readPage(transaction, from, today);
      told += await tellAll(
        transaction,
        page.flatMap((one) => noticesOf(one, acting, today)),
      );
      return page.length < PAGE ? undefined : page.at(-1)?.case_id;
    });
  }
  return told;
}

async function readPage(transaction: Transaction, after: string, today: CivilDate): Promise<Followed[]> {
  const { rows } = await transaction.query<Followed>(
    `SELECT case_id, platform_id, referent, birth_date, pathway, verification, opened_on, joint_interview_at,
       interview_held_at, return_asked_on, obligation, summoned_on
     FROM cases.cases
     WHERE case_id > $1 AND platform_id IS NOT NULL AND pathway <> 'closed' AND verification <> 'refuted'
       AND (return_asked_on IS NOT NULL OR summoned_on IS NOT NULL
         OR (birth_date > $2 AND joint_interview_at IS NULL AND opened_on <= $3))
       AND NOT privacy.is_restricted(case_id)
     ORDER BY case_id LIMIT ${PAGE}`,
    [after, addYears(today, -ADULT_AGE), addMonths(addDays(today, FIRST_STEP), -2)],
  );
  return rows;
}

function noticesOf(one: Followed, acting: ReadonlySet<string>, today: CivilDate): NewNotice[] {
  return runningClocks(one, today).flatMap((clock) => {
    const step = stepOf(clock);
    if (step === undefined) return [];
    const notice = {
      kind: step === 0 ? 'legal_clock_overdue' : 'legal_clock_due',
      about: one.case_id,
      step,
      details: { clock: clock.clock, dueOn: clock.dueOn },
    } as const;
    const platform: NewNotice = { to: { platform: one.platform_id }, ...notice };
    if (one.referent === null || !acting.has(`${one.referent} ${one.platform_id}`)) return [platform];
    const referent: NewNotice = { to: { person: one.referent }, ...notice };
    return step === 0 ? [referent, platform] : [referent];
  });
}

/** 0: it is over. Undefined: too early, or over for too long. */
function stepOf({ daysLeft }: RunningClock): number | undefined {
  if (daysLeft < 0) return daysLeft >= -OVERDUE_DAYS ? 0 : undefined;
  return STEPS.find((step) => daysLeft <= step);
}
