import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MemoryDatabase, openMemoryDatabase } from '../testing/memory-database.ts';
import { linkPeople, loadPeople, personsOf, TEST_SPEC, type TestRecord } from '../testing/people.ts';
import { LinkageInputError, linkExact } from './link-exact.ts';

let database: MemoryDatabase;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.close());

/** A record that says everything; each case changes what it is about. */
function rec(id: string, changes: Omit<TestRecord, 'id'> = {}): TestRecord {
  return {
    names: ['DURAND'],
    firstName: 'MARIE',
    birthDate: '2008-03-14',
    place: 'P',
    recent: true,
    id,
    ...changes,
  };
}
const rnie = (value: string) => ({ identifiers: { rnie: value } });

interface Case {
  readonly name: string;
  readonly records: readonly TestRecord[];
  /** Persons as the ids of their records: 'ab c' is a with b, and c apart. */
  readonly persons: string;
  /** `reason: l r` for each litige, `reason: l` within a person. */
  readonly litiges?: readonly string[];
}

const BY_IDENTIFIER: readonly Case[] = [
  {
    name: 'same identifier and birth date, names quite different',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('1'), names: ['PETIT'], firstName: 'LEA' })],
    persons: 'ab',
  },
  {
    name: 'same identifier and name, another birth date',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('1'), birthDate: '2008-04-13' })],
    persons: 'ab',
  },
  {
    name: 'same identifier, usage name of one is the family name of the other, another birth date',
    records: [
      rec('a', { ...rnie('1'), names: ['DURAND', 'MARTIN'] }),
      rec('b', { ...rnie('1'), names: ['MARTIN'], birthDate: '2008-04-13' }),
    ],
    persons: 'ab',
  },
  {
    name: 'same identifier and name, one first name begins the other, another birth date',
    records: [
      rec('a', { ...rnie('1'), firstName: 'Marie-Louise' }),
      rec('b', { ...rnie('1'), birthDate: '2008-04-13' }),
    ],
    persons: 'ab',
  },
  {
    name: 'same identifier, same name, same first name by letters only, another birth date',
    records: [
      rec('a', { ...rnie('1'), firstName: 'MARIELLE' }),
      rec('b', { ...rnie('1'), birthDate: '2008-04-13' }),
    ],
    persons: 'a b',
    litiges: ['identifier_disagrees: a b'],
  },
  {
    name: 'two long first names meet in the short one',
    records: [
      rec('a', { ...rnie('1'), firstName: 'MARIE LOUISE', birthDate: '2008-01-01' }),
      rec('b', { ...rnie('1'), firstName: 'MARIE', birthDate: '2008-01-02' }),
      rec('c', { ...rnie('1'), firstName: 'MARIE ANNE', birthDate: '2008-01-03' }),
    ],
    persons: 'abc',
  },
  {
    name: 'two long first names without the short one, other birth dates',
    records: [
      rec('a', { ...rnie('1'), firstName: 'MARIE LOUISE', birthDate: '2008-01-01' }),
      rec('c', { ...rnie('1'), firstName: 'MARIE ANNE', birthDate: '2008-01-03' }),
    ],
    persons: 'a c',
    litiges: ['identifier_disagrees: a c'],
  },
  {
    name: 'swapped words of a compound first name, same identifier, another birth date',
    records: [
      rec('a', { ...rnie('1'), firstName: 'JEAN PIERRE' }),
      rec('b', { ...rnie('1'), firstName: 'PIERRE JEAN', birthDate: '2008-04-13' }),
    ],
    persons: 'a b',
    litiges: ['identifier_disagrees: a b'],
  },
  {
    name: 'same identifier, everything else different',
    records: [
      rec('a', rnie('1')),
      rec('b', { ...rnie('1'), names: ['PETIT'], firstName: 'LEA', birthDate: '2007-01-01' }),
    ],
    persons: 'a b',
    litiges: ['identifier_disagrees: a b'],
  },
  {
    name: 'same identifier and first name, another name and birth date',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('1'), names: ['PETIT'], birthDate: '2007-01-01' })],
    persons: 'a b',
    litiges: ['identifier_disagrees: a b'],
  },
  {
    name: 'same value of two types is not the same identifier',
    records: [
      rec('a', { identifiers: { rnie: '1' }, firstName: 'LEA' }),
      rec('b', { identifiers: { ina: '1' }, firstName: 'LEO' }),
    ],
    persons: 'a b',
  },
  {
    name: 'different birth places do not matter with the same identifier',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('1'), place: 'Q' })],
    persons: 'ab',
  },
  {
    name: 'same identifier, missing first names, other birth dates',
    records: [
      rec('a', { ...rnie('1'), firstName: null }),
      rec('b', { ...rnie('1'), firstName: null, birthDate: '2008-04-13' }),
    ],
    persons: 'a b',
    litiges: ['identifier_disagrees: a b'],
  },
  {
    name: 'a placeholder shared by three strangers: a litige with the first for each',
    records: [
      rec('a', { ...rnie('0'), names: ['A'], birthDate: '2008-01-01' }),
      rec('b', { ...rnie('0'), names: ['B'], birthDate: '2008-01-02' }),
      rec('c', { ...rnie('0'), names: ['C'], birthDate: '2008-01-03' }),
    ],
    persons: 'a b c',
    litiges: ['identifier_disagrees: a b', 'identifier_disagrees: a c'],
  },
];

