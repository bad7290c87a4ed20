import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/duckdb/database.ts';
import { linkRecords } from '../link-records.ts';
import { addCrowd } from '../testing/crowd.ts';
import { loadDeaths, loadSources, type SourceDeath, type SourceRecord } from '../testing/source-rows.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** `dead a by d1`, `check a against d1`, in the order of persons. */
async function told(): Promise<string[]> {
  const rows = await database.all(`
    SELECT 'dead ' || person_id || ' by ' || death_id AS line FROM linkage.deaths
    UNION ALL SELECT 'check ' || l.person_id_l || ' against ' || d.death_id
    FROM linkage.litiges l JOIN sources.deaths d ON list_contains(l.record_ids, d.death_id) WHERE l.reason = 'death'
    ORDER BY ALL`);
  return rows.map(({ line }) => String(line));
}

async function link(records: readonly SourceRecord[], deaths: readonly SourceDeath[]): Promise<string[]> {
  await loadSources(database, records);
  await loadDeaths(database, deaths);
  await linkRecords(database, PERIOD);
  return told();
}

describe('exact agreement, in a campaign of too few people to learn from', () => {
  const a: SourceRecord = { id: 'a' };
  const d: SourceDeath = { id: 'd' };
  test.each<[string, SourceRecord, SourceDeath, string[]]>([
    ['name, first name, birth date and place', a, d, ['dead a by d']],
    ['accents and case', { ...a, family: 'Durand', first: 'Màrie' }, d, ['dead a by d']],
    [
      'an arrondissement is its city',
      { ...a, commune: '75101' },
      { ...d, commune: '75120' },
      ['dead a by d'],
    ],
    ['the first of all first names', a, { ...d, first: 'MARIE LOU ANNE' }, ['dead a by d']],
    [
      'a compound first name',
      { ...a, first: 'Marie Lou' },
      { ...d, first: 'MARIE-LOU ANNE' },
      ['dead a by d'],
    ],
    ['the name of usage', { ...a, family: 'PETIT', usage: 'DURAND' }, d, ['dead a by d']],
    ['second names agree', { ...a, second: 'Anne' }, { ...d, first: 'MARIE LOU ANNE' }, ['dead a by d']],
    ['the sex agrees', { ...a, sex: 'F' }, d, ['dead a by d']],
    ['died on the reference date', a, { ...d, diedOn: '2026-11-24' }, ['dead a by d']],
    ['died on the day after', a, { ...d, diedOn: '2026-11-25' }, []],
    ['the birth place is not told by INSEE', a, { ...d, commune: null }, ['check a against d']],
    ['the birth place is not told by the sender', { ...a, commune: null }, d, ['check a against d']],
    ['another birth place', a, { ...d, commune: '64445' }, ['check a against d']],
    ['the other sex', { ...a, sex: 'M' }, d, ['check a against d']],
    [
      'a twin of the same first name',
      { ...a, second: 'Claire' },
      { ...d, first: 'MARIE LOU' },
      ['check a against d'],
    ],
    ['a twin of a compound first name', { ...a, first: 'Marie Claire' }, { ...d, first: 'MARIE LOU' }, []],
    ['another sex and another place', { ...a, sex: 'M' }, { ...d, commune: '64445' }, []],
    ['a twin', a, { ...d, first: 'LEA' }, []],
    ['a namesake born on another day', a, { ...d, birthDate: '2008-03-15' }, []],
    ['another name', a, { ...d, family: 'DURANT' }, []],
  ])('%s', async (_case, record, death, expected) => {
    expect(await link([record], [death])).toEqual(expected);
  });

  test('the death is that of the person whose place agrees, not of a namesake born elsewhere', async () => {
    expect(await link([a, { id: 'b', commune: '64445' }], [d])).toEqual(['dead a by d']);
  });

  test('two persons agree wholly: a person decides of both', async () => {
    const enrolled = { spells: [{}] };
    const two = ['1', '2'].map((ine, index) => ({
      id: 'ab'[index] ?? '',
      identifiers: { ine_rnie: ine },
      ...enrolled,
    }));
    expect(await link(two, [d])).toEqual(['check a against d', 'check b against d']);
  });

  test('a death that two files tell is one', async () => {
    expect(await link([a], [d, { id: 'e' }])).toEqual(['dead a by d']);
  });

  test('who is dead by one death has nothing to check in another', async () => {
    expect(await link([a], [d, { id: 'e', commune: '64445' }])).toEqual(['dead a by d']);
  });

  test('every record of the person is looked at', async () => {
    const identifiers = { ine_rnie: '1' };
    const records = [
      { id: 'a', identifiers, family: 'DURAN' },
      { id: 'b', identifiers },
    ];
    expect(await link(records, [d])).toEqual(['dead a by d']);
    expect(await database.all('SELECT record_id, "rule", match_weight FROM linkage.deaths')).toEqual([
      { record_id: 'b', rule: 'same_name_birth', match_weight: null },
    ]);
  });

  test('linking again without deaths leaves none', async () => {
    await link([a], [d]);
    expect(await link([a], [])).toEqual([]);
  });

  test('deaths that differ in name, date or place from everybody take nobody, whoever they are', async () => {
    const people = ['33063', '64445', '75056'].flatMap((commune, place) =>
      ['MARIE', 'LEA'].map((first, index) => ({ id: `p${place}${index}`, commune, first, sex: 'F' })),
    );
    const decoy = fc.record({
      family: fc.constantFrom('DURAND', 'DURANT', 'PETIT'),
      first: fc.constantFrom('MARIE', 'LEA ANNE', 'JEAN'),
      birthDate: fc.constantFrom('2008-03-15', '2008-04-03', '2007-03-14', '2008-03-13'),
      commune: fc.constantFrom('33063', '64445', '75056', null),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(decoy, { minLength: 5, maxLength: 20 }), async (decoys) => {
        expect(
          await link(
            people,
            decoys.map((death, index) => ({ id: `d${index}`, ...death })),
          ),
        ).toEqual([]);
      }),
      { seed: 20261124, numRuns: 4 },
    );
  });
});

