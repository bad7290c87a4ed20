import { addDays, type CivilDate, civilDate } from '../calendar.ts';
import { encodeText } from '../files/text-encoding.ts';
import { yearStart } from '../life/life-builder.ts';
import type { Life, Person } from '../life/model.ts';
import { drawGivenNames, drawSurname } from '../names/draw-name.ts';
import { COUNTRIES, FRANCE, type Places } from '../places.ts';
import type { Random } from '../random.ts';
import { loseAccents, swapDayAndMonth } from './name-faults.ts';
import type { SenderContext } from './sender-context.ts';

/** How INSEE's file differs from what happened, and who else is in it. All shares are `[inferred]`. */
const BIRTH_PLACE_MISSING = 0.03;
const BIRTH_DATE_PARTIAL = 0.01;
/** A death declared late is not in the file yet. */
const DECLARED_LATE = 0.02;
/** Dead people of the whole country for each of the region: few are young. */
const OTHERS = 4000;
const OF_THE_AGES = 0.12;
/** Dead people who share a name, or more, with somebody living of the region. */
const NAMESAKES = 40;
/** Same birth date as well, born elsewhere: one in a million in life, a few here so that they are seen. */
const DOUBLES = 2;
/** The file of a month comes out in the first days of the next one. */
const PUBLISHED_DAYS_BEFORE = 12;

/** Somebody dead, as INSEE knows them. */
interface Dead {
  readonly id: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly sex: 'M' | 'F';
  readonly birthDate: CivilDate;
  /** INSEE code of a commune or a country, and what it is called. */
  readonly birthPlace: { readonly code: string; readonly commune: string; readonly country: string };
  readonly diedOn: CivilDate;
  readonly deathPlace: string;
}

