import { join } from 'node:path';
import { addDays, type CivilDate, civilDate, daysBetween } from '../calendar.ts';
import type { FailureMode } from '../failure-modes.ts';
import { Failures, type FailureTallies } from '../failures.ts';
import { Exports } from '../files/exports.ts';
import { Outbox } from '../files/outbox.ts';
import { COUNTRIES } from '../france/addresses.ts';
import { type Commune, loadCommunes } from '../france/communes.ts';
import { PEOPLE_OF_FRANCE } from '../france/territory.ts';
import { timesOf, yearStart } from '../life/life-builder.ts';
import { personId } from '../life/make-person.ts';
import { drawGivenNames, drawSurname } from '../names/draw-name.ts';
import type { FranceOptions } from '../options.ts';
import { Choices, Random } from '../random.ts';
import { streamTable, type TruthRow } from '../truth/truth-files.ts';
import { type Dead, deathLineOf } from './death-line.ts';
import { swapDayAndMonth } from './name-faults.ts';

/**
 * Who else is in the file, for the whole country and at least: dead people of other ages than those of the country, and of
 * the same ages that no sender ever knew. Some 640,000 people die a year, 3,700 of them from 16 to 29. `[inferred]`
 */
const OLDER = { france: 745_000, least: 3520 } as const;
const YOUNG = { france: 4300, least: 480 } as const;
/** Dead people who have all names of somebody living; those of the whole country come of themselves. */
const NAMESAKES = { france: 600, least: 40 } as const;
/** Same birth date as well, born elsewhere: one in a million in life, two at least so that they are seen. */
const DOUBLES = { france: 3, least: 2 } as const;
const BORN_ABROAD = 0.1;
/** The file of a month comes out in the first days of the next one. */
const PUBLISHED_DAYS_BEFORE = 12;

export interface DeliveredDeaths {
  readonly rows: number;
  readonly failures: FailureTallies;
}

