import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Entry, entryText, parseEntry, readEntries } from './entry.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import { ListReader } from './read-lists.ts';
import { openWorld, type World } from './registry/testing/world.ts';
import { buildEntries } from './steps.ts';
import { createListsTablesSql } from './tables.ts';
import { fillLists } from './testing/fill-lists.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.file(1);
  world.row('sources.communes', { code: '59350', city: '59350', department: '59', name: 'Lille' });
});
afterEach(() => world.database.close());

async function build(numbers: Readonly<Record<string, string>>): Promise<void> {
  for (const [person_id, siei] of Object.entries(numbers)) world.row('lists.numbers', { person_id, siei });
  await world.database.run(createListsTablesSql(['numbers']));
  await world.save();
  await buildEntries(world.database);
}

const entryOf = (told: string) => JSON.parse(told) as Entry;

async function toldIn(department: string): Promise<string[]> {
  const told: string[] = [];
  for await (const page of readEntries(world.database, department)) told.push(...page);
  return told;
}

async function entriesOf(department: string): Promise<Entry[]> {
  return (await toldIn(department)).map(entryOf);
}

describe('contact', () => {
  const lines = { address: '12 rue Neuve\n Bât. B \n', postal_code: '59000', commune: '59350' };
  const representative = { rep2_family_name: 'Martin', rep2_first_name: 'Ana', rep2_relation: 'mère' };

  test('an address comes whole from the most recent record that has lines', async () => {
    world.person({ person_id: 'a' }, [
      { record_id: 'a1', ...lines, recorded_on: '2025-01-01' },
      { record_id: 'a2', commune: '59350', postal_code: '59800', recorded_on: '2025-05-01' },
    ]);
    await build({ a: 'N' });
    expect((await entriesOf('59'))[0]?.address).toEqual({
      lines: ['12 rue Neuve', 'Bât. B'],
      postalCode: '59000',
      commune: '59350',
      communeName: 'Lille',
      country: null,
    });
  });

  test('a commune and a postal code alone are an address for want of a better one', async () => {
    world.person({ person_id: 'a' }, [
      { record_id: 'a1', postal_code: '59800' },
      { record_id: 'a2', commune: '59350', recorded_on: '2025-01-01' },
    ]);
    await build({ a: 'N' });
    expect((await entriesOf('59'))[0]?.address).toEqual({
      lines: [],
      postalCode: null,
      commune: '59350',
      communeName: 'Lille',
      country: null,
    });
  });

  test('nothing to write or call to while a death is to be checked; the place stays', async () => {
    const reach = { phone: '0320000000', email: 'lea@exemple.fr', ...representative };
    world.person({ person_id: 'a', flags: ['death_to_check'] }, [{ record_id: 'a1', ...lines, ...reach }]);
    await build({ a: 'N' });
    const [told = ''] = await toldIn('59');
    const { entry } = parseEntry(told);
    expect(entry).toMatchObject({ phones: [], email: null, legalRepresentatives: [] });
    expect(entry.address).toEqual({
      lines: [],
      postalCode: '59000',
      commune: '59350',
      communeName: 'Lille',
      country: null,
    });
    expect(entry.flags).toEqual(['death_to_check']);
    const cell = (name: string) => ENTRY_COLUMNS.find((column) => column.name === name)?.value(entry);
    expect(cell('adresse')).toBe('NE PAS CONTACTER : décès à vérifier');
    expect(cell('telephones')).toBe('NE PAS CONTACTER : décès à vérifier');
    expect(cell('a_savoir')).toContain('décès à vérifier');
  });

  test('telephones, e-mail and representatives each from the most recent record that has them', async () => {
    world.person({ person_id: 'a' }, [
      { record_id: 'a1', ...lines, phone: '0320000000', mobile: '0600000001', recorded_on: '2025-01-01' },
      { record_id: 'a2', email: 'lea@exemple.fr', ...representative, recorded_on: '2025-02-01' },
      { record_id: 'a3', phone: '0600000002', mobile: '0600000002', recorded_on: '2025-03-01' },
      { record_id: 'a4', email: 'ancien@exemple.fr', phone: '0320000009', rep1_relation: 'père' },
    ]);
    await build({ a: 'N' });
    const [entry] = await entriesOf('59');
    expect(entry?.phones).toEqual(['0600000002']);
    expect(entry?.email).toBe('lea@exemple.fr');
    expect(entry?.legalRepresentatives).toEqual([
      { familyName: 'Martin', firstName: 'Ana', relation: 'mère', phone: null, email: null },
    ]);
  });

  test('of one record the mobile comes first', async () => {
    world.person({ person_id: 'a' }, [
      { record_id: 'a1', ...lines, phone: '0320000000', mobile: '0600000001' },
    ]);
    await build({ a: 'N' });
    expect((await entriesOf('59'))[0]?.phones).toEqual(['0600000001', '0320000000']);
  });

  test('adults have no legal representative on the list', async () => {
    world.person({ person_id: 'a', age: 18 }, [{ record_id: 'a1', ...lines, ...representative }]);
    await build({ a: 'N' });
    expect((await entriesOf('59'))[0]).toMatchObject({ minor: false, legalRepresentatives: [] });
  });
});

