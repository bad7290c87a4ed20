import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ExportOptions, exportLists, readListContext } from './export-lists.ts';
import { openListsWriter } from './lists-writer.ts';
import { openListsWriterBeside } from './lists-writer-beside.ts';
import { ListReader } from './read-lists.ts';
import { testRuleSet } from './registry/testing/rule-set.ts';
import { openWorld, type World } from './registry/testing/world.ts';
import { buildEntries } from './steps.ts';
import { createListsTablesSql } from './tables.ts';
import { fillLists } from './testing/fill-lists.ts';

const options: Omit<ExportOptions, 'folder'> = {
  campaign: '2025-11-15-siei-2011',
  asOf: '2025-11-15',
  ruleSet: testRuleSet,
  missing: [],
};

/** Two people in the Nord, one of them with all that is nasty in a spreadsheet. */
async function tellWorld(world: World): Promise<void> {
  world.row('sources.communes', { code: '01004', city: '01004', department: '01', name: 'Ambérieu' });
  world.row('sources.communes', { code: '59350', city: '59350', department: '59', name: 'Lille' });
  world.file(1, { sender: 'Lycée A', extracted_on: '2025-11-01', row_count: 10, record_count: 9 });
  world.file(2, { sender: 'Lycée B', extracted_on: '2025-10-01' });
  world.file(3, { sender: 'CFA', families: ['cfa'] });
  world.person({ person_id: 'a', age: 19, left_on: '2025-06-30', reason: 'left' }, [
    {
      record_id: 'a',
      family_name: '=CMD("x")',
      first_name1: 'A;B',
      commune: '01004',
      postal_code: '01500',
      address: '1 rue\n@x',
      mobile: '+33612345678',
    },
  ]);
  world.person({ person_id: 'b', flags: ['litige'] }, [
    { record_id: 'b', family_name: 'Éte', commune: '59350', rep1_family_name: 'Mère' },
  ]);
  world.row('lists.numbers', { person_id: 'a', siei: 'AAAAAAAAAAAA' });
  world.row('lists.numbers', { person_id: 'b', siei: 'BBBBBBBBBBBB' });
  await world.database.run(createListsTablesSql(['numbers']));
  await world.save();
  await buildEntries(world.database);
}

function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

let world: World;
let out: string;
beforeAll(async () => {
  world = await openWorld();
  await tellWorld(world);
});
afterAll(() => world.database.close());
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'listes-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(out, path), 'utf8');

async function openSheets(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(join(out, path));
  return workbook;
}

