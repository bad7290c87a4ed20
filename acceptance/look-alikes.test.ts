import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../packages/server/src/platform/duckdb/database.ts';
import { printed, raccroche } from './command-line.ts';

/**
 * The invented region of `npm start`, whose truth is known: what the second stage of linkage joins, and what it leaves.
 * It joins 192 times and leaves 12 people in two parts, for faults that it must not see through alone: names swapped, two
 * INE for one person, 1 January for an unknown date. The bounds are a little looser than what is reached (212 found of 241,
 * 50 wrongly listed, 2 twice).
 */
const Demo = z.object({
  persons: z.number(),
  lookAlikes: z.number().nullable(),
  truth: z.object({ found: z.number(), wronglyListed: z.number(), listedTwice: z.number() }),
});
const TruthFiles = z.array(z.object({ file: z.string(), path: z.string() }));
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

/** Whose each row is, by path and position. */
function readTruth(): ReadonlyMap<string, string> {
  const table = (name: string, part: string): unknown =>
    parse(readFileSync(join(folder, 'truth', name, part), 'utf8'), { columns: true, delimiter: ';' });
  return new Map(
    readdirSync(join(folder, 'truth', 'rows')).flatMap((part) => {
      const paths = new Map(TruthFiles.parse(table('files', part)).map(({ file, path }) => [file, path]));
      return TruthRows.parse(table('rows', part)).map(({ file, position, person }): [string, string] => [
        `${paths.get(file)} ${position}`,
        person,
      ]);
    }),
  );
}

/** True people by the persons that their rows became part of, and the other way round. */
async function compare(): Promise<{ split: number; mixed: number }> {
  const truth = readTruth();
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
    expect(demo.lookAlikes).toBeGreaterThanOrEqual(170);
    const { split, mixed } = await compare();
    expect(mixed).toBe(0);
    expect(split).toBeLessThanOrEqual(14);
  });

  it('hardly put people on a list who are in training elsewhere, or twice', () => {
    expect(demo.truth.wronglyListed).toBeLessThanOrEqual(54);
    expect(demo.truth.listedTwice).toBeLessThanOrEqual(2);
    expect(demo.truth.found).toBeGreaterThanOrEqual(208);
  });
});
