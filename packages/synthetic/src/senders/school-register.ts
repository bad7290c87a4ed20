import { addDays, type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import type { Establishment } from '../establishments.ts';
import { yearEnd, yearStart } from '../life/life-builder.ts';
import type { Life, Stay } from '../life/model.ts';
import type { Random } from '../random.ts';
import { type Enrolled, enrolledIn, extractionDay, type SenderContext } from './sender-context.ts';
import type { ToldIdentity } from './told-identity.ts';

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
  readonly className: string;
  readonly firstDay: CivilDate;
  readonly exit: CivilDate | undefined;
  /** In no class, and no exit told. */
  readonly inactive: boolean;
}

export interface SchoolRegister {
  readonly school: Establishment;
  readonly extractedOn: { readonly before: CivilDate; readonly current: CivilDate };
  readonly before: readonly ToldSchooling[];
  readonly current: readonly ToldSchooling[];
}

const LATE_DAYS = { low: 25, high: 130 } as const;

/** What one school's rolls of the two years say, with the failures of their keeping. */
export function keepSchoolRegister(
  context: SenderContext,
  lives: readonly Life[],
  school: Establishment,
): SchoolRegister {
  const random = context.random.fork(school.uai);
  const { times } = context;
  const extractedOn = {
    // The rolls of the year before were last sent when it ended.
    before: civilDate(times.current, 7, random.between(6, 12)),
    current: extractionDay(random, times),
  };
  const told: ToldSchooling[] = [];
  const identities = new Map<string, ToldIdentity>();
  for (const enrolled of withGhosts(context, random, enrolledIn(lives, school))) {
    const own = random.fork(`${enrolled.life.person.id}/${enrolled.stay.schoolYear}`);
    const knownOn = enrolled.stay.schoolYear < times.current ? extractedOn.before : extractedOn.current;
    if (enrolled.stay.firstDay > knownOn) continue;
    // A pupil who comes back is told as the year before, except that the address is asked for again.
    const before = identities.get(enrolled.life.person.id);
    const newSchool = enrolled.stay.schoolYear === times.current && enrolled.life.stays[0]?.school !== school;
    const identity =
      before === undefined
        ? context.teller.tell(own, enrolled.life, { family: 'school', knownOn, newSchool })
        : { ...before, ...context.teller.tellContact(own, enrolled.life, knownOn) };
    identities.set(enrolled.life.person.id, identity);
    told.push(tellSchooling(context, own, enrolled, { identity, extractedOn: knownOn }));
  }
  const ofYear = (schoolYear: number) =>
    withDuplicates(
      context,
      random,
      told.filter((one) => one.schoolYear === schoolYear),
    );
  return { school, extractedOn, before: ofYear(times.before), current: ofYear(times.current) };
}

/** Pupils carried over to the new year's rolls who never came back. */
function withGhosts(
  context: SenderContext,
  random: Random,
  enrolled: readonly Enrolled[],
): readonly Enrolled[] {
  const { times, failures } = context;
  const here = new Set(
    enrolled.filter(({ stay }) => stay.schoolYear === times.current).map(({ life }) => life),
  );
  const ghosts = enrolled.flatMap(({ life, stay }): Enrolled[] => {
    if (stay.schoolYear !== times.before || here.has(life) || stay.year >= stay.training.years) return [];
    if (
      stay.ending !== 'with_year' ||
      !failures.strikes('ghost_return', random.fork(`ghost/${life.person.id}`), life.person.id)
    )
      return [];
    const carried = { schoolYear: times.current, year: stay.year + 1, firstDay: yearStart(times.current) };
    return [{ life, stay: { ...stay, ...carried, lastDay: null, ending: 'none' } }];
  });
  return [...enrolled, ...ghosts];
}

function tellSchooling(
  context: SenderContext,
  random: Random,
  { life, stay }: Enrolled,
  { identity, extractedOn }: { identity: ToldIdentity; extractedOn: CivilDate },
): ToldSchooling {
  const exit = tellExit(context, random, { life, stay }, extractedOn);
  const { person } = life;
  return {
    personId: person.id,
    life,
    identity,
    stay,
    pupilNumber: `${Number(person.id.slice(1)) * 10 + (stay.schoolYear % 10)}`,
    schoolYear: stay.schoolYear,
    mef: stay.training.mefs[stay.year - 1] ?? stay.training.mefs.at(-1) ?? '',
    className: stay.className,
    firstDay: stay.firstDay,
    exit: exit.exit,
    inactive: exit.inactive,
  };
}

function tellExit(
  context: SenderContext,
  random: Random,
  { life, stay }: Enrolled,
  extractedOn: CivilDate,
): { exit: CivilDate | undefined; inactive: boolean } {
  const nothing = { exit: undefined, inactive: false };
  const strikes = (mode: Parameters<typeof context.failures.strikes>[0]) =>
    context.failures.strikes(mode, random, life.person.id);
  if (stay.lastDay === null) return nothing;
  if (stay.ending === 'with_year') {
    const stayed = life.stays.some(
      (later) => later.school === stay.school && later.schoolYear > stay.schoolYear,
    );
    if (stayed || stay.lastDay !== yearEnd(stay.schoolYear) || !strikes('exit_told_at_year_end'))
      return nothing;
    return { exit: civilDate(stay.schoolYear + 1, 7, 4), inactive: false };
  }
  if (stay.lastDay >= extractedOn) return nothing;
  // The next school asks for the file: exits of transfers are told, mostly.
  const transferred = life.stays.some(
    (later) => later.firstDay > stay.firstDay && later.school !== stay.school,
  );
  if (transferred && !strikes('exit_after_transfer')) return nothing;
  if (!transferred && strikes('exit_never_recorded')) return nothing;
  if (
    strikes('exit_recorded_late') &&
    daysBetween(stay.lastDay, extractedOn) < random.between(LATE_DAYS.low, LATE_DAYS.high)
  ) {
    return nothing;
  }
  if (strikes('exit_as_inactive')) return { exit: undefined, inactive: true };
  const badEnd = strikes('bad_end_date');
  return { exit: badEnd ? addDays(stay.firstDay, -30) : stay.lastDay, inactive: false };
}

/** The same pupil a second time in the same rolls, under another number: readers keep the first. */
function withDuplicates(
  context: SenderContext,
  random: Random,
  told: readonly ToldSchooling[],
): readonly ToldSchooling[] {
  return told.flatMap((one) => {
    const own = random.fork(`twice/${one.pupilNumber}`);
    if (!context.failures.strikes('duplicate_row', own, one.personId)) return [one];
    return [one, { ...one, pupilNumber: `9${one.pupilNumber}` }];
  });
}