/** The public file of deaths: all who died in the region, and the dead of elsewhere. Source: formats.md §10. */
export function deliverDeaths(context: SenderContext, lives: readonly Life[], places: Places): void {
  const random = context.random.fork('insee-deaths');
  const from = yearStart(context.times.before);
  const until = addDays(context.times.asOf, -PUBLISHED_DAYS_BEFORE);
  const draw = { random, places, from, until };
  const own = lives.flatMap((life) => ownDeath(random, life, until));
  const living = lives.filter(({ deceasedOn }) => deceasedOn === undefined);
  const dead = [...withOneSwap(own), ...namesakes(draw, living), ...others(draw)];
  const lines = dead
    .map((one, index) => ({ id: one.id, text: lineOf(random.fork(index), one, index) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const path = `insee/deces-${until.slice(0, 4)}.txt`;
  const bytes = encodeText(lines.map(({ text }) => `${text}\n`).join(''), 'ISO-8859-15');
  context.folder.write(path, bytes, { emetteur: 'INSEE', date_extraction: until });
  context.folder.tell(
    path,
    lines.map(({ id }, index) => ({ position: String(index + 1), personId: id })),
  );
}

function ownDeath(random: Random, { person, deceasedOn }: Life, until: CivilDate): Dead[] {
  if (deceasedOn === undefined || deceasedOn > until) return [];
  if (random.fork(person.id).chance(DECLARED_LATE)) return [];
  return [{ ...identityOf(person), id: person.id, diedOn: deceasedOn, deathPlace: '59350' }];
}

function identityOf(person: Person): Omit<Dead, 'id' | 'diedOn' | 'deathPlace'> {
  const { familyName, givenNames, sex, birthDate, birthCommune, birthCountry, birthCity } = person;
  const abroad = { code: birthCountry, commune: '', country: birthCity };
  const birthPlace =
    birthCommune === undefined
      ? abroad
      : { code: birthCommune.code, commune: birthCommune.name, country: '' };
  return { familyName, givenNames, sex, birthDate, birthPlace };
}

/** A clerk wrote the day of birth for the month, of the first of whom that makes another date. */
function withOneSwap(dead: readonly Dead[]): readonly Dead[] {
  const swapped = dead.findIndex(({ birthDate }) => swapDayAndMonth(birthDate) !== birthDate);
  return dead.map((one, index) =>
    index === swapped ? { ...one, birthDate: swapDayAndMonth(one.birthDate) } : one,
  );
}

interface Draw {
  readonly random: Random;
  readonly places: Places;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

/** Same name as somebody living: another birth date, or another birth place. */
function namesakes(draw: Draw, living: readonly Life[]): Dead[] {
  const random = draw.random.fork('namesakes');
  return Array.from({ length: Math.min(NAMESAKES, living.length) }, (_none, index) => {
    const { person } = random.pick(living);
    const stranger = drawDead({ ...draw, random: random.fork(index) }, `namesake-${index}`, true);
    const birthDate = index < DOUBLES ? person.birthDate : stranger.birthDate;
    return { ...identityOf(person), ...pickDeath(stranger), birthDate, birthPlace: stranger.birthPlace };
  });
}

function pickDeath({ id, diedOn, deathPlace }: Dead): Pick<Dead, 'id' | 'diedOn' | 'deathPlace'> {
  return { id, diedOn, deathPlace };
}

function others(draw: Draw): Dead[] {
  const random = draw.random.fork('others');
  return Array.from({ length: OTHERS }, (_none, index) => {
    const own = random.fork(index);
    return drawDead({ ...draw, random: own }, `elsewhere-${index}`, own.chance(OF_THE_AGES));
  });
}

function drawDead({ random, places, from, until }: Draw, id: string, young: boolean): Dead {
  const sex = random.chance(0.5) ? 'M' : 'F';
  const today = Number(until.slice(0, 4));
  const birthYear = today - (young ? random.between(16, 29) : random.between(30, 104));
  const commune = places.drawCommune(random);
  const country = random.weighted(COUNTRIES.map((value) => ({ value, weight: value.weight })));
  const { name, origin } = drawSurname(random, commune.department);
  return {
    id,
    familyName: name,
    givenNames: drawGivenNames(random, { sex, origin, birthYear }),
    sex,
    birthDate: civilDate(birthYear, random.between(1, 12), random.between(1, 28)),
    birthPlace: random.chance(0.1)
      ? { code: country.code, commune: '', country: country.name }
      : { code: commune.code, commune: commune.name, country: '' },
    diedOn: drawDay(random, from, until),
    deathPlace: places.drawCommune(random).code,
  };
}

const LONGEST_YEARS = 2;

/** A day from `from` to `until`, which are less than two years apart. */
function drawDay(random: Random, from: CivilDate, until: CivilDate): CivilDate {
  const day = addDays(from, random.between(0, LONGEST_YEARS * 365));
  return day <= until ? day : drawDay(random, from, until);
}

/** The 198 characters of a line: no accents, all first names, zeros and blanks for what is not known. */
function lineOf(random: Random, dead: Dead, index: number): string {
  const named = dead.birthPlace.code !== FRANCE && !random.chance(BIRTH_PLACE_MISSING);
  const place = named ? dead.birthPlace : { code: '', commune: '', country: '' };
  const digits = dead.birthDate.replaceAll('-', '');
  const birthDate = random.chance(BIRTH_DATE_PARTIAL) ? `${digits.slice(0, 4)}0000` : digits;
  const names = `${loseAccents(dead.familyName)}*${dead.givenNames.map(loseAccents).join(' ')}/`;
  return [
    names.slice(0, 80).padEnd(80),
    dead.sex === 'M' ? '1' : '2',
    birthDate,
    place.code.padEnd(5),
    loseAccents(place.commune).slice(0, 30).padEnd(30),
    loseAccents(place.country).slice(0, 30).padEnd(30),
    dead.diedOn.replaceAll('-', ''),
    dead.deathPlace,
    String(index + 1).padEnd(9),
    ' '.repeat(22),
  ].join('');
}
