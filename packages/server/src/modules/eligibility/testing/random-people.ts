import {
  ACCOMPANIMENT_STATUSES,
  AWARD_RESULTS,
  AWARD_TYPES,
  END_REASONS,
  SOURCES,
  STRUCTURE_TYPES,
} from '@raccroche/contract';
import fc from 'fast-check';
import { addDays, type CivilDate, schoolYearOf } from '../../../kernel/civil-date.ts';
import type {
  AccompanimentFact,
  AwardFact,
  ContractFact,
  PersonFacts,
  RecordFact,
  SpellFact,
} from '../person/facts.ts';

type Facts = Omit<PersonFacts, 'personId'>;

const MEFS = [null, null, '1101000111', '1101000111', '2402213431', '2432213431', '2472000811', '2712213431'];
const OTHER_MEFS = ['2761000111', '3112000821', '7032000811', '24122134310'];
const DIPLOMA_CODES = [null, null, '50022137', '400221370', '32031009', '25051009', '13510001', 'A1234567'];

/** For tests: people whose few dates lie on and beside every boundary of the rules at `asOf`. */
export function personArbitrary(asOf: CivilDate): fc.Arbitrary<Facts> {
  // Each person lives on a few days only, so that days meet: ties, one-day stays, breaks on the planned end.
  const ownDays = fc.subarray(boundaryDays(asOf), { minLength: 2, maxLength: 5 });
  return fc.tuple(fc.integer({ min: 1, max: 4 }), ownDays).chain(([count, days]) => {
    const recordId = fc.integer({ min: 0, max: count - 1 }).map((index) => `r${index}`);
    const day = fc.constantFrom(asOf, ...days);
    const some = <Row>(weight: number, rows: fc.Arbitrary<Row[]>) =>
      fc.oneof({ weight: 1, arbitrary: fc.constant<Row[]>([]) }, { weight, arbitrary: rows });
    return fc.record({
      records: recordsArbitrary(asOf, count, day),
      spells: some(4, numbered(spellArbitrary(asOf, recordId, day), 4, 'spellNo')),
      contracts: some(1, numbered(contractArbitrary(recordId, day), 3, 'contractNo')),
      awards: numbered(awardArbitrary(asOf, recordId, day), 2, 'awardNo'),
      accompaniments: numbered(accompanimentArbitrary(recordId, day), 3, 'accompanimentNo'),
      linkedDeaths: rarely.map((died) => (died ? ['death'] : [])),
      litige: rarely,
      deathToCheck: rarely,
    });
  });
}

/** The same people every time: `count` of them, ids made their own. */
export function samplePeople(asOf: CivilDate, count: number, seed: number): PersonFacts[] {
  return fc.sample(personArbitrary(asOf), { numRuns: count, seed }).map((facts, index) => {
    const own = <Row extends { readonly recordId: string }>(rows: readonly Row[]): Row[] =>
      rows.map((row) => ({ ...row, recordId: `p${index}-${row.recordId}` }));
    return {
      personId: `p${index}`,
      records: own(facts.records),
      spells: own(facts.spells),
      contracts: own(facts.contracts),
      awards: own(facts.awards),
      accompaniments: own(facts.accompaniments),
      linkedDeaths: facts.linkedDeaths.map((death) => `p${index}-${death}`),
      litige: facts.litige,
      deathToCheck: facts.deathToCheck,
    };
  });
}

const rarely = fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0);
const mostly = fc.integer({ min: 0, max: 9 }).map((draw) => draw > 0);
const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { freq: 3 });

function boundaryDays(asOf: CivilDate): CivilDate[] {
  const year = schoolYearOf(asOf);
  const beside = (day: CivilDate) => [addDays(day, -1), day, addDays(day, 1)];
  return [
    ...beside(asOf),
    ...beside(addDays(asOf, -180)),
    ...beside(addDays(asOf, -150)),
    ...beside(`${year - 1}-09-01`),
    ...beside(`${year}-09-01`),
    `${year + 1}-08-31`,
    `${year - 1}-06-30`,
    addDays(asOf, 60),
    addDays(asOf, -60),
    addDays(asOf, -900),
  ];
}

function birthDays(asOf: CivilDate): CivilDate[] {
  const born = (age: number) => `${Number(asOf.slice(0, 4)) - age}${asOf.slice(4)}`;
  const common = (day: CivilDate) => (day.endsWith('-02-29') ? day.replace('-02-29', '-03-01') : day);
  const years = [16, 17, 18, 20, 26].map((age) => common(born(age)));
  return [
    ...years,
    ...years.flatMap((day) => [addDays(day, -1), addDays(day, 1)]),
    '2008-02-29',
    '2000-02-29',
  ];
}

function numbered<Row, Key extends string>(row: fc.Arbitrary<Row>, maxLength: number, key: Key) {
  return fc
    .array(row, { maxLength, size: 'max' })
    .map((rows) => rows.map((each, index) => ({ ...each, [key]: index + 1 }) as Row & Record<Key, number>));
}

