import { addDays, type CivilDate, civilDate } from '../calendar.ts';
import type { FailureMode } from '../failure-modes.ts';
import type { RowFailures } from '../failures.ts';
import type { Establishment } from '../france/establishments.ts';
import { yearEnd, yearStart } from '../life/life-builder.ts';
import type { Life, Stay } from '../life/model.ts';
import {
  type Enrolled,
  extractionDayOfBefore,
  extractionDayOfYear,
  rowStream,
  type SenderContext,
  unitOf,
} from './sender-context.ts';
import { type ToldIdentity, tellContact, tellIdentity } from './told-identity.ts';

/** A pupil as a school of the national education has them on its rolls of one year: what SIECLE and SYGNE both tell. */
export interface ToldSchooling {
  readonly personId: string;
  readonly life: Life;
  readonly identity: ToldIdentity;
  readonly stay: Stay;
  /** The school's own number of the row: one person has another each year. */
  readonly pupilNumber: string;
  readonly schoolYear: number;
  /** MEF10. */
  readonly mef: string;
  /** The school has a code of its own for the MEF; SYGNE alone tells both. */
  readonly localMef: boolean;
  readonly className: string;
  readonly firstDay: CivilDate;
  readonly exit: CivilDate | undefined;
  /** The exit is known to be a death; only an extract has a place to say so. */
  readonly deathTold: boolean;
  /** In no class, and no exit told. */
  readonly inactive: boolean;
  /** Carried over to the rolls of a year in which they never came. */
  readonly ghost: boolean;
  readonly failures: readonly FailureMode[];
}

/** What calls a pupil on the rolls of a year in which they never came. */
const GHOST = 'ghost';

/** The days on which the rolls of the two years were last sent. */
export function extractionsOf(
  context: SenderContext,
  school: Establishment,
): { readonly before: CivilDate; readonly current: CivilDate } {
  // An extract and an archive of the académie are made in one go; a school that is asked alone has its own days.
  const sender = unitOf(school, context.mode, '').id;
  return { before: extractionDayOfBefore(context, sender), current: extractionDayOfYear(context, sender) };
}

/**
 * What the schools of the national education have on their rolls about one person, over both years: a pure matter of
 * that person, so that two bassins tell it alike. Counted where the person is at home.
 */
export function tellSchoolings(context: SenderContext, life: Life): readonly ToldSchooling[] {
  const { times, world } = context;
  const told: ToldSchooling[] = [];
  const known = new Map<Establishment, KnownPupil>();
  for (const enrolled of withGhosts(context, life)) {
    const { stay } = enrolled;
    const days = extractionsOf(context, stay.school);
    const closed = stay.schoolYear < times.current;
    const knownOn = closed ? days.before : days.current;
    if (stay.firstDay > knownOn) continue;
    const row = failuresOf(context, life, `${stay.school.uai}/${stay.schoolYear}`);
    const before = known.get(stay.school);
    // Of the last year alone, so that a row is written alike whenever it is told.
    const newSchool = stay.schoolYear === world.current && life.stays[0]?.school !== stay.school;
    const late = { since: stay.firstDay, on: knownOn };
    if (newSchool && before === undefined && row.leavesUntold('enrolment_told_late', late)) continue;
    // A pupil who comes back is told as the year before, except that the address is asked for again.
    const identity =
      before === undefined
        ? tellIdentity(row, life, { family: 'school', knownOn, newSchool })
        : { ...before.identity, ...tellContact(row, life, knownOn) };
    const pupil = { identity, failures: [...(before?.failures ?? []), ...row.hits] };
    known.set(stay.school, pupil);
    told.push(...tellSchooling(row, enrolled, pupil, { on: knownOn, closed }));
  }
  return told;
}

interface Extraction {
  readonly on: CivilDate;
  /** The school year was over, and its rolls settled. */
  readonly closed: boolean;
}

/** How a school writes somebody, and what went wrong with that. */
interface KnownPupil {
  readonly identity: ToldIdentity;
  readonly failures: readonly FailureMode[];
}

function failuresOf(context: SenderContext, life: Life, sender: string): RowFailures {
  const stream = rowStream(context, life, sender);
  const { failures, bassin } = context;
  return life.person.home === bassin ? failures.ofRow(stream) : failures.uncounted(stream);
}

