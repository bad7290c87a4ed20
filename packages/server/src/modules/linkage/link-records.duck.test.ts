import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { explainLinks } from './explain-links.ts';
import { linkRecords } from './link-records.ts';
import { LINKAGE_TABLES } from './tables.ts';
import {
  type ContractChanges,
  loadSources,
  type SourceRecord,
  type SpellChanges,
} from './testing/source-rows.ts';

const PERIOD = { asOf: '2026-11-24', windowStart: '2025-09-01' };

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

/** Persons as ids of their records ('ab c'), and litiges as 'reason l r'. */
async function link(records: readonly SourceRecord[]): Promise<{ persons: string; litiges: string[] }> {
  await loadSources(database, records);
  await linkRecords(database, PERIOD);
  const persons = await database.all(
    `SELECT string_agg(record_id, '' ORDER BY record_id) AS ids FROM linkage.memberships GROUP BY person_id ORDER BY 1`,
  );
  const litiges = await database.all(
    "SELECT concat_ws(' ', reason, person_id_l, person_id_r) AS told FROM linkage.litiges ORDER BY ALL",
  );
  return {
    persons: persons.map((row) => row.ids).join(' '),
    litiges: litiges.map((row) => String(row.told)),
  };
}

const abroad = (country: string) => ({ commune: null, country });

describe('birth places', () => {
  test.each<[string, Partial<SourceRecord>, Partial<SourceRecord>, string]>([
    ['the same commune', {}, {}, 'ab'],
    ['two communes', {}, { commune: '64445' }, 'a b'],
    ['an arrondissement and Paris', { commune: '75120' }, { commune: '75056' }, 'ab'],
    ['two arrondissements of one city', { commune: '75101' }, { commune: '75120' }, 'ab'],
    ['an arrondissement and Lyon', { commune: '69381' }, { commune: '69123' }, 'ab'],
    ['an arrondissement and Marseille', { commune: '13216' }, { commune: '13055' }, 'ab'],
    ['arrondissements of two cities', { commune: '69381' }, { commune: '13216' }, 'a b'],
    ['the same country abroad', abroad('99350'), abroad('99350'), 'ab'],
    ['two countries abroad', abroad('99350'), abroad('99351'), 'a b'],
    ['abroad and in a commune of France', abroad('99350'), {}, 'a b'],
    ['in France, commune unknown, and in a commune', abroad('99100'), {}, 'ab'],
    ['nothing known and in a commune', { commune: null, country: null }, {}, 'ab'],
    ['nothing known and abroad', { commune: null, country: null }, abroad('99350'), 'ab'],
    [
      'a commune out of the referential compares by its code',
      { commune: '99999' },
      { commune: '99999' },
      'ab',
    ],
  ])('%s', async (_name, a, b, persons) => {
    expect(
      await link([
        { id: 'a', ...a },
        { id: 'b', ...b },
      ]),
    ).toEqual({ persons, litiges: [] });
  });
});

describe('names', () => {
  test.each<[string, Partial<SourceRecord>, Partial<SourceRecord>, string]>([
    ['FREGATA knows the usage name only', { usage: 'MARTIN' }, { family: null, usage: 'Martin' }, 'ab'],
    ['a compound first name with and without hyphen', { first: 'Marie-Lou' }, { first: 'MARIE LOU' }, 'ab'],
    ['swapped words of a compound first name', { first: 'JEAN PIERRE' }, { first: 'PIERRE JEAN' }, 'a b'],
    ['twins', { first: 'LEA' }, { first: 'LEO' }, 'a b'],
  ])('%s', async (_name, a, b, persons) => {
    expect(
      await link([
        { id: 'a', ...a },
        { id: 'b', ...b },
      ]),
    ).toEqual({ persons, litiges: [] });
  });
});

describe('recent activity: two RNIE beside one INA are a litige when both are recent', () => {
  const both = (spells: SpellChanges[], contracts: ContractChanges[]): readonly SourceRecord[] => [
    { id: 'a', identifiers: { ina: 'B', ine_rnie: '1' }, spells: [{}] },
    {
      id: 'b',
      identifiers: { ina: 'B', ine_rnie: '2' },
      spells: spells.map((s) => ({ ...s, status: 'autre' })),
      contracts,
    },
  ];

  test.each<[string, SpellChanges[], ContractChanges[]]>([
    ['a spell of this year', [{}], []],
    [
      'a spell that ended on the first day of the window',
      [{ first_day: '2024-09-01', last_day: '2025-09-01' }],
      [],
    ],
    ['a spell that starts on the reference date', [{ first_day: '2026-11-24' }], []],
    ['a spell on the rolls but not in class', [{ not_in_class: true }], []],
    ['a contract', [], [{}]],
    ['a contract without an end', [], [{ started_on: '2024-09-01', planned_end: null }]],
    ['a contract broken in the window', [], [{ started_on: '2024-09-01', broken_on: '2025-09-02' }]],
  ])('recent: %s', async (_name, spells, contracts) => {
    expect(await link(both(spells, contracts))).toEqual({ persons: 'a b', litiges: ['two_identifiers a b'] });
  });

  test.each<[string, SpellChanges[], ContractChanges[]]>([
    ['nothing told', [], []],
    ['a spell that ended before the window', [{ first_day: '2024-09-01', last_day: '2025-08-31' }], []],
    ['a spell that starts after the reference date', [{ first_day: '2026-11-25' }], []],
    ['a spell that is no enrolment', [{ enrolment: false }], []],
    ['a contract that starts after the reference date', [], [{ started_on: '2026-11-25' }]],
    [
      'a contract that ended before the window',
      [],
      [{ started_on: '2024-09-01', planned_end: '2025-08-31' }],
    ],
    [
      'a contract broken on the first day of the window',
      [],
      [{ started_on: '2024-09-01', broken_on: '2025-09-01' }],
    ],
  ])('not recent: %s', async (_name, spells, contracts) => {
    expect(await link(both(spells, contracts))).toEqual({ persons: 'ab', litiges: [] });
  });
});

