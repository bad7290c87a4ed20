import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamTable, type TruthRow } from '../truth/truth-files.ts';
import { writeFrance } from '../write-france.ts';

/** Without faults, so that what is told is what is true. */
const OPTIONS = {
  seed: 1,
  asOf: '2025-11-15',
  people: 9000,
  departments: ['29', '59'],
  senders: 'national',
  faults: 'none',
  threads: 1,
} as const;

interface Enrolment {
  readonly dateEntreeFormation: string;
  readonly dateSortieFormation: string | null;
  readonly statutApprenant: { readonly code: string };
  readonly sectionReference: { readonly codeMef: string; readonly anneeScolaireId: number };
}

interface Told extends Enrolment {
  readonly person: string;
  readonly uai: string;
}

let root: string;
let told: Told[];
let stays: TruthRow[];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fregata-'));
  const { deliveries, truth } = await writeFrance({ ...OPTIONS, out: root });
  const paths = new Map<string, string>();
  const people = new Map<string, string>();
  // Numbers of files are those of an académie.
  for (const part of readdirSync(join(truth, 'files'))) {
    const lines = (table: string) =>
      readFileSync(join(truth, table, part), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1);
    for (const line of lines('files')) {
      const [file = '', path = ''] = line.split(';');
      paths.set(`${part} ${file}`, path);
    }
    for (const line of lines('rows')) {
      const [file = '', position = '', person = ''] = line.split(';');
      people.set(`${paths.get(`${part} ${file}`)} ${position}`, person);
    }
  }
  told = [...paths.values()].filter(isInscriptions).flatMap((path) => {
    const rows = JSON.parse(readFileSync(join(deliveries, path), 'utf8')) as readonly Enrolment[];
    return rows.map((row, index) => ({
      ...row,
      person: people.get(`${path} ${index + 1}`) ?? '',
      uai: path.slice('agriculture/'.length, 'agriculture/'.length + 8),
    }));
  });
  stays = [];
  for await (const row of streamTable(truth, 'spells')) if (row.get('what') === 'stay') stays.push(row);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const isInscriptions = (path: string): boolean => /^agriculture\/.*-inscriptions-\d+\.json$/.test(path);
const statusOf = ({ statutApprenant: { code } }: Told): string => code;

describe('what FREGATA tells of apprentices', () => {
  const stayOf = ({ person, uai, dateEntreeFormation }: Told): TruthRow | undefined =>
    stays.find(
      (row) =>
        row.get('person') === person &&
        row.get('where') === uai &&
        row.get('first_day') === dateEntreeFormation,
    );

  it('is their status, and the day on which the training began and ended', () => {
    const apprentices = told.filter((row) => statusOf(row) === '2503');
    expect(apprentices.length).toBeGreaterThan(40);
    for (const row of told) {
      const stay = stayOf(row);
      expect(stay?.get('detail')).toBe(statusOf(row) === '2503' ? 'apprenti' : 'scolaire');
      if (row.dateSortieFormation !== null) expect(stay?.get('last_day')).toBe(row.dateSortieFormation);
    }
    expect(apprentices.some(({ dateSortieFormation }) => dateSortieFormation !== null)).toBe(true);
  });

  it('is a row in each school year of the training, one year on', () => {
    const both = told.filter((row) => statusOf(row) === '2503' && row.dateEntreeFormation < '2025-06-01');
    const years = new Map<string, string[]>();
    for (const { person, dateEntreeFormation, sectionReference } of both) {
      const key = `${person} ${dateEntreeFormation}`;
      years.set(key, [
        ...(years.get(key) ?? []),
        `${sectionReference.anneeScolaireId} ${sectionReference.codeMef}`,
      ]);
    }
    const twice = [...years.values()].filter(({ length }) => length === 2);
    expect(twice.length).toBeGreaterThan(10);
    for (const [first = '', second = ''] of twice.map((rows) => rows.sort())) {
      expect([first.slice(0, 2), second.slice(0, 2)]).toEqual(['28', '29']);
      // MEF10 ends with the duration and the year; the eleventh character is the national one.
      expect(first.slice(3, -2)).toBe(second.slice(3, -2));
      expect(Number(second.at(-2))).toBe(Number(first.at(-2)) + 1);
    }
  });

  it('is told by some exports too, without days', async () => {
    const out = join(root, 'with exports');
    const { deliveries } = await writeFrance({ ...OPTIONS, people: 3000, faults: 'named', out });
    const folder = join(deliveries, 'agriculture');
    const exports = readdirSync(folder).filter((name) => name.endsWith('.csv'));
    const statuses = exports.flatMap((name) => {
      const [, ...lines] = readFileSync(join(folder, name), 'latin1').trimEnd().split('\r\n');
      return lines.map((line) => line.split(';')[12]);
    });
    expect(new Set(statuses)).toEqual(new Set(['ST', 'AP']));
  });
});
