import {
  type LegalClock,
  REORIENTATION_MONTHS,
  REPORT_MONTHS,
  RETURN_DAYS,
  SITUATION_DAYS,
} from '@raccroche/contract';
import { addDays, addMonths, ageAt, type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import type { StoredCase } from './tables.ts';

const ADULT_AGE = 18;

/** A legal delay that runs. */
export interface RunningClock {
  readonly clock: LegalClock;
  readonly countedFrom: CivilDate;
  readonly dueOn: CivilDate;
  readonly daysLeft: number;
}

export type ClockCase = Pick<
  StoredCase,
  | 'birth_date'
  | 'pathway'
  | 'verification'
  | 'opened_on'
  | 'joint_interview_at'
  | 'interview_held_at'
  | 'return_asked_on'
  | 'obligation'
  | 'summoned_on'
>;

/**
 * The legal clocks that run for a case on that day, the most urgent first. None runs for who is not to be followed, nor
 * for a closed case. Source: L.313-8, D.122-3-3, R.114-7.
 */
export function runningClocks(row: ClockCase, today: CivilDate): RunningClock[] {
  if (row.pathway === 'closed' || row.verification === 'refuted') return [];
  const running: RunningClock[] = [];
  const run = (clock: LegalClock, countedFrom: CivilDate, dueOn: CivilDate) =>
    running.push({ clock, countedFrom, dueOn, daysLeft: daysBetween(today, dueOn) });
  if (ageAt(row.birth_date, today) < ADULT_AGE && row.joint_interview_at === null)
    run('reorientation_interview', row.opened_on, addMonths(row.opened_on, REORIENTATION_MONTHS));
  const asked = row.return_asked_on;
  if (asked !== null && (row.interview_held_at === null || row.interview_held_at.slice(0, 10) < asked))
    run('return_interview', asked, addDays(asked, RETURN_DAYS));
  if (row.obligation === 'summoned' && row.summoned_on !== null)
    run('department_report', row.summoned_on, addMonths(row.summoned_on, REPORT_MONTHS));
  return running.sort((one, other) => one.daysLeft - other.daysLeft);
}

/** Last day on which what is known of the situation holds; null when nobody ever made sure. */
export function situationUntil({
  confirmed_on,
  pathway,
}: Pick<StoredCase, 'confirmed_on' | 'pathway'>): CivilDate | null {
  if (confirmed_on === null) return null;
  const settled = pathway === 'entered' || pathway === 'holding';
  return addDays(confirmed_on, settled ? SITUATION_DAYS.in_solution : SITUATION_DAYS.otherwise);
}