describe('two schools at the reference date', () => {
  const elsewhere = { uai: '0640001B' };

  test.each<[string, SpellChanges]>([
    ['both cover it', {}],
    ['one starts on it', { first_day: '2026-11-24' }],
    ['one ends on it', { last_day: '2026-11-24' }],
  ])('litige, and two persons: %s', async (_name, changes) => {
    const records = [
      { id: 'a', spells: [{}] },
      { id: 'b', spells: [{ ...elsewhere, ...changes }] },
    ];
    expect(await link(records)).toEqual({ persons: 'a b', litiges: ['two_enrolments a b'] });
  });

  test.each<[string, SpellChanges]>([
    ['the same school', { uai: '0330001A' }],
    ['an unknown school', { uai: null }],
    ['an apprentice in the other', { status: 'apprenti' }],
    ['not in class in the other', { not_in_class: true }],
    ['not enrolled in the other', { enrolment: false }],
    ['the other ended the day before', { last_day: '2026-11-23' }],
    ['the other starts the day after', { first_day: '2026-11-25' }],
  ])('one person: %s', async (_name, changes) => {
    const records = [
      { id: 'a', spells: [{}] },
      { id: 'b', spells: [{ ...elsewhere, ...changes }] },
    ];
    expect(await link(records)).toEqual({ persons: 'ab', litiges: [] });
  });

  test('with one identifier: one person, to look at', async () => {
    const identifiers = { ine_rnie: '1' };
    const records = [
      { id: 'a', identifiers, spells: [{}] },
      { id: 'b', identifiers, spells: [elsewhere] },
    ];
    expect(await link(records)).toEqual({ persons: 'ab', litiges: ['two_enrolments a'] });
  });
});

describe('linkRecords', () => {
  test('tells its steps and what came out, and leaves its tables only', async () => {
    await loadSources(database, [{ id: 'a' }, { id: 'b' }, { id: 'c', first: 'LEA' }]);
    const told: string[] = [];
    const summary = await linkRecords(database, { ...PERIOD, onStep: (step) => told.push(step.name) });
    expect(summary).toMatchObject({
      records: 3,
      persons: 2,
      links: 1,
      litiges: 0,
      decisions: { given: 0, applied: 0 },
      lookAlikes: { variants: 2, judgedBy: 'shipped', links: 0 },
      deaths: { deceased: 0, toCheck: 0 },
    });
    expect(told).toContain('write_memberships');
    const left = await database.all(
      `SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'linkage'
       UNION ALL SELECT view_name FROM duckdb_views() WHERE schema_name = 'linkage' ORDER BY ALL`,
    );
    expect(left.map((row) => row.name)).toEqual(Object.keys(LINKAGE_TABLES).sort());
  });

  test('linking again replaces what was there', async () => {
    const records = [{ id: 'a' }, { id: 'b', commune: '64445' }];
    const first = await link(records);
    await linkRecords(database, PERIOD);
    expect(await database.all('SELECT count(*)::INTEGER AS n FROM linkage.memberships')).toEqual([{ n: 2 }]);
    expect(await link(records)).toEqual(first);
  });

  test.each(['2026-02-30', "2026-11-24' OR true"])('refuses what is no civil date: %s', async (asOf) => {
    await expect(linkRecords(database, { ...PERIOD, asOf })).rejects.toThrow(TypeError);
  });
});

describe('explainLinks', () => {
  test('the links of one person with their rules, and nothing of the others', async () => {
    await link([
      { id: 'a', identifiers: { ine_rnie: '1' } },
      { id: 'b', identifiers: { ine_rnie: '1' }, first: 'LEA' },
      { id: 'c' },
      { id: 'd', family: 'PETIT' },
      { id: 'e', family: 'PETIT' },
    ]);
    expect(await explainLinks(database, 'a')).toEqual([
      { recordIdL: 'a', recordIdR: 'b', rule: 'same_identifier_birth_date', identifierType: 'ine_rnie' },
      { recordIdL: 'a', recordIdR: 'c', rule: 'same_name_birth_date', identifierType: null },
    ]);
  });

  test('from the first record with an identifier and birth date to each of the others, by each identifier', async () => {
    const both = { ine_rnie: '1', ina: '2' };
    await link([
      { id: 'c', identifiers: both },
      { id: 'a', identifiers: { ine_rnie: '1' } },
      { id: 'b', identifiers: both },
    ]);
    expect(await explainLinks(database, 'a')).toEqual(
      (
        [
          ['a', 'b', 'ine_rnie'],
          ['a', 'c', 'ine_rnie'],
          ['b', 'c', 'ina'],
        ] as const
      ).map(([recordIdL, recordIdR, identifierType]) => ({
        recordIdL,
        recordIdR,
        rule: 'same_identifier_birth_date',
        identifierType,
      })),
    );
    expect(await database.all('FROM linkage.links')).toEqual([]);
  });

  test('nothing for nobody', async () => {
    expect(await explainLinks(database, 'nobody')).toEqual([]);
  });
});