const CONTRADICTIONS: readonly Case[] = [
  {
    name: 'same INA, two recent RNIE',
    records: [
      rec('a', { identifiers: { ina: 'X', rnie: '1' } }),
      rec('b', { identifiers: { ina: 'X', rnie: '2' } }),
    ],
    persons: 'a b',
    litiges: ['two_identifiers: a b'],
  },
  {
    name: 'same INA, two RNIE of which one is not recent',
    records: [
      rec('a', { identifiers: { ina: 'X', rnie: '1' } }),
      rec('b', { identifiers: { ina: 'X', rnie: '2' }, recent: false }),
    ],
    persons: 'ab',
  },
  {
    name: 'an old BEA beside an RNIE is no contradiction',
    records: [
      rec('a', { identifiers: { bea: 'B', rnie: '1' } }),
      rec('b', { identifiers: { bea: 'B' } }),
      rec('c', { identifiers: { rnie: '1' } }),
    ],
    persons: 'abc',
  },
  {
    name: 'a record without the type would join two that contradict each other: it goes with neither',
    records: [
      rec('a', { identifiers: { ina: 'X', rnie: '1' } }),
      rec('b', { identifiers: { ina: 'X' }, firstName: 'LEA' }),
      rec('c', { identifiers: { ina: 'X', rnie: '2' }, firstName: 'ZOE' }),
    ],
    persons: 'a b c',
    litiges: ['two_identifiers: a b', 'two_identifiers: a c'],
  },
  {
    name: 'a chain of two identifiers that contradicts itself is cut, and keeps what agrees',
    records: [
      rec('a', { identifiers: { bea: 'B', rnie: '1' } }),
      rec('b', { identifiers: { bea: 'B', ina: 'X' }, firstName: 'LEA' }),
      rec('c', { identifiers: { ina: 'X', rnie: '2' }, firstName: 'ZOE' }),
      rec('d', { identifiers: { rnie: '2' }, firstName: 'ANNA' }),
    ],
    persons: 'a b cd',
    litiges: ['two_identifiers: a b', 'two_identifiers: a c'],
  },
  {
    name: 'the same chain when one end is not recent',
    records: [
      rec('a', { identifiers: { bea: 'B', rnie: '1' }, recent: false }),
      rec('b', { identifiers: { bea: 'B', ina: 'X' } }),
      rec('c', { identifiers: { ina: 'X', rnie: '2' } }),
    ],
    persons: 'abc',
  },
  {
    name: 'two long first names are not joined by a short one that contradicts both',
    records: [
      rec('a', { identifiers: { ina: 'X', rnie: '1' }, birthDate: '2008-01-01' }),
      rec('b', {
        identifiers: { ina: 'X', rnie: '2' },
        firstName: 'MARIE LOUISE',
        birthDate: '2008-01-02',
      }),
      rec('c', { identifiers: { ina: 'X', rnie: '2' }, firstName: 'MARIE ANNE', birthDate: '2008-01-03' }),
    ],
    persons: 'a b c',
    litiges: ['identifier_disagrees: b c', 'two_identifiers: a b', 'two_identifiers: a c'],
  },
  {
    name: 'same identifier, in two places at once: one person to look at, not split',
    records: [
      rec('a', { ...rnie('1'), exclusivePlaces: ['U'] }),
      rec('b', { ...rnie('1'), exclusivePlaces: ['V'] }),
      rec('c', rnie('1')),
    ],
    persons: 'abc',
    litiges: ['two_enrolments: a'],
  },
  {
    name: 'same identifier, twice in one place',
    records: [
      rec('a', { ...rnie('1'), exclusivePlaces: ['U'] }),
      rec('b', { ...rnie('1'), exclusivePlaces: ['U'] }),
    ],
    persons: 'ab',
  },
];

