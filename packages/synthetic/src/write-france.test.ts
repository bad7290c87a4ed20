import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURE_MODES, type FailureMode } from './failure-modes.ts';
import { type France, writeFrance } from './write-france.ts';

const PEOPLE = 9000;
/** Two académies, so that two threads have something each. */
const OPTIONS = {
  asOf: '2025-11-15',
  people: PEOPLE,
  departments: ['59', '62', '29'],
  senders: 'national',
  faults: 'named',
  /** So few people have hardly a death otherwise. */
  mortality: 10,
} as const;

let root: string;
let country: France;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'france-'));
  country = await writeFrance({ ...OPTIONS, seed: 1, threads: 1, out: join(root, 'one') });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Hash of every file under a folder, names included. */
function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of files) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Lines of a table of the truth, by column: all parts together, or one. */
function table(name: string, only?: string): Record<string, string>[] {
  const folder = join(root, 'one', 'truth', name);
  return readdirSync(folder)
    .filter((part) => only === undefined || part === only)
    .sort()
    .flatMap((part) => {
      const [header = '', ...lines] = readFileSync(join(folder, part), 'utf8').trimEnd().split('\n');
      const columns = header.split(';');
      return lines.map((line) => {
        const fields = line.split(';');
        return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
      });
    });
}

describe('the same options', () => {
  it('give the same bytes, with one thread or two', async () => {
    await writeFrance({ ...OPTIONS, seed: 1, threads: 2, out: join(root, 'two') });
    expect(hashOf(join(root, 'two'))).toBe(hashOf(join(root, 'one')));
  });

  it('with another seed give another country', async () => {
    await writeFrance({ ...OPTIONS, seed: 2, threads: 1, out: join(root, 'other') });
    expect(hashOf(join(root, 'other'))).not.toBe(hashOf(join(root, 'one')));
  });
});

describe('options that are none', () => {
  it.each([
    ['a day that does not exist', { asOf: '2025-02-30' }],
    ['nobody', { people: 0 }],
    ['a département that does not exist', { departments: ['20'] }],
  ])('refuses %s', async (_name, wrong) => {
    const options = { ...OPTIONS, seed: 1, threads: 1, out: join(root, 'never'), ...wrong };
    await expect(writeFrance(options)).rejects.toThrow(RangeError);
  });
});

describe('the truth', () => {
  it('knows everybody once, and whose every row is', () => {
    const people = table('people');
    const known = new Set(people.map(({ person }) => person));
    expect(people).toHaveLength(PEOPLE);
    expect(known.size).toBe(PEOPLE);
    const rows = table('rows');
    expect(rows).toHaveLength(country.rows);
    const stranger = /^(elsewhere|namesake|double)-\d+$/;
    expect(rows.filter(({ person = '' }) => !known.has(person) && !stranger.test(person))).toEqual([]);
  });

  it('gives nobody an identifier of somebody else, nor more than one birth', () => {
    const people = table('people');
    expect(new Set(people.map(({ ine }) => ine)).size).toBe(PEOPLE);
    expect(people.filter(({ birth_date: date = '' }) => !/^(199|200|201)\d-\d\d-\d\d$/.test(date))).toEqual(
      [],
    );
  });

  it('lists the dead with who they were, and nobody else', () => {
    const dead = new Set(
      table('people').flatMap(({ person, state }) => (state === 'deceased' ? [person] : [])),
    );
    const deaths = table('deaths');
    expect(deaths.length).toBeGreaterThan(0);
    expect(new Set(deaths.map(({ person }) => person))).toEqual(dead);
    expect(deaths.every(({ died_on: day = '' }) => day >= '2024-09-01' && day <= '2025-11-15')).toBe(true);
  });

  it('has the file of deaths tell them, but for the latest, among strangers', () => {
    const text = readFileSync(join(root, 'one', 'deliveries', 'insee', 'deces-2025.txt'), 'latin1');
    const lines = text.replace(/\n$/, '').split('\n');
    expect(lines.filter((line) => !/^[ -~]{198}$/.test(line))).toEqual([]);
    const { file } = table('files').find(({ path }) => path === 'insee/deces-2025.txt') ?? {};
    const told = table('rows', 'insee.csv');
    expect(told).toHaveLength(lines.length);
    expect(told.every((row, index) => row.file === file && row.position === String(index + 1))).toBe(true);
    const dead = new Map(table('deaths').map((death) => [death.person, death]));
    const own = told.filter(({ person }) => dead.has(person));
    const due = [...dead.values()].filter(({ died_on: day = '' }) => day <= '2025-11-03');
    expect(own.length).toBeGreaterThanOrEqual(due.length - 3);
    expect(own.length).toBeLessThanOrEqual(due.length);
    for (const { person, position } of own)
      expect(lines[Number(position) - 1]?.slice(154, 162)).toBe(
        dead.get(person)?.died_on?.replaceAll('-', ''),
      );
    const kinds = (kind: string) => told.filter(({ person = '' }) => person.startsWith(kind)).length;
    expect([kinds('elsewhere'), kinds('double')]).toEqual([4000, 2]);
    expect(kinds('namesake')).toBeGreaterThan(30);
    expect(told.findIndex(({ person }) => dead.has(person))).toBeGreaterThan(0);
  });

  it('has every group of names where it is at home', () => {
    const groups = new Set(table('people').map(({ name_group: group }) => group));
    expect(groups.size).toBeGreaterThan(15);
    const bretons = table('people').filter(({ home_department: code }) => code === '29');
    const share = bretons.filter(({ name_group: group }) => group === 'brittany').length / bretons.length;
    expect(share).toBeGreaterThan(0.3);
  });
});