/** Rare names, so that what is written otherwise can be told; each case has people of its own. */
const FAMILIES = 'VERDOUX GASPARIN LHOSTIER BRUNSWIC KERMADEC TOUSSEUL PIGNEROL CHAMBRUN DESBOIS'.split(' ');
type Base = Required<Pick<SourceRecord, 'first' | 'birthDate' | 'commune' | 'sex'>> & {
  readonly family: string;
};
const baseOf = (index: number): Base => ({
  family: FAMILIES[index] ?? '',
  first: 'HELENE',
  birthDate: `200${5 + (index % 4)}-0${1 + (index % 9)}-11`,
  commune: '64445',
  sex: 'F',
});
const swapped = (date: string) => `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`;

describe('resemblance, in a campaign that can be learned from', () => {
  const cases: [string, (base: Base) => Partial<SourceDeath>, ('dead' | 'check' | 'nothing')[]][] = [
    ['all agrees', () => ({}), ['dead']],
    [
      'a letter of a rare name is missing',
      ({ family }) => ({ family: family.slice(0, 3) + family.slice(4) }),
      ['dead', 'check'],
    ],
    ['day and month are swapped', ({ birthDate }) => ({ birthDate: swapped(birthDate) }), ['dead', 'check']],
    ['a letter of the first name is missing', () => ({ first: 'HELEN JEANNE' }), ['dead', 'check']],
    ['a twin', () => ({ first: 'ARSENE' }), ['nothing']],
    ['another name and another day', () => ({ family: 'QUIMPERLE', birthDate: '2006-01-02' }), ['nothing']],
    [
      'a namesake born another year elsewhere',
      () => ({ birthDate: '2001-12-30', commune: '69123' }),
      ['nothing'],
    ],
    ['born elsewhere', () => ({ commune: '69123' }), ['check']],
  ];
  let lines: string[];
  beforeAll(async () => {
    const records = cases.map((_case, index) => ({ id: `a${index}`, ...baseOf(index) }));
    await loadSources(database, records);
    await addCrowd(database, 2200);
    await loadDeaths(
      database,
      cases.map(
        ([, change], index) =>
          ({ id: `d${index}`, ...baseOf(index), ...change(baseOf(index)) }) as SourceDeath,
      ),
    );
    await linkRecords(database, PERIOD);
    lines = await told();
  });

  test.each(cases.map(([name, , expected], index) => [name, index, expected] as const))(
    '%s',
    (_name, index, expected) => {
      const line = lines.find((each) => each.includes(` a${index} `)) ?? 'nothing';
      expect(expected).toContain(line.split(' ')[0]);
    },
  );

  test('nobody of the crowd is taken for dead', () => {
    expect(lines.filter((line) => line.includes('crowd'))).toEqual([]);
  });

  test('what is told adds up to the weight', async () => {
    const rows = await database.all(`SELECT match_weight, evidence FROM linkage.deaths
      UNION ALL SELECT match_weight, evidence FROM linkage.litiges WHERE reason = 'death'`);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const { match_weight, evidence } of rows) {
      const sum = (evidence as { weight: number }[]).reduce((total, { weight }) => total + weight, 0);
      expect(sum).toBeCloseTo(Number(match_weight), 1);
    }
  });

  test('whatever the order of the rows', async () => {
    await database.run(
      'CREATE OR REPLACE TABLE sources.deaths AS FROM sources.deaths ORDER BY hash(death_id)',
    );
    await database.run(
      'CREATE OR REPLACE TABLE sources.records AS FROM sources.records ORDER BY hash(record_id)',
    );
    await linkRecords(database, PERIOD);
    expect(await told()).toEqual(lines);
  });
});