function recordsArbitrary(
  asOf: CivilDate,
  count: number,
  day: fc.Arbitrary<CivilDate>,
): fc.Arbitrary<RecordFact[]> {
  const name = fc.constantFrom(null, 'MARTIN', 'PETIT');
  const source = fc.constantFrom(...SOURCES);
  const births = fc.constantFrom(...birthDays(asOf));
  const record = fc.record({
    source,
    hasIne: fc.boolean(),
    familyName: name,
    usageName: name,
    firstName1: fc.constantFrom(null, 'ANA', 'ZOE'),
    firstName2: fc.constantFrom(null, 'LOU'),
    firstName3: fc.constantFrom(null, 'EVE'),
    sex: fc.constantFrom(null, 'M', 'F'),
    otherBirth: sometimes(births).map((birth) => birth),
    disagrees: rarely,
    recordedOn: fc.option(day, { freq: 4 }),
  });
  return fc.tuple(births, fc.array(record, { minLength: count, maxLength: count })).map(([birth, rows]) =>
    rows.map(({ otherBirth, disagrees, ...row }, index) => ({
      ...row,
      recordId: `r${index}`,
      sourceRank: SOURCES.indexOf(row.source) + 1,
      birthDate: disagrees ? (otherBirth ?? birth) : birth,
    })),
  );
}

function spellArbitrary(
  asOf: CivilDate,
  recordId: fc.Arbitrary<string>,
  day: fc.Arbitrary<CivilDate>,
): fc.Arbitrary<Omit<SpellFact, 'spellNo'>> {
  const year = schoolYearOf(asOf);
  return fc
    .record({
      recordId,
      uai: fc.constantFrom(null, '0951099D', '0951099D', '0011058V'),
      schoolYear: fc.constantFrom(null, year - 2, year - 1, year - 1, year, year),
      mef: fc.constantFrom(...MEFS, ...OTHER_MEFS),
      diplomaCode: fc.constantFrom(...DIPLOMA_CODES),
      days: fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
      implicitEnd: fc.boolean(),
      endReason: rarely.chain((told) => (told ? fc.constantFrom(...END_REASONS) : fc.constant(null))),
      notInClass: rarely,
      enrolment: mostly,
      cfaStatus: fc.constantFrom(null, null, null, '0', '2', '2', '3', '3'),
      abandonUndated: rarely,
      recordedOn: fc.option(day, { freq: 4 }),
    })
    .map(({ days, ...spell }) => {
      const closing = `${(spell.schoolYear ?? schoolYearOf(days.from)) + 1}-08-31`;
      const lastDay = spell.implicitEnd ? (closing > days.from ? closing : days.from) : days.to;
      return { ...spell, firstDay: days.from, lastDay };
    });
}

function contractArbitrary(
  recordId: fc.Arbitrary<string>,
  day: fc.Arbitrary<CivilDate>,
): fc.Arbitrary<Omit<ContractFact, 'contractNo'>> {
  return fc.record({
    recordId,
    uai: fc.constantFrom(null, '0951099D'),
    diplomaCode: fc.constantFrom(...DIPLOMA_CODES),
    startedOn: day,
    plannedEnd: fc.option(day, { freq: 6 }),
    brokenOn: fc.option(day, { freq: 1 }),
  });
}

function awardArbitrary(
  asOf: CivilDate,
  recordId: fc.Arbitrary<string>,
  day: fc.Arbitrary<CivilDate>,
): fc.Arbitrary<Omit<AwardFact, 'awardNo'>> {
  const month = asOf.slice(0, 7);
  return fc.record({
    recordId,
    type: fc.constantFrom(null, ...AWARD_TYPES),
    diplomaCode: fc.constantFrom(null, null, null, ...DIPLOMA_CODES),
    level: fc.constantFrom(null, null, null, 3, 4, 5),
    session: fc.constantFrom(
      null,
      month,
      addDays(`${month}-01`, -1).slice(0, 7),
      '2024-02',
      '2023-02',
      '2024-13',
    ),
    awardedOn: fc.option(day, { freq: 1 }),
    result: fc.constantFrom('admis', ...AWARD_RESULTS),
  });
}

function accompanimentArbitrary(
  recordId: fc.Arbitrary<string>,
  day: fc.Arbitrary<CivilDate>,
): fc.Arbitrary<Omit<AccompanimentFact, 'accompanimentNo'>> {
  return fc.record({
    recordId,
    structureType: fc.constantFrom('mission_locale', 'mission_locale', ...STRUCTURE_TYPES),
    startedOn: fc.option(day, { freq: 6 }),
    endedOn: fc.option(day, { freq: 1 }),
    lastContactOn: fc.option(day, { freq: 1 }),
    status: fc.constantFrom('actif', ...ACCOMPANIMENT_STATUSES),
  });
}
