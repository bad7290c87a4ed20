import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDifference } from './difference.ts';
import { exportLists } from './export-lists.ts';
import { testRuleSet } from './registry/testing/rule-set.ts';
import { openWorld, type World } from './registry/testing/world.ts';
import { sieiOf } from './siei.ts';
import { buildEntries } from './steps.ts';
import { createListsTablesSql } from './tables.ts';

const number = (first: number) => sieiOf([first, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const context = {
  campaign: 'après',
  asOf: '2026-11-15',
  ruleSet: testRuleSet,
  sources: [],
  missingSources: [],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'difference-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A campaign: number of each person, their commune or null when they are not listed, and the checks they fail. */
type People = readonly {
  readonly n: number;
  readonly commune?: string;
  /** Checks not passed, in the order of the rules. */
  readonly fails?: readonly string[];
}[];

async function tell(people: People): Promise<World> {
  const world = await openWorld();
  world.file(1);
  for (const department of ['59', '62'])
    world.row('sources.communes', {
      code: `${department}001`,
      city: `${department}001`,
      department,
      name: department,
    });
  for (const { n, commune, fails = [] } of people) {
    const id = `p${n}`;
    world.person({ person_id: id, listed: commune !== undefined }, [
      { record_id: id, commune: commune ?? null },
    ]);
    world.row('lists.numbers', { person_id: id, siei: number(n) });
    world.checks(
      id,
      fails.map((code) => [code, false]),
    );
  }
  await world.database.run(createListsTablesSql(['numbers', 'number_aliases']));
  await world.save();
  await buildEntries(world.database);
  return world;
}

async function publishPrevious(people: People): Promise<string> {
  const world = await tell(people);
  const out = join(folder, 'avant');
  await exportLists(world.database, {
    folder: out,
    campaign: 'avant',
    asOf: '2025-11-15',
    ruleSet: testRuleSet,
    missing: [],
  });
  world.database.close();
  return out;
}

async function difference(previousOut: string, people: People, aliases: readonly [number, number][] = []) {
  const world = await tell(people);
  for (const [old, current] of aliases)
    world.row('lists.number_aliases', { siei: number(old), current_siei: number(current) });
  await world.save();
  const path = join(folder, 'difference.json');
  try {
    const counts = await writeDifference(world.database, { path, previousOut, context });
    return { counts, told: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> };
  } finally {
    world.database.close();
  }
}

describe('difference with the previous campaign', () => {
  test('new, still there, gone by a check, gone from the files, moved', async () => {
    const previousOut = await publishPrevious([
      { n: 1, commune: '59001' },
      { n: 2, commune: '59001' },
      { n: 3, commune: '59001' },
      { n: 4, commune: '62001' },
      { n: 6 },
    ]);
    const { counts, told } = await difference(previousOut, [
      { n: 1, commune: '59001' },
      { n: 2, commune: '62001' },
      {
        n: 3,
        fails: ['enrolled_in_window', 'not_enrolled'],
      },
      { n: 5, commune: '62001' },
      { n: 6, commune: '59001' },
      { n: 7, fails: ['age'] },
    ]);
    expect(counts).toEqual({ nouveaux: 2, maintenus: 1, sortis: 2, transférés: 1 });
    expect(told).toEqual({
      campaign: 'après',
      asOf: '2026-11-15',
      ruleSet: { id: 'siei-2011', version: '1' },
      previous: { campaign: 'avant', asOf: '2025-11-15', ruleSet: { id: 'siei-2011', version: '1' } },
      counts,
      nouveaux: [
        { siei: number(5), department: '62' },
        { siei: number(6), department: '59' },
      ],
      maintenus: [{ siei: number(1), department: '59' }],
      sortis: [
        {
          siei: number(3),
          department: '59',
          check: 'enrolled_in_window',
          label: 'a été en formation depuis la rentrée de l’an dernier',
        },
        { siei: number(4), department: '62', check: null, label: 'plus dans les fichiers' },
      ],
      transférés: [{ siei: number(2), from: '59', to: '62' }],
    });
  });

  test('a number merged since then is followed to its elder', async () => {
    const previousOut = await publishPrevious([
      { n: 1, commune: '59001' },
      { n: 2, commune: '59001' },
    ]);
    const { told } = await difference(previousOut, [{ n: 1, commune: '59001' }], [[2, 1]]);
    expect(told).toMatchObject({
      maintenus: [{ siei: number(1), department: '59' }],
      sortis: [],
      nouveaux: [],
    });
  });

  test('everybody is told once, in order, however many there are', async () => {
    const previousOut = await publishPrevious([{ n: 1, commune: '59001' }]);
    const world = await tell([{ n: 1, commune: '59001' }]);
    const path = join(folder, 'difference.json');
    const many = 40_000;
    try {
      await world.database.run(
        `INSERT INTO lists.listed BY NAME SELECT 'Z' || lpad(i::VARCHAR, 11, '0') AS siei, '59' AS department FROM range(${many}) r(i)`,
      );
      await writeDifference(world.database, { path, previousOut, context });
    } finally {
      world.database.close();
    }
    const { nouveaux, maintenus } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(maintenus).toHaveLength(1);
    expect(nouveaux).toEqual(
      Array.from({ length: many }, (_, i) => ({
        siei: `Z${String(i).padStart(11, '0')}`,
        department: '59',
      })),
    );
  });

  test('a folder without lists is refused', async () => {
    await expect(difference(folder, [])).rejects.toThrow(/ne contient pas de listes/);
  });

  test.each([
    ['cut short', (path: string) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, -40))],
    [
      'short of a line',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/\{"siei".*\n/, '')),
    ],
    [
      'with a miscopied number',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/"siei":"./, '"siei":"9')),
    ],
    ['missing', (path: string) => rmSync(path)],
    ['with a second count', (path: string) => appendFileSync(path, '"count": 9\n')],
  ])('a list %s is refused', async (_, damage) => {
    const previousOut = await publishPrevious([{ n: 1, commune: '59001' }]);
    damage(join(previousOut, 'lists/59/liste-59.json'));
    await expect(difference(previousOut, [])).rejects.toThrow(/est abîmé/);
  });
});