const IN_REGISTER = ['siecle', 'sygne', 'extract'];

/** Stays in schools of the national education, after those of pupils carried over to new rolls who never came back. */
function withGhosts(
  context: SenderContext,
  life: Life,
): ReadonlyArray<Enrolled & { readonly ghost: boolean }> {
  const { times } = context;
  const stays = life.stays.filter(({ school }) => IN_REGISTER.includes(school.software));
  const ghosts = stays.flatMap((stay): Stay[] => {
    if (stay.schoolYear !== times.before || stay.year >= stay.training.years) return [];
    if (stays.some((later) => later.school === stay.school && later.schoolYear === times.current)) return [];
    if (stay.ending !== 'with_year') return [];
    if (!failuresOf(context, life, `${GHOST}/${stay.school.uai}`).strikes('ghost_return')) return [];
    const carried = { schoolYear: times.current, year: stay.year + 1, firstDay: yearStart(times.current) };
    return [{ ...stay, ...carried, lastDay: null, ending: 'none' }];
  });
  return [
    ...stays.map((stay) => ({ life, stay, ghost: false })),
    ...ghosts.map((stay) => ({ life, stay, ghost: true })),
  ];
}

/** One row, or two: the same pupil a second time in the same rolls, under another number. Readers keep the first. */
function tellSchooling(
  row: RowFailures,
  { life, stay, ghost }: Enrolled & { readonly ghost: boolean },
  { identity, failures }: KnownPupil,
  extraction: Extraction,
): readonly ToldSchooling[] {
  const { exit, inactive } = tellExit(row, { life, stay }, extraction);
  const { person } = life;
  const deathTold = exit !== undefined && exit === life.deceasedOn && !row.strikes('death_untold');
  const localMef = stay.school.software === 'sygne' && row.aside('mef').strikes('mef_local');
  const twice = row.strikes('duplicate_row');
  const told: ToldSchooling = {
    personId: person.id,
    life,
    identity,
    stay,
    pupilNumber: `${person.number * 10 + (stay.schoolYear % 10)}`,
    schoolYear: stay.schoolYear,
    mef: stay.training.mefs[stay.year - 1] ?? stay.training.mefs.at(-1) ?? '',
    localMef,
    className: stay.className,
    firstDay: stay.firstDay,
    exit,
    deathTold,
    inactive,
    ghost,
    failures: [...new Set([...(ghost ? (['ghost_return'] as const) : []), ...failures, ...row.hits])].sort(),
  };
  return twice ? [told, { ...told, pupilNumber: `9${told.pupilNumber}` }] : [told];
}

function tellExit(
  row: RowFailures,
  { life, stay }: Enrolled,
  { on, closed }: Extraction,
): { exit: CivilDate | undefined; inactive: boolean } {
  const nothing = { exit: undefined, inactive: false };
  const inSummer = on.slice(5) >= '06-01' && on.slice(5) < '09-01';
  if (inSummer && !closed && stay.school.software === 'sygne' && row.strikes('summer_blindness'))
    return { exit: undefined, inactive: true };
  if (stay.lastDay === null) return nothing;
  if (stay.ending === 'with_year') {
    const stayed = life.stays.some(
      (later) => later.school === stay.school && later.schoolYear > stay.schoolYear,
    );
    if (stayed || stay.lastDay !== yearEnd(stay.schoolYear) || !row.strikes('exit_told_at_year_end'))
      return nothing;
    return { exit: civilDate(stay.schoolYear + 1, 7, 4), inactive: false };
  }
  if (stay.lastDay >= on) return nothing;
  // The next school asks for the file: exits of transfers are told, mostly.
  const transferred = life.stays.some(
    (later) => later.firstDay > stay.firstDay && later.school !== stay.school,
  );
  if (transferred && row.strikes('exit_untold_after_transfer')) return nothing;
  if (!transferred && row.strikes('exit_never_recorded')) return nothing;
  if (row.isStillUntold('exit_recorded_late', { since: stay.lastDay, on })) return nothing;
  if (row.strikes('exit_as_inactive')) return { exit: undefined, inactive: true };
  const badEnd = row.strikes('bad_end_date');
  return { exit: badEnd ? addDays(stay.firstDay, -30) : stay.lastDay, inactive: false };
}
