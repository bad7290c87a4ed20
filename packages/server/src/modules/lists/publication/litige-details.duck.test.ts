import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../registry/testing/world.ts';
import { createListsTablesSql } from '../tables.ts';
import { type LitigeDetails, tellLitiges } from './litige-details.ts';

const EVIDENCE = "[{'comparison': 'naissance', 'level': 'même date de naissance', 'weight': 10.5}]";
let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.database.run(createListsTablesSql());
  world.file(1, { source: 'SIECLE', extracted_on: '2025-10-15' });
});
afterEach(() => world.database.close());

async function ask(...pairs: readonly (readonly [string, string])[]): Promise<LitigeDetails[]> {
  await world.save();
  const told: LitigeDetails[] = [];
  for await (const some of tellLitiges(
    world.database,
    pairs.map(([siei1, siei2]) => ({ siei1, siei2 })),
  ))
    told.push(...some);
  return told;
}

/** Two people who look alike: a listed one of two records, and one who is enrolled. */
async function twoPeople(): Promise<void> {
  world.person({ person_id: 'a', listed: true }, [
    { record_id: 'a', source: 'SIECLE', family_name: 'DIALLO', first_name1: 'Awa', birth_commune: '62498' },
    { record_id: 'b', source: 'SYGNE', family_name: 'DIALLO', first_name1: 'Awa', first_name2: 'Inès' },
  ]);
  world.person({ person_id: 'c', listed: false }, [
    { record_id: 'c', source: 'CFA', family_name: 'DIALO', birth_country: '99352' },
  ]);
  world.identifier('b', 'ine_rnie', '123456789AB');
  world.row('sources.spells', {
    record_id: 'b',
    spell_no: 1,
    uai: '0620001A',
    first_day: '2024-09-01',
    last_day: '2025-06-30',
    implicit_end: false,
    not_in_class: false,
    enrolment: true,
    abandon_undated: false,
  });
  for (const [person_id, siei] of [
    ['a', 'AAA'],
    ['c', 'CCC'],
  ] as const)
    world.row('lists.numbers', { person_id, siei });
  world.checks('c', [
    ['cycle', false],
    ['not_enrolled', false],
  ]);
  await world.save();
  await world.database.run(`INSERT INTO linkage.litiges VALUES
    ('look_alike', 'a', 'c', ['a', 'c'], 8.5, ${EVIDENCE}), ('two_identifiers', 'c', 'a', ['b', 'c'], NULL, NULL)`);
}

describe('what a campaign tells of a litige', () => {
  test('is what weighs, and each file on both sides, the records that make it first', async () => {
    await twoPeople();
    const [told] = await ask(['AAA', 'CCC']);
    expect(told?.evidence).toEqual([
      { comparison: 'naissance', level: 'même date de naissance', weight: 10.5 },
    ]);
    const [one, other] = told?.sides ?? [];
    expect(one).toMatchObject({ number: 'AAA', listed: true, failedChecks: [] });
    expect(
      one?.records.map(({ source, firstNames, birthPlace, identifiers, school, lastDay }) => [
        source,
        firstNames,
        birthPlace,
        identifiers,
        school,
        lastDay,
      ]),
    ).toEqual([
      ['SYGNE', ['Awa', 'Inès'], null, ['ine_rnie 89AB'], '0620001A', '2025-06-30'],
      ['SIECLE', ['Awa'], 'Lens', [], null, null],
    ]);
    expect(other).toMatchObject({ number: 'CCC', listed: false, failedChecks: ['cycle', 'not_enrolled'] });
    expect(other?.records[0]).toMatchObject({ familyName: 'DIALO', birthPlace: 'hors de France (99352)' });
  });

  test('is the same in whichever order the pair is asked, and nothing of a number that is nobody’s', async () => {
    await twoPeople();
    const [turned, nobody] = await ask(['CCC', 'AAA'], ['AAA', 'ZZZ']);
    expect(turned?.evidence).toHaveLength(1);
    expect(turned?.sides.map(({ number }) => number)).toEqual(['CCC', 'AAA']);
    expect(nobody).toMatchObject({ evidence: null });
    expect(nobody?.sides.map(({ number }) => number)).toEqual(['AAA']);
  });

  test('of a death is its line in the file of INSEE, and never a way to reach anybody', async () => {
    await twoPeople();
    world.row('sources.deaths', {
      death_id: 'd',
      file_no: 1,
      ordinal: 1,
      position: '1',
      family_name: 'DIALLO',
      first_names: 'AWA INES',
      sex: 'F',
      birth_date: '2008-03-01',
      birth_commune: '62498',
      died_on: '2025-08-19',
    });
    world.row('lists.death_codes', { death_id: 'd', code: 'DECES-X' });
    await world.save();
    await world.database.run(
      `INSERT INTO linkage.litiges VALUES ('death', 'a', NULL, ['a', 'd'], 3.1, ${EVIDENCE})`,
    );
    const [told] = await ask(['AAA', 'DECES-X']);
    expect(told?.evidence).toHaveLength(1);
    expect(told?.sides[1]).toMatchObject({
      number: 'DECES-X',
      listed: null,
      records: [{ source: 'INSEE', firstNames: ['AWA', 'INES'], diedOn: '2025-08-19', birthPlace: 'Lens' }],
    });
    expect(JSON.stringify(told)).not.toMatch(/phone|email|address/);
  });

  test('two records that say the same are told once, and no more than four', async () => {
    const records = ['1', '2', '3', '4', '5', '6'].map((id) => ({
      record_id: `r${id}`,
      first_name1: id < '3' ? 'Awa' : `Awa${id}`,
    }));
    world.person({ person_id: 'r1', listed: true }, records);
    world.row('lists.numbers', { person_id: 'r1', siei: 'AAA' });
    const [told] = await ask(['AAA', 'AAA']);
    expect(told?.sides).toHaveLength(1);
    expect(told?.sides[0]?.records.map(({ firstNames }) => firstNames[0])).toEqual([
      'Awa',
      'Awa3',
      'Awa4',
      'Awa5',
    ]);
  });
});