const BY_NAME: readonly Case[] = [
  { name: 'same name, first name, birth date and place', records: [rec('a'), rec('b')], persons: 'ab' },
  {
    name: 'accents, case, hyphens and apostrophes do not matter',
    records: [
      rec('a', { names: ["d'Œuvre-Saint"], firstName: 'Élise-Maëlys' }),
      rec('b', { names: ['D’OEUVRE SAINT'], firstName: 'ELISE MAELYS' }),
    ],
    persons: 'ab',
  },
  {
    name: 'usage name of one is the family name of the other',
    records: [rec('a', { names: ['DURAND', 'MARTIN'] }), rec('b', { names: ['MARTIN'] })],
    persons: 'ab',
  },
  {
    name: 'usage names only',
    records: [rec('a', { names: ['DURAND', 'MARTIN'] }), rec('b', { names: ['PETIT', 'MARTIN'] })],
    persons: 'ab',
  },
  { name: 'one birth place unknown', records: [rec('a'), rec('b', { place: null })], persons: 'ab' },
  { name: 'two birth places', records: [rec('a'), rec('b', { place: 'Q' })], persons: 'a b' },
  {
    name: 'a record without birth place between two homonyms goes with neither, and they stay apart',
    records: [rec('a'), rec('b', { place: null }), rec('c', { place: 'Q' })],
    persons: 'a b c',
  },
  {
    name: 'two records of one homonym stay apart too while another has the same name and date',
    records: [rec('a'), rec('b'), rec('c', { place: 'Q' })],
    persons: 'a b c',
  },
  {
    name: 'an identifier joins two records whatever homonyms there are',
    records: [rec('a', rnie('1')), rec('b', rnie('1')), rec('c', { place: 'Q' })],
    persons: 'ab c',
  },
  {
    name: 'twins: another first name, and they do not keep each other from their records',
    records: [rec('a'), rec('b'), rec('c', { firstName: 'LOUISE' }), rec('d', { firstName: 'LOUISE' })],
    persons: 'ab cd',
  },
  {
    name: 'a first name that begins the other is not the same without an identifier',
    records: [rec('a'), rec('b', { firstName: 'MARIE LOUISE' })],
    persons: 'a b',
  },
  {
    name: 'swapped words of a compound first name',
    records: [rec('a', { firstName: 'JEAN-PIERRE' }), rec('b', { firstName: 'PIERRE-JEAN' })],
    persons: 'a b',
  },
  { name: 'another birth date', records: [rec('a'), rec('b', { birthDate: '2008-03-15' })], persons: 'a b' },
  {
    name: 'an unknown first name, birth date or name joins nobody',
    records: [
      rec('a', { firstName: null }),
      rec('b', { firstName: '-' }),
      rec('c', { birthDate: null }),
      rec('d', { birthDate: null }),
      rec('e', { names: [] }),
      rec('f', { names: ['?'] }),
    ],
    persons: 'a b c d e f',
  },
  {
    name: 'identifiers of two types do not contradict each other',
    records: [rec('a', { identifiers: { bea: 'B' } }), rec('b', rnie('1'))],
    persons: 'ab',
  },
  {
    name: 'two identifiers of one type, both recent',
    records: [rec('a', rnie('1')), rec('b', rnie('2'))],
    persons: 'a b',
    litiges: ['two_identifiers: a b'],
  },
  {
    name: 'two identifiers of one type, one not recent: apart, nothing to decide',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('2'), recent: false })],
    persons: 'a b',
  },
  {
    name: 'two identifiers and two birth places: two people, nothing to decide',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('2'), place: 'Q' })],
    persons: 'a b',
  },
  {
    name: 'two identifiers, one birth place unknown',
    records: [rec('a', rnie('1')), rec('b', { ...rnie('2'), place: null })],
    persons: 'a b',
    litiges: ['two_identifiers: a b'],
  },
  {
    name: 'in two places at once',
    records: [rec('a', { exclusivePlaces: ['U'] }), rec('b', { exclusivePlaces: ['V'] })],
    persons: 'a b',
    litiges: ['two_enrolments: a b'],
  },
  {
    name: 'in two places at once, born in two places: two people, nothing to decide',
    records: [rec('a', { exclusivePlaces: ['U'] }), rec('b', { exclusivePlaces: ['V'], place: 'Q' })],
    persons: 'a b',
  },
  {
    name: 'in the same place',
    records: [rec('a', { exclusivePlaces: ['U'] }), rec('b', { exclusivePlaces: ['U'] }), rec('c')],
    persons: 'abc',
  },
  {
    name: 'who is in two places by one identifier still takes a record without any',
    records: [
      rec('a', { ...rnie('1'), exclusivePlaces: ['U'] }),
      rec('b', { ...rnie('1'), exclusivePlaces: ['V'] }),
      rec('c'),
    ],
    persons: 'abc',
    litiges: ['two_enrolments: a'],
  },
  {
    name: 'a chain through two names between two birth places is cut',
    records: [
      rec('a', { names: ['DURAND'] }),
      rec('b', { names: ['DURAND', 'MARTIN'], place: null }),
      rec('c', { names: ['MARTIN'], place: 'Q' }),
    ],
    persons: 'a b c',
  },
  {
    name: 'a chain through two names between two recent identifiers is cut, for a person to decide',
    records: [
      rec('a', { ...rnie('1'), names: ['DURAND'] }),
      rec('b', { names: ['DURAND', 'MARTIN'] }),
      rec('c', { ...rnie('2'), names: ['MARTIN'] }),
    ],
    persons: 'a b c',
    litiges: ['two_identifiers: a b', 'two_identifiers: a c'],
  },
];

