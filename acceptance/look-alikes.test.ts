import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { printed, raccroche } from './command-line.ts';

/**
 * The invented region of `npm start`, whose truth is known: what the second stage of linkage joins, and what it leaves.
 * The first stage alone leaves 56 of these people in two parts; the bounds are looser than what is reached (3 and 36).
 */
const Demo = z.object({
  persons: z.number(),
  lookAlikes: z.number().nullable(),
  truth: z.object({
    found: z.number(),
    wronglyListed: z.number(),
    listedTwice: z.number(),
    deaths: z.object({
      listedWithoutFile: z.number(),
      listed: z.number(),
      listedToCheck: z.number(),
      wronglyRemoved: z.number(),
    }),
  }),
});
const TruthRows = z.array(z.object({ file: z.string(), position: z.string(), person: z.string() }));

let folder: string;
let database: Database;
let demo: z.infer<typeof Demo>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'look-alikes-'));
  demo = printed(Demo, raccroche('demo', '--out', folder, '--json'));
  database = await openDatabase();
  const data = (name: string) => `read_parquet('${join(folder, 'campagne', 'data', `${name}.parquet`)}')`;
  await database.run(`CREATE TABLE linked AS SELECT path, position, person_id FROM ${data('records')}
    JOIN ${data('files')} USING (file_no) JOIN ${data('memberships')} USING (record_id)`);
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** True people by the persons that their rows became part of, and the other way round. */
async function compare(): Promise<{ split: number; mixed: number }> {
  const text = readFileSync(join(folder, 'truth', 'rows.csv'), 'utf8');
  const rows = TruthRows.parse(parse(text, { columns: true, delimiter: ';' }));
  const truth = new Map(rows.map(({ file, position, person }) => [`${file} ${position}`, person]));
  const personsOf = new Map<string, Set<string>>();
  const peopleOf = new Map<string, Set<string>>();
  for (const row of await database.all('FROM linked')) {
    const person = truth.get(`${String(row.path)} ${String(row.position)}`);
    if (person === undefined) throw new Error('a record has no truth');
    const linked = String(row.person_id);
    personsOf.set(person, (personsOf.get(person) ?? new Set()).add(linked));
    peopleOf.set(linked, (peopleOf.get(linked) ?? new Set()).add(person));
  }
  const several = (sets: ReadonlyMap<string, ReadonlySet<string>>) =>
    [...sets.values()].filter(({ size }) => size > 1).length;
  return { split: several(personsOf), mixed: several(peopleOf) };
}

describe('look-alikes in the invented region', () => {
  it('are joined, and nobody is taken for another', async () => {
    expect(demo.lookAlikes).toBeGreaterThanOrEqual(45);
    const { split, mixed } = await compare();
    expect(mixed).toBe(0);
    expect(split).toBeLessThanOrEqual(8);
  });

  it('no longer put people on a list who are in training elsewhere, nor twice', () => {
    expect(demo.truth.wronglyListed).toBeLessThanOrEqual(42);
    expect(demo.truth.listedTwice).toBe(0);
    expect(demo.truth.found).toBeGreaterThanOrEqual(282);
  });

  it('nobody truly dead is left on a list with a way to reach them, and nobody living is taken off', () => {
    const { listedWithoutFile, listed, listedToCheck, wronglyRemoved } = demo.truth.deaths;
    expect(listedWithoutFile).toBeGreaterThanOrEqual(4);
    expect(listed).toBe(listedToCheck);
    expect(listed).toBeLessThan(listedWithoutFile);
    expect(wronglyRemoved).toBe(0);
  });
});
