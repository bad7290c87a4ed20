import { addDays, type CivilDate, civilDate, earliest, latest } from '../calendar.ts';
import type { Failures, RowFailures } from '../failures.ts';
import type { Outbox } from '../files/outbox.ts';
import { academyName } from '../france/departments.ts';
import type { Establishment, SenderMode } from '../france/establishments.ts';
import type { Bassin } from '../france/territory.ts';
import { type Times, yearStart } from '../life/life-builder.ts';
import type { Life, Stay } from '../life/model.ts';
import type { Random } from '../random.ts';

/** What every sender of a bassin works with. */
export interface SenderContext {
  readonly random: Random;
  /** The reference date, which senders tell of. */
  readonly times: Times;
  /** The day that lives end on: the same at each of several reference dates. */
  readonly world: Times;
  /** Whether the same people are told of at several reference dates. */
  readonly followed: boolean;
  readonly mode: SenderMode;
  readonly failures: Failures;
  readonly outbox: Outbox;
  /** The bassin whose senders write: they tell of nobody else's establishments. */
  readonly bassin: Bassin;
}

/** Somebody's stay in an establishment, as the register of that establishment is asked for it. */
export interface Enrolled {
  readonly life: Life;
  readonly stay: Stay;
}

/** Who sends a file: an establishment, or the académie for its establishments. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  /** Undefined for an académie. */
  readonly uai: string | undefined;
}

/** Senders extract from 1 to this many days before the reference date, and never before the last 1 September. */
const EXTRACTED_AT_MOST_DAYS_BEFORE = 25;

/** The day on which a sender made its files of the current year; the same whoever asks. */
export function extractionDay({ random, times, failures }: SenderContext, sender: string): CivilDate {
  const own = random.fork(`extraction/${sender}`);
  if (!failures.strikesSender('extracted_before', own)) return times.asOf;
  return latest(
    addDays(times.asOf, -own.between(1, EXTRACTED_AT_MOST_DAYS_BEFORE)),
    yearStart(times.current),
  );
}

/** The day on which it made those of the year before: when that had ended. */
export function extractionDayOfBefore(context: SenderContext, sender: string): CivilDate {
  return closingDay(context, sender, context.times.current);
}

/**
 * The same of the current year for those whose year closes in July: where people are followed, what was made when a year
 * closed is not made again in summer, for the autumn tells the year as it was closed.
 */
export function extractionDayOfYear(context: SenderContext, sender: string): CivilDate {
  const { times, followed } = context;
  const on = extractionDay(context, sender);
  return followed && on !== times.asOf ? earliest(on, closingDay(context, sender, times.current + 1)) : on;
}

/** When a sender closes a school year that ends in the summer of `year`. */
function closingDay({ random }: SenderContext, sender: string, year: number): CivilDate {
  return civilDate(year, 7, random.fork(`extraction before/${sender}`).between(6, 12));
}

/** Who sends for `school`, when each establishment or the académie does. */
export function unitOf(school: Establishment, mode: SenderMode, office: string): Unit {
  if (mode === 'establishments') return { id: school.uai, name: school.name, uai: school.uai };
  const { academy } = school.bassin.department;
  return { id: academy, name: `${office}, ${academyName(academy)}`, uai: undefined };
}

/** `2025` → `2025-2026`. */
export function schoolYearLabel(schoolYear: number): string {
  return `${schoolYear}-${schoolYear + 1}`;
}

/** A row's stream of random numbers: of one person with one sender. */
export function rowStream({ random }: SenderContext, { person }: Life, sender: string): Random {
  return random.fork(person.number).fork(sender);
}

/** Whether the sender writes the row twice. */
export const isRepeated = (row: RowFailures): boolean => row.aside('repeated').strikes('row_repeated');

/**
 * Whether the establishment has not entered yet somebody who is new to it: of the last year alone, so that a row is written
 * alike whenever it is told.
 */
export function isEnteredLate(context: SenderContext, { life, stay }: Enrolled, on: CivilDate): boolean {
  const { world, failures } = context;
  const known = life.stays.some(
    ({ school, schoolYear }) => school === stay.school && schoolYear < stay.schoolYear,
  );
  if (stay.firstDay < yearStart(world.current) || known) return false;
  const row = failures.ofRow(rowStream(context, life, `late/${stay.school.uai}`));
  return row.leavesUntold('enrolment_told_late', { since: stay.firstDay, on });
}

/**
 * The latest stay of each person among those told in one file, whatever the order of the schools: a file holds one row a
 * person, like the base it comes from.
 */
export function latestOfEach<T extends Enrolled>(told: readonly T[]): readonly T[] {
  const latestOf = new Map<Life, T>();
  for (const one of told) {
    const known = latestOf.get(one.life);
    if (known === undefined || one.stay.firstDay >= known.stay.firstDay) latestOf.set(one.life, one);
  }
  return [...latestOf.values()];
}