describe.each([
  ['by identifier', BY_IDENTIFIER],
  ['contradictions', CONTRADICTIONS],
  ['by name', BY_NAME],
])('%s', (_title, cases) => {
  test.each(cases)('$name', async ({ records, persons, litiges = [] }) => {
    const linked = await linkPeople(database, records);
    expect(personsOf(linked).map((ids) => ids.join(''))).toEqual(persons.split(' '));
    expect(
      linked.litiges.map(
        (row) => `${row.reason}: ${[row.person_id_l, row.person_id_r ?? []].flat().join(' ')}`,
      ),
    ).toEqual(litiges);
  });
});

describe('what is written', () => {
  test('links say their rule, smallest record first', async () => {
    const { links } = await linkPeople(database, [
      rec('c', rnie('1')),
      rec('b', { ...rnie('1'), birthDate: '2008-04-13' }),
      rec('a', { place: null }),
    ]);
    expect(links).toEqual([
      { record_id_l: 'a', record_id_r: 'c', rule: 'same_name_birth_date', identifier_type: null },
      { record_id_l: 'b', record_id_r: 'c', rule: 'same_identifier_name', identifier_type: 'rnie' },
    ]);
  });

  test('a litige shows the records that contradict each other', async () => {
    const { litiges } = await linkPeople(database, [rec('b', rnie('2')), rec('a', rnie('1'))]);
    expect(litiges).toEqual([
      { reason: 'two_identifiers', person_id_l: 'a', person_id_r: 'b', record_ids: ['a', 'b'] },
    ]);
  });

  test('a summary; a second run starts afresh; nothing temporary is left', async () => {
    await linkPeople(database, [rec('a'), rec('b'), rec('c')]);
    await loadPeople(database, [rec('a'), rec('b'), rec('c', { birthDate: '2007-01-01' })]);
    const told: string[] = [];
    const summary = await linkExact(database, TEST_SPEC, (step, index, total) => {
      told.push(`${step.name} ${index < total}`);
    });
    expect(summary).toEqual({ records: 3, persons: 2, links: 1, litiges: 0 });
    expect(told.at(-1)).toBe('write_litiges_within_persons true');
    const left = await database.all(
      "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'found' ORDER BY ALL",
    );
    expect(left.map((row) => row.table_name)).toEqual(['links', 'litiges', 'memberships']);
  });

  test('links of the rules told alone; persons and litiges as ever', async () => {
    const records = [rec('a', rnie('1')), rec('b', rnie('1')), rec('c')];
    const all = await linkPeople(database, records);
    expect(all.links.map(({ rule }) => rule)).toEqual(['same_identifier_birth_date', 'same_name_birth_date']);
    await linkExact(database, { ...TEST_SPEC, toldRules: ['same_name_birth_date'] });
    expect(await database.all('SELECT record_id_l AS l, record_id_r AS r, rule FROM found.links')).toEqual([
      { l: 'a', r: 'c', rule: 'same_name_birth_date' },
    ]);
    expect(await database.all('FROM found.memberships')).toEqual(all.memberships);
    await linkExact(database, { ...TEST_SPEC, toldRules: [] });
    expect(await database.all('FROM found.links')).toEqual([]);
  });

  test('nobody at all', async () => {
    expect(await linkPeople(database, [])).toEqual({ memberships: [], links: [], litiges: [] });
  });

  test.each([
    ['a record id twice', [rec('a'), rec('a', { firstName: 'LEA' })], 'record_id given more than once'],
  ])('%s is refused without quoting it', async (_name, records, message) => {
    await expect(linkPeople(database, records)).rejects.toThrow(new LinkageInputError(message));
  });

  test('two identifiers of one type on a record are refused', async () => {
    await loadPeople(database, [rec('a', rnie('1'))]);
    await database.run("INSERT INTO people.identifiers VALUES ('a', 'rnie', '2')");
    await expect(linkExact(database, TEST_SPEC)).rejects.toThrow(LinkageInputError);
  });

  test('identifiers of records that are not there do not count', async () => {
    await loadPeople(database, [rec('a', rnie('1')), rec('b', rnie('2'))]);
    await database.run("INSERT INTO people.identifiers VALUES ('z', 'rnie', '1'), ('z', 'rnie', '2')");
    expect(await linkExact(database, TEST_SPEC)).toMatchObject({ records: 2, persons: 2, links: 0 });
  });

  test('a table name that is no name is refused', async () => {
    const spec = { ...TEST_SPEC, workPrefix: 'found.x; DROP SCHEMA found' };
    await expect(linkExact(database, spec)).rejects.toThrow(TypeError);
  });
});
