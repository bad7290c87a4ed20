import {
  AGENDA_DAYS_MAX,
  type AgendaEntry,
  APPOINTMENT_MINUTES,
  type InterviewMode,
} from '@raccroche/contract';
import { addDays, type CivilDate, daysBetween } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { instantOf, timeZoneOf } from '../../../kernel/local-time.ts';
import { publicHoliday } from '../../../kernel/public-holidays.ts';
import type { Caller } from '../../access/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';

/** More than a platform has in six weeks: beyond it the latest are left out. */
const ENTRIES_MAX = 2000;

export interface AgendaQuery {
  readonly platform: string;
  /** First and last day, both included. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Who receives; everybody when absent. */
  readonly person?: string | undefined;
}

export interface Agenda {
  timeZone: string;
  days: { date: CivilDate; holiday: string | null }[];
  appointments: AgendaEntry[];
}

/** The département of a platform, which tells its time and its public holidays; that of Paris for one that is not there. */
export async function departmentOf({ transaction }: Caller, platform: string): Promise<string> {
  const { rows } = await transaction.query<{ department: string }>(
    'SELECT department FROM access.platforms WHERE platform_id = $1',
    [platform],
  );
  return rows[0]?.department ?? '75';
}

/** The days of a stretch. Throws `not_possible` for one that ends before it begins, or is too long. */
export function daysOf({ from, to }: Pick<AgendaQuery, 'from' | 'to'>): CivilDate[] {
  const length = daysBetween(from, to) + 1;
  if (length < 1 || length > AGENDA_DAYS_MAX)
    throw new RaccrocheError('not_possible', `Demandez de 1 à ${AGENDA_DAYS_MAX} jours.`);
  return Array.from({ length }, (_, after) => addDays(from, after));
}

/**
 * The appointments of a platform between two days: those that are set, those that were held or missed. Only what the caller may
 * read; the read is written in the trail. Throws `not_possible`.
 */
export async function readAgenda(caller: Caller, asked: AgendaQuery, today: CivilDate): Promise<Agenda> {
  const days = daysOf(asked);
  const department = await departmentOf(caller, asked.platform);
  const timeZone = timeZoneOf(department);
  const bounds = [
    asked.platform,
    instantOf(asked.from, '00:00', timeZone),
    instantOf(addDays(asked.to, 1), '00:00', timeZone),
    asked.person ?? null,
  ];
  const entries = [
    ...(await readSet(caller, bounds, today)),
    ...(await readPast(caller, bounds, today)),
  ].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  await caller.record('case.listed', [...new Set(entries.map((entry) => entry.case.caseId))], {
    platform: asked.platform,
    to: 'agenda',
  });
  return {
    timeZone,
    days: days.map((date) => ({ date, holiday: publicHoliday(date, department) })),
    appointments: markOverlaps(entries),
  };
}

const orderOf = (entry: AgendaEntry) => `${entry.at} ${entry.receivedBy ?? ''} ${entry.case.caseId}`;

async function readSet(
  { transaction }: Caller,
  bounds: readonly unknown[],
  today: CivilDate,
): Promise<AgendaEntry[]> {
  const { rows } = await transaction.query<StoredCase>(
    `SELECT ${CASE_SELECTION} FROM cases.cases
     WHERE platform_id = $1 AND interview_at >= $2 AND interview_at < $3 AND ($4::UUID IS NULL OR interview_with = $4)
     ORDER BY interview_at, case_id LIMIT ${ENTRIES_MAX}`,
    bounds,
  );
  return rows.flatMap((row) => {
    const about = toCaseRow(row, today);
    return about.appointment === null || about.interviewAt === null
      ? []
      : [{ ...about.appointment, at: about.interviewAt, overlaps: false, case: about }];
  });
}

/** What an event tells of the interview that it ended. */
interface Told {
  readonly minutes?: number | null;
  readonly mode?: InterviewMode | null;
  readonly receivedBy?: string | null;
  readonly invited?: AgendaEntry['invited'] | null;
}

async function readPast(
  { transaction }: Caller,
  bounds: readonly unknown[],
  today: CivilDate,
): Promise<AgendaEntry[]> {
  const { rows } = await transaction.query<StoredCase & { kind: string; happened_at: string; details: Told }>(
    `SELECT ${CASE_SELECTION}, e.kind, e.happened_at, e.details FROM cases.events e JOIN cases.cases c USING (case_id)
     WHERE c.platform_id = $1 AND e.kind IN ('interview_held', 'interview_missed')
       AND e.happened_at >= $2 AND e.happened_at < $3 AND ($4::TEXT IS NULL OR e.details ->> 'receivedBy' = $4)
       AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id)
     ORDER BY e.happened_at, e.event_id LIMIT ${ENTRIES_MAX}`,
    bounds,
  );
  return rows.map(({ kind, happened_at, details, ...row }) => ({
    at: happened_at,
    minutes: details.minutes ?? APPOINTMENT_MINUTES.usual,
    mode: details.mode ?? null,
    place: null,
    receivedBy: details.receivedBy ?? null,
    invited: details.invited ?? ['person'],
    state: kind === 'interview_held' ? 'held' : 'missed',
    overlaps: false,
    case: toCaseRow(row, today),
  }));
}

/** Marks those of one person that stand at the same time. `entries` in the order of their beginning. */
export function markOverlaps(entries: readonly AgendaEntry[]): AgendaEntry[] {
  const marked = entries.map((entry) => ({ ...entry }));
  for (const [index, one] of marked.entries())
    for (const other of marked.slice(index + 1)) {
      if (Date.parse(other.at) >= endOf(one)) break;
      if (one.receivedBy === null || one.receivedBy !== other.receivedBy) continue;
      one.overlaps = true;
      other.overlaps = true;
    }
  return marked;
}

const endOf = ({ at, minutes }: AgendaEntry) => Date.parse(at) + minutes * 60_000;
