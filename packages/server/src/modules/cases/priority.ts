import {
  DEADLINE_DAYS,
  type Obligation,
  type Pathway,
  PRIORITIES,
  type Priority,
  REORIENTATION_MONTHS,
  REPORT_MONTHS,
  RETURN_DAYS,
  SILENT_DAYS,
} from '@raccroche/contract';
import { type RawBuilder, sql } from 'kysely';
import { addDays, addYears, ageAt, type CivilDate } from '../../kernel/civil-date.ts';
import { type ClockCase, runningClocks } from './legal-clocks.ts';
import type { StoredCase } from './tables.ts';

const ADULT_AGE = 18;
/** Of a minor whose obligation is met otherwise, or is another's to see to. */
const OBLIGATION_SETTLED: readonly Obligation[] = ['met', 'exempt', 'reported'];
const IN_SOLUTION: readonly Pathway[] = ['entered', 'holding'];

export type PriorityCase = ClockCase & Pick<StoredCase, 'contact' | 'last_attempt_at'>;

/**
 * The first reason that applies, from what the case holds: see `PriorityLabels`. Null for a closed case and for who is not to be
 * followed. `prioritySql` gives the same of a row.
 */
export function priorityOf(row: PriorityCase, today: CivilDate): Priority | null {
  if (row.pathway === 'closed' || row.verification === 'refuted') return null;
  if (runningClocks(row, today).some(({ daysLeft }) => daysLeft <= DEADLINE_DAYS)) return 'deadline';
  const isMinor = ageAt(row.birth_date, today) < ADULT_AGE;
  const isSettled = row.obligation !== null && OBLIGATION_SETTLED.includes(row.obligation);
  if (isMinor && !isSettled && !IN_SOLUTION.includes(row.pathway)) return 'minor';
  const silentSince = addDays(today, -SILENT_DAYS);
  const isSilent = [row.opened_on, row.last_attempt_at, row.interview_held_at].every(
    (at) => at === null || at.slice(0, 10) <= silentSince,
  );
  return isSilent && row.contact !== 'refuses' && !IN_SOLUTION.includes(row.pathway) ? 'silent' : 'usual';
}

const utcDay = (column: string) => sql`(${sql.ref(column)} AT TIME ZONE 'UTC')::DATE`;

/** The same as an expression over `cases.cases`. */
export function prioritySql(today: CivilDate): RawBuilder<Priority | null> {
  const isMinor = sql`birth_date > ${addYears(today, -ADULT_AGE)}::DATE`;
  const inSolution = sql`pathway IN (${sql.join(IN_SOLUTION)})`;
  const lastDay = addDays(today, DEADLINE_DAYS);
  const silentSince = sql`${addDays(today, -SILENT_DAYS)}::DATE`;
  return sql<Priority | null>`CASE
    WHEN pathway = 'closed' OR verification = 'refuted' THEN NULL
    WHEN ${isMinor} AND joint_interview_at IS NULL
      AND opened_on + make_interval(months => ${REORIENTATION_MONTHS}) <= ${lastDay}::DATE THEN 'deadline'
    WHEN return_asked_on <= ${addDays(lastDay, -RETURN_DAYS)}::DATE
      AND (interview_held_at IS NULL OR ${utcDay('interview_held_at')} < return_asked_on) THEN 'deadline'
    WHEN obligation = 'summoned' AND summoned_on + make_interval(months => ${REPORT_MONTHS}) <= ${lastDay}::DATE THEN 'deadline'
    WHEN ${isMinor} AND (obligation IS NULL OR obligation NOT IN (${sql.join(OBLIGATION_SETTLED)})) AND NOT ${inSolution}
      THEN 'minor'
    WHEN opened_on <= ${silentSince}
      AND (last_attempt_at IS NULL OR ${utcDay('last_attempt_at')} <= ${silentSince})
      AND (interview_held_at IS NULL OR ${utcDay('interview_held_at')} <= ${silentSince})
      AND contact <> 'refuses' AND NOT ${inSolution} THEN 'silent'
    ELSE 'usual' END`;
}

/** Place of a priority, as a digit that sorts: none comes last. */
const placeOf = (priority: Priority | null): number =>
  priority === null ? PRIORITIES.length : PRIORITIES.indexOf(priority);

/** What a worklist is sorted by, the most pressing first and by name within: of a row, and as an expression. */
export const pressingOf = (row: PriorityCase & Pick<StoredCase, 'sort_name'>, today: CivilDate): string =>
  `${placeOf(priorityOf(row, today))}${row.sort_name}`;
export const pressingSql = (today: CivilDate): RawBuilder<string> =>
  sql<string>`(coalesce(array_position(ARRAY[${sql.join(PRIORITIES)}], ${prioritySql(today)}) - 1, ${sql.lit(PRIORITIES.length)}) || sort_name)`;
