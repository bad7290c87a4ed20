import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  INE_PATTERNS,
  INTAKE_ISSUES,
  isValidUai,
  KNOWN_SITUATIONS,
  LEAVING_REASONS,
  MISSION_LOCALE_KNOWLEDGE,
  PERSON_FLAGS,
} from '@raccroche/contract';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { deliveredFiles, readDeliveredRows, sheetTexts, unzipOnlyEntry } from './delivered-rows.ts';
import {
  CASE_FOLDER,
  DELIVERIES,
  readExpectedIssues,
  readExpectedPersons,
  readExpectedTotals,
} from './expectations.ts';

const persons = readExpectedPersons();
const issues = readExpectedIssues();
const totals = readExpectedTotals();
const rows = await readDeliveredRows();
const rejectedRows = issues.filter((issue) => issue.severity === 'rejet' && issue.position !== '');

function warnedRows(code: string): string[] {
  return issues.filter((issue) => issue.code === code).map((issue) => `${issue.file}@${issue.position}`);
}

function read(...path: string[]): Buffer {
  return readFileSync(join(...path));
}

describe('the case accounts for every delivered row', () => {
  it('gives each row to one person, one reject or one removal', () => {
    const accounted = [
      ...persons.flatMap((person) => person.rows),
      ...rejectedRows.map((issue) => `${issue.file}@${issue.position}`),
      ...totals.removedRows,
    ];
    expect([...accounted].sort()).toEqual(rows.map((row) => row.key).sort());
    expect(new Set(accounted).size).toBe(accounted.length);
  });

  it('announces the totals that the files hold', () => {
    expect(totals.rows).toBe(rows.length);
    expect(totals.rejects).toBe(rejectedRows.length);
    expect(totals.removedUnder16).toBe(totals.removedRows.length);
    expect(totals.records).toBe(totals.rows - totals.rejects - totals.removedUnder16);
    expect(totals.persons).toBe(persons.length);
    const refused = issues.filter((issue) => issue.severity === 'rejet' && issue.position === '');
    expect(totals.rejectedFiles).toBe(refused.length);
  });
});

describe('the deliveries are what senders would write', () => {
  it('keeps the UAI keys right, except the one that the case is about', () => {
    const wrong = rows.filter((row) =>
      row.values.some(({ name, value }) => /uai$/i.test(name) && value !== '' && !isValidUai(value)),
    );
    expect(wrong.map((row) => row.key)).toEqual(warnedRows('uai_cle_fausse'));
  });

  it('keeps the INE well formed, except the one that the case is about', () => {
    const shapes = Object.values(INE_PATTERNS).map((pattern) => new RegExp(pattern));
    const wrong = rows.filter((row) =>
      row.values.some(
        ({ name, value }) =>
          /^(ine|ine_apprenant|ID_NATIONAL)$/.test(name) &&
          value !== '' &&
          !shapes.some((shape) => shape.test(value)),
      ),
    );
    expect(wrong.map((row) => row.key)).toEqual(warnedRows('ine_mal_forme'));
  });

  it.each(deliveredFiles(true))('%s is a sidecar of a delivered file', (sidecar) => {
    expect(deliveredFiles(false)).toContain(sidecar.slice(0, -'.meta.json'.length));
    expect(JSON.parse(read(DELIVERIES, sidecar).toString('utf8'))).toHaveProperty('date_extraction');
  });

  it('packs in the zip the source that people read', () => {
    const packed = unzipOnlyEntry(read(DELIVERIES, 'siecle/college-2024.zip'));
    const source = read(CASE_FOLDER, 'sources/college-2024.zip/ElevesAvecAdresses.xml');
    expect(packed.equals(source)).toBe(true);
  });

  it('holds in the workbook the cells of its readable source', async () => {
    const source: string[][] = parse(read(CASE_FOLDER, 'sources/effectifs.xlsx.csv'), { delimiter: ';' });
    expect(await sheetTexts(read(DELIVERIES, 'cfa/effectifs.xlsx'))).toEqual(source);
  });
});

describe('the expectations speak the vocabulary of the contract', () => {
  it.each(persons)('$label: $why', (person) => {
    expect(person.why).toMatch(/§\d/);
    const isListed = person.listedIn.length > 0;
    expect(person.list !== '').toBe(isListed);
    if (!isListed) return;
    expect(person.list).toMatch(/^(\d{2}|2A|2B|97\d|98\d|XX)$/);
    expect(LEAVING_REASONS).toContain(person.reason);
    expect(MISSION_LOCALE_KNOWLEDGE).toContain(person.missionLocale);
    expect(PERSON_FLAGS).toEqual(expect.arrayContaining(person.flags.map(({ flag }) => flag)));
    expect(KNOWN_SITUATIONS).toEqual(expect.arrayContaining([...person.situations]));
    expect(person.leftOn === '').toBe(person.reason === 'not_in_class');
  });

  it.each(issues)('$file $position: $code', (issue) => {
    const definition = Object.entries(INTAKE_ISSUES).find(([code]) => code === issue.code)?.[1];
    expect(definition?.severity).toBe(issue.severity);
    expect(definition?.scope).toBe(issue.position === '' ? 'file' : 'row');
  });
});
