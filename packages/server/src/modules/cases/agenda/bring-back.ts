import type { LostAppointment } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import type { CaseChange, StoredCase } from '../change-case.ts';
import { NO_INTERVIEW, pathwayWithoutInterview } from './appointment.ts';

/** What is put back of a case, and why its appointment is not. */
export interface BroughtBack {
  readonly change: CaseChange;
  readonly details: { readonly lost?: LostAppointment };
}

/** What called an appointment off: how the case was before, and when (ISO instant). */
export interface CallingOff {
  readonly before: Record<string, unknown>;
  readonly recorded_at: string;
}

/**
 * What an undo may put back of a case whose appointment it had called off: all of it while the hour is to come and nobody else was
 * given it since; else the case without its appointment. `row`: as it is now; `now`: ISO instant.
 */
export async function bringBack(
  caller: Caller,
  row: StoredCase,
  { before, recorded_at }: CallingOff,
  now: string,
): Promise<BroughtBack> {
  const change = before as CaseChange;
  const { interview_at: at } = change;
  if (at == null || row.interview_at !== null) return { change, details: {} };
  const isGone = Date.parse(at) <= Date.parse(now);
  if (!isGone && !(await isGiven(caller, row, change, recorded_at))) return { change, details: {} };
  const pathway = pathwayWithoutInterview({
    pathway: change.pathway ?? row.pathway,
    interview_held_at: row.interview_held_at,
  });
  return {
    change: { ...change, ...NO_INTERVIEW, pathway },
    details: { lost: isGone ? 'gone_by' : 'taken' },
  };
}

async function isGiven(
  { transaction }: Caller,
  { case_id }: StoredCase,
  { interview_at, interview_with, interview_minutes }: CaseChange,
  after: string,
): Promise<boolean> {
  if (interview_with == null) return false;
  const { rows } = await transaction.query<{ given: boolean }>(
    `SELECT cases.hour_given($1, $2::TIMESTAMPTZ, $2::TIMESTAMPTZ + make_interval(mins => $3), $4, $5) AS given`,
    [interview_with, interview_at, interview_minutes, case_id, after],
  );
  return rows[0]?.given ?? false;
}
