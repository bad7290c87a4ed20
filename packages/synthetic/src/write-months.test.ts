import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFrance } from './write-france.ts';
import { writeMonths } from './write-months.ts';

const OPTIONS = {
  seed: 3,
  people: 2500,
  departments: ['29', '59', '62'],
  senders: 'establishments',
  faults: 'named',
} as const;
const FROM = '2025-06-15';
const MONTHS = ['2025-06-15', '2025-07-15', '2025-08-15', '2025-09-15', '2025-10-15', '2025-11-15'];

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'months-'));
  await writeMonths({ ...OPTIONS, from: FROM, months: MONTHS.length, threads: 1, out: join(root, 'one') });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Hash of each file of a folder, by its way in it. */
function hashesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** Lines of a table of the truth of a month, all parts together, without the header. */
function lines(month: string, table: string): string[][] {
  const folder = join(root, 'one', month, 'truth', table);
  return readdirSync(folder).flatMap((part) =>
    readFileSync(join(folder, part), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';')),
  );
}

const pairs = MONTHS.slice(1).map((month, rank) => [MONTHS[rank] ?? '', month] as const);

describe('the months of one country', () => {
  it('are the same bytes, with one thread or two', async () => {
    const again = { ...OPTIONS, from: FROM, months: 2, threads: 2 };
    await writeMonths({ ...again, out: join(root, 'two') });
    await writeMonths({ ...again, threads: 1, out: join(root, 'three') });
    expect(hashesOf(join(root, 'two'))).toEqual(hashesOf(join(root, 'three')));
  });

  it.each(pairs)('%s and %s have the same people', (one, other) => {
    // Who they are, from the group of the name on; where they live may change.
    const people = (month: string) =>
      lines(month, 'people').map((fields) => [fields[0], ...fields.slice(8, 18)]);
    expect(people(other)).toEqual(people(one));
  });

  it.each(pairs)('%s and %s tell the same of what had happened by the first', (one, other) => {
    const past = (month: string) =>
      lines(month, 'spells')
        .filter(([, , first = '']) => first <= one)
        .map(([person, what, first, last = '', where, code, detail]) => {
          // What had not ended by then says nothing yet of its end: a contract its planned one, a status its last.
          const ended = last !== '' && last <= one;
          const settled = what === 'contract' || what === 'accompaniment' ? ended : true;
          return [person, what, first, ended ? last : '', where, code, settled ? detail : ''];
        });
    expect(past(other)).toEqual(past(one));
    expect(lines(other, 'spells').length).toBeGreaterThanOrEqual(lines(one, 'spells').length);
  });

  it.each(pairs)('%s and %s have the same dead, up to the first', (one, other) => {
    expect(lines(other, 'deaths').filter((fields) => (fields[8] ?? '') <= one)).toEqual(lines(one, 'deaths'));
  });

  it('have drop-outs that go on or end, and do not begin otherwise', () => {
    const [one = '', other = ''] = [MONTHS[2], MONTHS[5]];
    const begun = (month: string) =>
      lines(month, 'drop-outs').map(([person, rules, left, since]) => [person, rules, left, since].join(' '));
    const later = lines(other, 'drop-outs').filter(([, , , since = '']) => since <= one);
    expect(later.map((fields) => fields.slice(0, 4).join(' '))).toEqual(begun(one));
    expect(begun(other).length).toBeGreaterThan(begun(one).length);
  });

  it('say the truth of each date as a country whose lives end later says it', () => {
    const due = lines('2025-11-15', 'people')
      .filter((fields) => fields[5] === '1')
      .map(([person]) => person);
    const on = lines('2025-11-15', 'drop-outs').filter(
      ([, rules, , , until]) => rules === 'siei-2011' && until === '',
    );
    // Whoever was to be listed before the two school years is in no drop-out of theirs.
    expect(on.every(([person]) => due.includes(person))).toBe(true);
    expect(on.length).toBeGreaterThan(0.9 * due.length);
  });
});

describe('what senders send again', () => {
  it.each(pairs)(
    'stands to the byte, date included, when its content has not changed (%s, %s)',
    (one, other) => {
      const [before, after] = [one, other].map((month) => hashesOf(join(root, 'one', month, 'deliveries')));
      const bare = [...(after ?? [])].filter(
        ([path]) => !path.endsWith('.meta.json') && !path.endsWith('.zip'),
      );
      const same = bare.filter(([path, hash]) => before?.get(path) === hash);
      const restamped = same.filter(
        ([path]) => before?.get(`${path}.meta.json`) !== after?.get(`${path}.meta.json`),
      );
      expect(restamped).toEqual([]);
      expect(same.length).toBeGreaterThan(20);
      expect(same.length).toBeLessThan(bare.length);
    },
  );

  it('has another date where its content is another', () => {
    const [one = '', other = ''] = [MONTHS[4], MONTHS[5]];
    const path = 'contrats/lille-contrats-apprentissage.csv.meta.json';
    const date = (month: string) =>
      (
        JSON.parse(readFileSync(join(root, 'one', month, 'deliveries', path), 'utf8')) as Record<
          string,
          string
        >
      ).date_extraction;
    expect(date(other) ?? '').toMatch(/^2025-1[01]-/);
    expect(date(other)).not.toBe(date(one));
  });

  it('loses no death that it had told, and adds those of the month', () => {
    const told = (month: string) =>
      readFileSync(join(root, 'one', month, 'deliveries', 'insee', 'deces-2025.txt'), 'latin1')
        .trimEnd()
        .split('\n');
    const [one, other] = [told('2025-09-15'), told('2025-10-15')];
    const kept = new Set(other);
    // One clerk's swap of day and month is that of the first dead of the file: it can move.
    expect(one.filter((line) => !kept.has(line)).length).toBeLessThanOrEqual(2);
    expect(other.length).toBeGreaterThan(one.length + 50);
  });

  it('tells in the end what it told late', () => {
    const untold = (month: string, mode: string) =>
      lines(month, 'rows').filter(([, , , failures = '']) => failures.split(' ').includes(mode));
    const late = untold('2025-06-15', 'break_untold').map(([, , person]) => person);
    const still = new Set(untold('2025-11-15', 'break_untold').map(([, , person]) => person));
    expect(late.length).toBeGreaterThan(2);
    expect(late.filter((person) => still.has(person)).length).toBeLessThan(late.length);
  });
});

describe('options that are none', () => {
  const base = { ...OPTIONS, threads: 1 };
  it.each([
    ['a date after the day that lives end on', { asOf: '2025-11-16', until: '2025-11-15' }],
    ['a date before the school year before', { asOf: '2024-08-31', until: '2025-11-15' }],
    ['a day that does not exist', { asOf: '2025-11-15', until: '2025-11-31' }],
    ['a month before without lives that go on', { asOf: '2025-11-15', after: '.' }],
    ['a folder that is no month', { asOf: '2025-11-15', until: '2025-12-15', after: 'nowhere' }],
  ])('refuses %s', async (_name, wrong) => {
    await expect(writeFrance({ ...base, ...wrong, out: join(root, 'never') })).rejects.toThrow(RangeError);
  });

  it.each([0, 1.5, 30])('refuses %d months', async (months) => {
    const request = { ...base, from: FROM, months, out: join(root, 'never') };
    await expect(writeMonths(request)).rejects.toThrow(RangeError);
  });
});
