import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runSteps } from '../../platform/duckdb/step.ts';
import { placeSteps, toldPersonsStep } from './place.ts';
import { getListName, LIST_CODES } from './place-departments.ts';
import { openWorld, type RecordSketch, type World } from './registry/testing/world.ts';
import { createListsTablesSql } from './tables.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.file(1);
  for (const [code, department] of [
    ['59350', '59'],
    ['62041', '62'],
    ['2A004', '2A'],
    ['97411', '974'],
    ['75101', '75'],
  ])
    world.row('sources.communes', {
      code: code ?? '',
      city: code ?? '',
      department: department ?? '',
      name: code ?? '',
    });
  for (const [postal_code, department] of [
    ['59000', '59'],
    ['20100', '2B'],
    ['42620', '42'],
    ['42620', '03'],
    ['97150', '978'],
  ])
    world.row('sources.postal_departments', { postal_code: postal_code ?? '', department: department ?? '' });
});
afterEach(() => world.database.close());

async function placeOf(records: readonly Omit<RecordSketch, 'record_id'>[], person: object = {}) {
  world.person(
    { person_id: 'p', ...person },
    records.map((record, index) => ({ record_id: `r${index}`, ...record })),
  );
  await world.save();
  await world.database.run(createListsTablesSql());
  await runSteps(world.database, [toldPersonsStep(false), ...placeSteps()]);
  return world.database.all<{ department: string; from_school: boolean }>(
    'SELECT department, from_school FROM lists.places',
  );
}

describe('a person is listed', () => {
  const lille = { commune: '59350' };
  const arras = { commune: '62041' };
  test.each<[string, Omit<RecordSketch, 'record_id'>[], string]>([
    [
      'where the most recent record says',
      [
        { ...lille, recorded_on: '2025-01-01' },
        { ...arras, recorded_on: '2025-02-01' },
      ],
      '62',
    ],
    [
      'where the most recent record that has a commune says',
      [
        { ...lille, recorded_on: '2025-01-01' },
        { recorded_on: '2025-02-01', postal_code: '42000' },
      ],
      '59',
    ],
    ['an unknown date counts as oldest', [{ ...arras, recorded_on: '2020-01-01' }, lille], '62'],
    [
      'by source order at the same date',
      [
        { ...lille, source_rank: 4 },
        { ...arras, source_rank: 2 },
      ],
      '62',
    ],
    ['by record id at last', [lille, arras], '59'],
    [
      'abroad, when that is more recent than a commune',
      [
        { ...lille, recorded_on: '2025-01-01' },
        { residence_country: '99131', recorded_on: '2025-02-01' },
      ],
      '99',
    ],
    [
      'by commune, when that is more recent than abroad',
      [
        { residence_country: '99131', recorded_on: '2025-01-01' },
        { ...lille, recorded_on: '2025-02-01' },
      ],
      '59',
    ],
    ['by commune although in France is said', [{ ...lille, residence_country: '99100' }], '59'],
    ['in Corsica by commune', [{ commune: '2A004' }], '2A'],
    ['overseas by commune', [{ commune: '97411' }], '974'],
    ['in an arrondissement', [{ commune: '75101' }], '75'],
    ['by postal code', [{ postal_code: '59000', residence_country: '99100' }], '59'],
    ['200xx and 201xx in 2A, whatever the referential says', [{ postal_code: '20100' }], '2A'],
    ['202xx to 206xx in 2B', [{ postal_code: '20600' }], '2B'],
    ['97x by three characters', [{ postal_code: '97150' }], '971'],
    ['98x by three characters', [{ postal_code: '98800' }], '988'],
    [
      'by a commune unknown to the referential: not at all',
      [{ commune: '00000', postal_code: '59000' }],
      '59',
    ],
    [
      'by an older postal code when the newer leads to two départements',
      [{ postal_code: '42620', recorded_on: '2025-02-01' }, { postal_code: '59000' }],
      '59',
    ],
  ])('%s', async (_, records, department) => {
    expect(await placeOf(records)).toEqual([{ department, from_school: false }]);
  });

  test('by the last day of the spells, at the same date', async () => {
    const spell = {
      spell_no: 1,
      first_day: '2024-09-01',
      implicit_end: false,
      not_in_class: false,
      enrolment: true,
      abandon_undated: false,
    };
    world.row('sources.spells', { ...spell, record_id: 'r0', last_day: '2025-01-31' });
    world.row('sources.spells', { ...spell, record_id: 'r1', last_day: '2025-03-31' });
    world.row('sources.spells', { ...spell, record_id: 'r1', spell_no: 2, last_day: '2024-12-31' });
    expect(await placeOf([lille, arras])).toEqual([{ department: '62', from_school: false }]);
  });

  test.each([
    ['the school, flagged', '0590001A', '59', true],
    ['a school of one digit', '0021496R', '02', true],
    ['a school of Corse-du-Sud', '6200001A', '2A', true],
    ['a school of Haute-Corse', '7200001A', '2B', true],
    ['an old Corsican school, of which nobody knows the side', '0200001A', 'XX', false],
    ['a school of La Réunion', '9740001A', '974', true],
    ['a school of New Caledonia', '9830001A', '988', true],
    ['a school abroad says nothing of a residence', '0990001A', 'XX', false],
    ['no school', null, 'XX', false],
  ])('without address, by %s', async (_, last_uai, department, from_school) => {
    expect(await placeOf([{ postal_code: '42620' }], { last_uai })).toEqual([{ department, from_school }]);
  });

  test('only when listed or to follow', async () => {
    world.person({ person_id: 'a', listed: false }, [{ record_id: 'a', ...lille }]);
    world.person({ person_id: 'b', listed: false, to_follow: true }, [{ record_id: 'b', ...lille }]);
    expect(await placeOf([arras])).toEqual([
      { department: '59', from_school: false },
      { department: '62', from_school: false },
    ]);
  });
});

test('there is a list for every département and collectivity, abroad and unknown, in order', () => {
  expect(LIST_CODES).toHaveLength(111);
  expect(LIST_CODES.slice(18, 22)).toEqual(['19', '21', '22', '23']);
  expect(LIST_CODES.slice(27, 31)).toEqual(['29', '2A', '2B', '30']);
  expect(LIST_CODES.slice(-3)).toEqual(['989', '99', 'XX']);
  expect(getListName('2A')).toBe('Corse-du-Sud');
  expect(() => getListName('20')).toThrow();
});