describe('what goes wrong', () => {
  const rows = (): Map<string, { occasions: number; hits: number }> => {
    const lines = readFileSync(join(root, 'one', 'truth', 'failure-modes.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    return new Map(
      lines.slice(1).map((line) => {
        const [mode = '', , occasions, hits] = line.split(';');
        return [mode, { occasions: Number(occasions), hits: Number(hits) }];
      }),
    );
  };

  it.each(Object.keys(FAILURE_MODES) as FailureMode[])('%s comes as often as its rate says', (mode) => {
    const { occasions, hits } = rows().get(mode) ?? { occasions: 0, hits: 0 };
    const { rate } = FAILURE_MODES[mode];
    // Five standard deviations and a half: one seed in millions is beyond.
    const spread = 5 * Math.sqrt(occasions * rate * (1 - rate)) + 0.5;
    expect(Math.abs(hits - occasions * rate)).toBeLessThanOrEqual(spread);
  });

  it('has had an occasion, but for what needs a summer, SYGNE or concerns senders as a whole', () => {
    const without = [...rows()].filter(([, { occasions }]) => occasions === 0).map(([mode]) => mode);
    expect(without.sort()).toEqual([
      'dates_left_out',
      'extracted_before',
      'mef_local',
      'school_silent',
      'summer_blindness',
    ]);
  });

  it('shows in the name that FREGATA writes, also where that is a usage name', () => {
    const usual = new Set(table('people').flatMap(({ person, usage_name: name }) => (name ? [person] : [])));
    const names = readdirSync(join(root, 'one', 'truth', 'rows')).flatMap((part) => {
      const paths = new Map(table('files', part).map(({ file, path = '' }) => [file, path]));
      return table('rows', part).flatMap(({ file, position, person, failures = '' }) => {
        const path = paths.get(file) ?? '';
        if (!/^agriculture\/.*\.json$/.test(path) || !usual.has(person)) return [];
        if (!failures.split(' ').includes('accents_lost')) return [];
        const text = readFileSync(join(root, 'one', 'deliveries', path), 'utf8');
        const rows = JSON.parse(text) as readonly { apprenant: { nomUsuel: string } }[];
        return [rows[Number(position) - 1]?.apprenant.nomUsuel ?? 'told of nobody'];
      });
    });
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name !== name.toUpperCase())).toEqual([]);
  });

  it('repeats a row next to itself, whoever sends but a school register', () => {
    const repeated = readdirSync(join(root, 'one', 'truth', 'rows')).flatMap((part) => {
      const paths = new Map(table('files', part).map(({ file, path = '' }) => [file, path]));
      return table('rows', part).flatMap(({ file, position, person, failures = '' }) =>
        failures.split(' ').includes('row_repeated')
          ? [{ part, path: paths.get(file) ?? '', position: Number(position), person }]
          : [],
      );
    });
    const senders = new Set(repeated.map(({ path }) => path.split('/')[0]));
    expect(senders).toContain('examens');
    expect(senders).toContain('cfa');
    expect(senders).not.toContain('education-nationale');
    const places = new Set(repeated.map(({ path, position, person }) => `${path} ${position} ${person}`));
    const alone = repeated.filter(
      ({ path, position, person }) =>
        !places.has(`${path} ${position - 1} ${person}`) && !places.has(`${path} ${position + 1} ${person}`),
    );
    expect(alone).toEqual([]);
  });

  it('is told of the rows that it touched', () => {
    const told = table('rows').flatMap(({ failures = '' }) => failures.split(' '));
    const counted = rows().get('mojibake')?.hits ?? 0;
    expect(counted).toBeGreaterThan(0);
    // A row of FREGATA stands in the files of both years: its failures are told with each, counted for each.
    expect(told.filter((mode) => mode === 'mojibake').length).toBeGreaterThan(0.5 * counted);
  });
});
