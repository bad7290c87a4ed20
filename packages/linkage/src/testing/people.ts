import type { LinkRule, LitigeReason } from '../exact/spec.ts';
import { linkExact } from '../index.ts';
import { type MemoryDatabase, quoted } from './memory-database.ts';

/** A record of a test. What is left out is unknown; `recent` is then false. */
export interface TestRecord {
  readonly id: string;
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
  readonly firstName?: string | null;
  readonly birthDate?: string | null;
  readonly place?: string | null;
  readonly recent?: boolean;
  readonly exclusivePlaces?: readonly string[];
}

export interface LinkedRow {
  readonly record_id_l: string;
  readonly record_id_r: string;
  readonly rule: LinkRule;
  readonly identifier_type: string | null;
}

export interface LitigeRow {
  readonly reason: LitigeReason;
  readonly person_id_l: string;
  readonly person_id_r: string | null;
  readonly record_ids: readonly string[];
}

/** The three output tables, in the order in which they were written. */
export interface Linked {
  readonly memberships: readonly { readonly record_id: string; readonly person_id: string }[];
  readonly links: readonly LinkedRow[];
  readonly litiges: readonly LitigeRow[];
}

export const TEST_SPEC = {
  input: {
    records: 'people.records',
    identifiers: 'people.identifiers',
    names: 'people.names',
    exclusivePlaces: 'people.exclusive_places',
  },
  output: { memberships: 'found.memberships', links: 'found.links', litiges: 'found.litiges' },
  workPrefix: 'found.exact_',
} as const;

const INPUT_COLUMNS = {
  records: 'record_id VARCHAR, first_name VARCHAR, birth_date DATE, place VARCHAR, recent BOOLEAN',
  identifiers: 'record_id VARCHAR, type VARCHAR, value VARCHAR',
  names: 'record_id VARCHAR, name VARCHAR',
  exclusive_places: 'record_id VARCHAR, place VARCHAR',
} as const;

async function fill(
  database: MemoryDatabase,
  table: keyof typeof INPUT_COLUMNS,
  rows: readonly string[],
): Promise<void> {
  await database.run(`CREATE OR REPLACE TABLE people.${table} (${INPUT_COLUMNS[table]})`);
  if (rows.length > 0) await database.run(`INSERT INTO people.${table} VALUES ${rows.join(', ')}`);
}

export async function loadPeople(database: MemoryDatabase, records: readonly TestRecord[]): Promise<void> {
  await database.run('CREATE SCHEMA IF NOT EXISTS people; CREATE SCHEMA IF NOT EXISTS found');
  const tuple = (...texts: readonly (string | null)[]) => `(${texts.map(quoted).join(', ')})`;
  await fill(
    database,
    'records',
    records.map((r) =>
      tuple(r.id, r.firstName ?? null, r.birthDate ?? null, r.place ?? null, String(r.recent ?? false)),
    ),
  );
  await fill(
    database,
    'identifiers',
    records.flatMap((r) =>
      Object.entries(r.identifiers ?? {}).map(([type, value]) => tuple(r.id, type, value)),
    ),
  );
  await fill(
    database,
    'names',
    records.flatMap((r) => (r.names ?? []).map((name) => tuple(r.id, name))),
  );
  await fill(
    database,
    'exclusive_places',
    records.flatMap((r) => (r.exclusivePlaces ?? []).map((place) => tuple(r.id, place))),
  );
}

/** Loads the records, links them and reads what came out. */
export async function linkPeople(database: MemoryDatabase, records: readonly TestRecord[]): Promise<Linked> {
  await loadPeople(database, records);
  await linkExact(database, TEST_SPEC);
  const read = async (table: string) => database.all(`SELECT * FROM found.${table}`) as Promise<unknown>;
  return {
    memberships: (await read('memberships')) as Linked['memberships'],
    links: (await read('links')) as Linked['links'],
    litiges: (await read('litiges')) as Linked['litiges'],
  };
}

/** Records of each person, as sorted lists of ids: `[['a', 'b'], ['c']]`. */
export function personsOf(linked: Linked): string[][] {
  const persons = new Map<string, string[]>();
  for (const { record_id, person_id } of linked.memberships) {
    persons.set(person_id, [...(persons.get(person_id) ?? []), record_id]);
  }
  return [...persons.values()].map((ids) => ids.sort()).sort();
}