interface Draw {
  readonly random: Random;
  readonly communes: Choices<Commune>;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

/** One of the country or a namesake, and what went wrong before the line was written. */
interface Special {
  readonly dead: Dead;
  readonly failures: readonly FailureMode[];
}

/**
 * The public file of deaths, one for the country, once the truth about everybody is written: all who died, and the dead of
 * elsewhere. `dyingLater`: who dies after the reference date and before lives end. Strangers are drawn and written one by one; only the others are held in memory. Source: formats.md §10.
 */
export async function deliverDeaths(
  options: FranceOptions,
  dyingLater: ReadonlySet<string>,
): Promise<DeliveredDeaths> {
  const { asOf, until: end = asOf, after, people, faults, out, seed } = options;
  const truth = join(out, 'truth');
  const followed = options.until !== undefined;
  const failures = new Failures(faults, followed);
  const random = new Random(seed).fork('insee-deaths');
  const late = failures.strikesSender('extracted_before', random.fork('extraction'));
  const shift = late ? -PUBLISHED_DAYS_BEFORE : 0;
  const on = addDays(asOf, shift);
  const draw: Draw = {
    random,
    communes: everyCommune(),
    from: yearStart(timesOf(end).before),
    until: addDays(end, shift),
  };
  const own = await ownDeaths(truth, { random, failures, on });
  const told = faults === 'none' ? own : withOneSwap(own);
  const specials = [...told, ...(await namesakes(truth, draw, { people, dyingLater }))];
  const young = scaled(YOUNG, people);
  const strangers = young + scaled(OLDER, people);
  const places = placesAmong(random, specials, strangers);
  const exports = followed ? new Exports(out, after, 'insee') : undefined;
  const outbox = new Outbox(join(out, 'deliveries'), truth, { part: 'insee', exports });
  const file = outbox.lines(`insee/deces-${on.slice(0, 4)}.txt`, () => ({
    head: '',
    sidecar: { emetteur: 'INSEE', date_extraction: on },
    firstPosition: 1,
  }));
  const add = ({ dead, failures: before }: Special, index: number): void => {
    if (dead.diedOn > on) return;
    const row = failures.ofRow(random.fork(`line/${dead.id}`));
    // An entry keeps its number whoever dies later.
    const line = deathLineOf(row, dead, followed ? index + 1 : outbox.rows + 1);
    file.add(line, { personId: dead.id, failures: [...before, ...row.hits] });
  };
  for (let index = 0; index <= strangers; index += 1) {
    for (const special of places.get(index) ?? []) add(special, index);
    if (index === strangers) break;
    const own = { ...draw, random: random.fork(`stranger/${index}`) };
    add({ dead: drawDead(own, `elsewhere-${index + 1}`, index < young), failures: [] }, index);
  }
  outbox.close();
  return { rows: outbox.rows, failures: failures.tallies };
}

function scaled({ france, least }: { france: number; least: number }, people: number): number {
  return Math.max(least, Math.round((france * people) / PEOPLE_OF_FRANCE));
}

const everyCommune = (): Choices<Commune> =>
  new Choices([...loadCommunes().values()].flat().map((value) => ({ value, weight: value.population })));

/** Each somewhere among the strangers, so that nobody's place tells who they are: by the number of strangers before. */
function placesAmong(
  random: Random,
  specials: readonly Special[],
  strangers: number,
): ReadonlyMap<number, readonly Special[]> {
  const places = new Map<number, Special[]>();
  for (const special of specials) {
    const at = random.fork(`place/${special.dead.id}`).between(0, strangers);
    places.set(at, [...(places.get(at) ?? []), special]);
  }
  return places;
}

/** Those of the country who died, but for whom the registry office has not written yet. */
async function ownDeaths(
  truth: string,
  { random, failures, on }: { random: Random; failures: Failures; on: CivilDate },
): Promise<Special[]> {
  const dead: Special[] = [];
  for await (const row of streamTable(truth, 'deaths')) {
    const [id = '', diedOn = ''] = [row.get('person'), row.get('died_on')];
    if (diedOn > on) continue;
    const telling = failures.ofRow(random.fork(`told/${id}`));
    if (telling.isStillUntold('death_told_late', { since: diedOn, on })) continue;
    const commune = row.get('birth_commune') ?? '';
    const [city = '', country = ''] = [row.get('birth_city'), row.get('birth_country')];
    const birthPlace =
      commune === ''
        ? { code: country, commune: '', country: city }
        : { code: commune, commune: city, country: '' };
    const deathPlace = row.get('death_place') ?? '';
    dead.push({ dead: { ...identityOf(row), id, birthPlace, diedOn, deathPlace }, failures: [] });
  }
  return dead;
}

const identityOf = (row: TruthRow): Pick<Dead, 'familyName' | 'givenNames' | 'sex' | 'birthDate'> => ({
  familyName: row.get('family_name') ?? '',
  givenNames: row.get('given_names') ?? '',
  sex: row.get('sex') ?? '',
  birthDate: row.get('birth_date') ?? '',
});

/** A clerk wrote the day of birth for the month, of the first of whom that makes another date: one, so that it is seen. */
function withOneSwap(specials: readonly Special[]): readonly Special[] {
  const at = specials.findIndex(({ dead: { birthDate } }) => swapDayAndMonth(birthDate) !== birthDate);
  return specials.map((special, index) =>
    index === at
      ? {
          dead: { ...special.dead, birthDate: swapDayAndMonth(special.dead.birthDate) },
          failures: ['day_month_swapped'],
        }
      : special,
  );
}

/** Strangers who have the names of somebody living: born another day, or elsewhere. */
async function namesakes(
  truth: string,
  draw: Draw,
  { people, dyingLater }: { people: number; dyingLater: ReadonlySet<string> },
): Promise<Special[]> {
  const random = draw.random.fork('namesakes');
  const ranks = new Map<string, number>();
  for (const count = Math.min(scaled(NAMESAKES, people), people); ranks.size < count; ) {
    const id = personId(random.between(1, people));
    if (!ranks.has(id)) ranks.set(id, ranks.size);
  }
  const living: (readonly [rank: number, row: TruthRow])[] = [];
  for await (const row of streamTable(truth, 'people', (id) => ranks.has(id))) {
    const id = row.get('person') ?? '';
    if (row.get('state') !== 'deceased' && !dyingLater.has(id)) living.push([ranks.get(id) ?? 0, row]);
  }
  const doubles = scaled(DOUBLES, people);
  return living
    .sort(([one], [other]) => one - other)
    .map(([rank, row], index) => {
      const id = index < doubles ? `double-${index + 1}` : `namesake-${index + 1 - doubles}`;
      const stranger = drawDead({ ...draw, random: random.fork(rank) }, id, true);
      const own = identityOf(row);
      const birthDate = index < doubles ? own.birthDate : stranger.birthDate;
      return { dead: { ...stranger, ...own, birthDate }, failures: [] };
    });
}

function drawDead({ random, communes, from, until }: Draw, id: string, young: boolean): Dead {
  const sex = random.chance(0.5) ? 'M' : 'F';
  const today = Number(until.slice(0, 4));
  const birthYear = today - (young ? random.between(16, 29) : random.between(30, 104));
  const commune = communes.draw(random);
  const country = COUNTRIES.draw(random);
  const { name, group } = drawSurname(random, commune.department);
  return {
    id,
    familyName: name,
    givenNames: drawGivenNames(random, { sex, group, birthYear }).join(' '),
    sex,
    birthDate: civilDate(birthYear, random.between(1, 12), random.between(1, 28)),
    birthPlace: random.chance(BORN_ABROAD)
      ? { code: country.code, commune: '', country: country.name }
      : { code: commune.code, commune: commune.name, country: '' },
    diedOn: addDays(from, random.between(0, daysBetween(from, until))),
    deathPlace: communes.draw(random).code,
  };
}