describe('entries', () => {
  test('are sorted by normalised family name (else usage name), first name, birth date, number', async () => {
    const here = { commune: '59350' };
    const named: [string, object, string][] = [
      ['a', { family_name: 'ÉTÉ' }, 'S1'],
      ['b', { family_name: 'Etape' }, 'S2'],
      ['c', { family_name: null, usage_name: 'Etb' }, 'S3'],
      ['d', { family_name: 'Œuvre', first_name1: 'Zoé' }, 'S4'],
      ['e', { family_name: 'OEUVRE', first_name1: 'Élise' }, 'S5'],
      ['f', { family_name: 'oeuvre', first_name1: 'Elise', birth_date: '2007-01-01' }, 'S6'],
      ['g', { family_name: 'oeuvre', first_name1: 'Elise', birth_date: '2007-01-01' }, 'S0'],
    ];
    for (const [id, name] of named) world.person({ person_id: id }, [{ record_id: id, ...here, ...name }]);
    await build(Object.fromEntries(named.map(([id, , siei]) => [id, siei])));
    expect((await entriesOf('59')).map((entry) => entry.siei)).toEqual([
      'S2',
      'S3',
      'S1',
      'S0',
      'S6',
      'S5',
      'S4',
    ]);
  });

  test('tell everything of a person, and nobody who is not listed', async () => {
    world.file(2, { path: 'dossier/b.xml' });
    world.person(
      {
        person_id: 'r1',
        family_name: 'Martin',
        usage_name: 'Durand',
        first_name2: 'Rose',
        sex: 'F',
        left_on: '2025-06-30',
        reason: 'left',
        last_uai: '0590001A',
        last_mef: '2472000811',
        leads_to: 4,
        mission_locale: 'known',
        known_situations: ['mission_locale'],
        flags: ['cycle_unknown', 'litige'],
      },
      [
        { record_id: 'r1', ordinal: 1, position: '12' },
        { record_id: 'r2', file_no: 2, source: 'SIECLE', source_rank: 2, position: 'E9' },
      ],
    );
    world.person({ person_id: 'x', listed: false }, [{ record_id: 'x', commune: '59350' }]);
    world.checks('r1', [
      ['age', true, ['r1', 'r2']],
      ['alive', false],
    ]);
    await build({ r1: 'N1', x: 'N2' });
    expect(await entriesOf('59')).toEqual([
      {
        siei: 'N1',
        familyName: 'Martin',
        usageName: 'Durand',
        firstNames: ['Léa', 'Rose'],
        sex: 'F',
        birthDate: '2008-03-01',
        age: 17,
        minor: true,
        address: { lines: [], postalCode: null, commune: null, communeName: null, country: null },
        phones: [],
        email: null,
        legalRepresentatives: [],
        lastSchool: { uai: '0590001A' },
        lastTraining: { mef: '2472000811', diplomaCode: null, leadsTo: 4 },
        leftOn: '2025-06-30',
        reason: 'left',
        missionLocale: 'known',
        knownSituations: ['mission_locale'],
        flags: ['litige', 'cycle_unknown', 'department_from_school'],
        checks: [
          { check: 'age', passed: true, evidence: ['r1', 'r2'] },
          { check: 'alive', passed: false, evidence: [] },
        ],
        records: [
          { id: 'r1', source: 'INTERCHANGE', file: 'fichier-1.csv', position: '12' },
          { id: 'r2', source: 'SIECLE', file: 'dossier/b.xml', position: 'E9' },
        ],
      },
    ]);
  });

  test('building twice gives the same, and leaves no work table', async () => {
    world.person({ person_id: 'a' }, [{ record_id: 'a', commune: '59350' }]);
    await build({ a: 'N' });
    const first = await entriesOf('59');
    await buildEntries(world.database);
    expect(await entriesOf('59')).toEqual(first);
    expect(first).toHaveLength(1);
    const tables = await world.database.all<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'lists' ORDER BY 1`,
    );
    expect(tables.map((row) => row.table_name)).toEqual([
      'contacts',
      'entries',
      'listed',
      'numbers',
      'places',
    ]);
  });

  test('a long list is read page by page, in order', async () => {
    await fillLists(world.database, { '59': 4501 });
    const pages: number[] = [];
    for await (const page of readEntries(world.database, '59')) pages.push(page.length);
    expect(pages).toEqual([2000, 2000, 501]);
    expect((await entriesOf('59')).map((entry) => entry.siei)).toEqual(
      Array.from({ length: 4501 }, (_, index) => `59-${index + 1}`),
    );
  });

  test('the engine tells an entry as JSON.stringify would', async () => {
    const nasty = `${String.fromCharCode(...Array.from({ length: 160 }, (_, code) => code + 1))}"\\/\u2028é😀`;
    await fillLists(world.database, { '59': 1 });
    await world.database.run('UPDATE lists.entries SET family_name = $1, usage_name = $2', [
      nasty,
      'Éric/"B"',
    ]);
    for await (const [told = ''] of readEntries(world.database, '59')) {
      expect(entryOf(told)).toMatchObject({ familyName: nasty, usageName: 'Éric/"B"' });
      expect(entryText(told)).toBe(JSON.stringify(entryOf(told)));
    }
    await world.database.run(`UPDATE lists.entries SET family_name = 'Ÿ'`);
    for await (const [told = ''] of readEntries(world.database, '59'))
      expect(told).toBe(JSON.stringify(entryOf(told)));
  });

  test('lists read together are those read one by one', async () => {
    const lists = { '62': 2, '01': 700, '02': 1300, '2A': 1, '59': 2001, '33': 1999 };
    await fillLists(world.database, lists);
    // '03' and '971' are empty; '02' ends a page to the entry, '2A' begins another.
    const departments = ['01', '02', '2A', '03', '59', '62', '33', '971'];
    const reader = await ListReader.open(world.database, departments);
    for (const department of departments) {
      const entries: Entry[] = [];
      for await (const page of reader.pages(department)) entries.push(...page.map(entryOf));
      expect(entries).toEqual(await entriesOf(department));
      expect(entries).toHaveLength((lists as Readonly<Record<string, number>>)[department] ?? 0);
    }
  });
});