describe('the files of the lists', () => {
  test('every list has its three files, also where nobody is listed', async () => {
    const exported = await exportLists(world.database, { ...options, folder: out });
    expect(exported).toHaveLength(333);
    expect(Object.keys(hashes(out))).toHaveLength(333);
    expect(exported.filter((file) => file.entries > 0).map((file) => file.path)).toEqual([
      'lists/01/liste-01.json',
      'lists/01/liste-01.csv',
      'lists/01/liste-01.xlsx',
      'lists/59/liste-59.json',
      'lists/59/liste-59.csv',
      'lists/59/liste-59.xlsx',
    ]);
    expect(JSON.parse(read('lists/XX/liste-XX.json'))).toMatchObject({
      department: 'XX',
      entries: [],
      count: 0,
      notice: expect.stringContaining('Personne n’est à signaler') as string,
    });
    expect(read('lists/2A/liste-2A.csv').split('\r\n')).toHaveLength(2);
    const empty = await openSheets('lists/2A/liste-2A.xlsx');
    expect(empty.getWorksheet('Liste')?.getCell('A2').value).toContain('Personne n’est à signaler');
  });

  test('are the same bytes from the same tables', async () => {
    await exportLists(world.database, { ...options, folder: join(out, '1') });
    await exportLists(world.database, { ...options, folder: join(out, '2') });
    expect(hashes(join(out, '2'))).toEqual(hashes(join(out, '1')));
  });

  test('lists of any length hold each entry once, in its place, in all three', async () => {
    const lists: Readonly<Record<string, number>> = { '01': 3, '13': 2001, '59': 4000, '62': 1, XX: 2500 };
    const long = await openWorld();
    try {
      await long.save();
      await fillLists(long.database, lists);
      const done: number[] = [];
      const onList = (_code: string, count: number, total: number) => done.push(count / total);
      await exportLists(long.database, { ...options, folder: out, onList });
      expect(done).toEqual(Array.from({ length: 111 }, (_, index) => (index + 1) / 111));
    } finally {
      long.database.close();
    }
    for (const [department, count] of Object.entries(lists)) {
      const numbers = Array.from({ length: count }, (_, index) => `${department}-${index + 1}`);
      const path = `lists/${department}/liste-${department}`;
      const { entries } = JSON.parse(read(`${path}.json`)) as { entries: readonly { siei: string }[] };
      expect(entries.map(({ siei }) => siei)).toEqual(numbers);
      const lines = read(`${path}.csv`).split('\r\n').slice(1, -1);
      expect(lines.map((line) => line.split(';')[0])).toEqual(numbers);
      const sheet = (await openSheets(`${path}.xlsx`)).getWorksheet('Liste');
      const cells = (sheet?.getColumn(1).values ?? []).slice(2);
      expect(cells).toEqual(numbers);
    }
  });

  test('a file that cannot be written stops all, and the engine is free again', async () => {
    mkdirSync(join(out, 'lists/59/liste-59.csv'), { recursive: true });
    await expect(exportLists(world.database, { ...options, folder: out })).rejects.toThrow('EISDIR');
    expect(readdirSync(join(out, 'lists'))).not.toContain('60');
    expect(await world.database.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  describe('two at a time', () => {
    const lists: Readonly<Record<string, number>> = { '01': 3, '13': 2001, '59': 4000, '62': 120, XX: 2500 };
    let long: World;
    beforeAll(async () => {
      long = await openWorld();
      await tellWorld(long);
      await fillLists(long.database, lists);
    });
    afterAll(() => long.database.close());

    test('are the same bytes as one after the other', async () => {
      const [alone, beside] = [join(out, '1'), join(out, '2')];
      const exported = await exportLists(long.database, { ...options, folder: alone, threads: 1 }, 0);
      expect(await exportLists(long.database, { ...options, folder: beside, threads: 2 }, 0)).toEqual(
        exported,
      );
      expect(exported.filter(({ department }) => department === '59')[0]?.entries).toBe(4001);
      expect(hashes(beside)).toEqual(hashes(alone));
    });

    test('a thread beside writes a list page by page', async () => {
      const context = await readListContext(world.database, { ...options, folder: out });
      const [here, beside] = [join(out, '1'), join(out, '2')];
      const reader = await ListReader.open(long.database, ['13']);
      for (const writer of [
        openListsWriter({ context, folder: here }),
        openListsWriterBeside({ context, folder: beside }),
      ]) {
        for await (const page of reader.pages('13')) await writer.take({ department: '13', page });
        await writer.take({ department: '13', page: [] });
        await writer.take({ department: '62', page: [] });
        await writer.finish();
      }
      expect(Object.keys(hashes(here))).toHaveLength(6);
      expect(hashes(beside)).toEqual(hashes(here));
    });

    test('what a thread beside cannot write is told, then and at the end', async () => {
      const context = await readListContext(world.database, { ...options, folder: out });
      mkdirSync(join(out, 'lists/59/liste-59.csv'), { recursive: true });
      const writer = openListsWriterBeside({ context, folder: out });
      await writer.take({ department: '01', page: [] });
      await expect(writer.take({ department: '59', page: [] })).rejects.toThrow('EISDIR');
      await expect(writer.finish()).rejects.toThrow('EISDIR');
    });

    test('a file that cannot be written stops both, and the engine is free again', async () => {
      mkdirSync(join(out, 'lists/01/liste-01.csv'), { recursive: true });
      const exporting = exportLists(long.database, { ...options, folder: out, threads: 2 }, 0);
      await expect(exporting).rejects.toThrow('EISDIR');
      expect(existsSync(join(out, 'lists/XX'))).toBe(false);
      expect(await long.database.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  test('JSON says which list it is, from which rules and sources', async () => {
    await exportLists(world.database, { ...options, folder: out });
    const list = JSON.parse(read('lists/01/liste-01.json')) as Record<string, unknown>;
    expect(list).toMatchObject({
      campaign: '2025-11-15-siei-2011',
      asOf: '2025-11-15',
      ruleSet: { id: 'siei-2011', version: '1', parameters: testRuleSet.parameters },
      department: '01',
      departmentName: 'Ain',
      missingSources: [],
      count: 1,
    });
    expect(list.sources).toEqual([
      {
        family: 'school',
        label: 'établissements scolaires',
        senders: 2,
        files: 2,
        undatedFiles: 0,
        rows: 11,
        records: 10,
        latestExtraction: '2025-11-01',
        oldestExtraction: '2025-10-01',
        ageDays: 14,
        freshness: 'il y a 14 jours',
      },
      {
        family: 'cfa',
        label: 'centres de formation d’apprentis',
        senders: 1,
        files: 1,
        undatedFiles: 1,
        rows: 1,
        records: 1,
        latestExtraction: null,
        oldestExtraction: null,
        ageDays: null,
        freshness: 'inconnue',
      },
    ]);
    expect(list.entries).toMatchObject([
      { siei: 'AAAAAAAAAAAA', familyName: '=CMD("x")', phones: ['+33612345678'] },
    ]);
  });

  test('CSV is UTF-8 with its mark, CRLF, French, and runs nothing', async () => {
    await exportLists(world.database, { ...options, folder: out });
    const csv = read('lists/01/liste-01.csv');
    expect(csv.startsWith('\ufeffnumero_siei;nom_famille;')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    const lines = csv.split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(
      `AAAAAAAAAAAA;"'=CMD(""x"")";;"A;B";;01/03/2008;19;non;1 rue, @x;01500;01004;Ambérieu`,
    );
    expect(lines[1]).toContain('06 12 34 56 78');
    expect(lines[1]).toContain('30/06/2025;est parti en cours d’année');
  });

  test('a missing source that was allowed is told in all three', async () => {
    await exportLists(world.database, { ...options, folder: out, missing: ['exams', 'mission_locale'] });
    expect(JSON.parse(read('lists/59/liste-59.json'))).toMatchObject({
      missingSources: [
        { family: 'exams', label: 'résultats d’examens' },
        { family: 'mission_locale', label: 'missions locales' },
      ],
    });
    const lines = read('lists/59/liste-59.csv').split('\r\n');
    expect(lines[0]).toMatch(/;sources_manquantes$/);
    expect(lines[1]).toMatch(/;résultats d’examens, missions locales$/);
    const texts = JSON.stringify(
      (await openSheets('lists/59/liste-59.xlsx')).getWorksheet('Sources')?.getSheetValues(),
    );
    expect(texts).toContain('Sources attendues et absentes');
    expect(texts).toContain('missions locales');
  });

  test('the spreadsheet is typed, frozen, filtered, and tells its sources', async () => {
    await exportLists(world.database, { ...options, folder: out });
    const workbook = await openSheets('lists/01/liste-01.xlsx');
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(['Liste', 'Sources']);
    const sheet = workbook.getWorksheet('Liste');
    const header = (sheet?.getRow(1).values ?? []) as string[];
    const cell = (title: string) => sheet?.getRow(2).getCell(header.indexOf(title));
    expect(cell('Date de naissance')?.value).toEqual(new Date('2008-03-01T00:00:00Z'));
    expect(cell('Date de naissance')?.numFmt).toBe('dd/mm/yyyy');
    expect(cell('Date de sortie')?.value).toEqual(new Date('2025-06-30T00:00:00Z'));
    expect(cell('Code postal')).toMatchObject({ value: '01500', numFmt: '@' });
    expect(cell('Âge')?.value).toBe(19);
    expect(cell('Nom de famille')).toMatchObject({ value: '=CMD("x")', type: ExcelJS.ValueType.String });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBeTruthy();
    expect(sheet?.getColumn(2).width).toBe(20);
    const sources = JSON.stringify(workbook.getWorksheet('Sources')?.getSheetValues());
    for (const told of [
      '01 — Ain',
      '2025-11-15T00:00:00.000Z',
      'siei-2011, version 1',
      '2025-11-01T00:00:00.000Z',
      '01/10/2025 (45 jours)',
      'il y a 14 jours',
      'inconnue',
    ])
      expect(sources).toContain(told);
  });
});
