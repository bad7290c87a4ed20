import type { LinkRule, LitigeReason } from '../exact/spec.ts';
import { linkExact } from '../index.ts';
import { normalizedNameSql } from '../normalize-name.ts';
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
  return readLinked(database);
}

/** The same by way of numbers: records, names and first names are numbered beforehand, and what comes out is told by ids again. */
export async function linkNumberedPeople(
  database: MemoryDatabase,
  records: readonly TestRecord[],
): Promise<Linked> {
  await loadPeople(database, records);
  await database.run(NUMBERED_SQL);
  await linkExact(database, {
    ...TEST_SPEC,
    input: {
      records: 'numbered.records',
      identifiers: 'numbered.identifiers',
      names: 'numbered.names',
      exclusivePlaces: 'numbered.exclusive_places',
      spellings: 'numbered.spellings',
    },
    output: { memberships: 'numbered.memberships', links: 'numbered.links', litiges: 'numbered.litiges' },
  });
  const ids = await database.all('SELECT record_id FROM numbered.ids ORDER BY number');
  const idOf = (number: unknown) => String(ids[Number(number) - 1]?.record_id);
  const { memberships, links, litiges } = await readLinked(database, 'numbered');
  return {
    memberships: memberships.map((row) => ({
      record_id: idOf(row.record_id),
      person_id: idOf(row.person_id),
    })),
    links: links.map((row) => ({
      ...row,
      record_id_l: idOf(row.record_id_l),
      record_id_r: idOf(row.record_id_r),
    })),
    litiges: litiges.map((row) => ({
      ...row,
      person_id_l: idOf(row.person_id_l),
      person_id_r: row.person_id_r === null ? null : idOf(row.person_id_r),
      record_ids: row.record_ids.map(idOf),
    })),
  };
}

const NUMBERED_SQL = `CREATE SCHEMA IF NOT EXISTS numbered;
  CREATE OR REPLACE TABLE numbered.ids AS
  SELECT (row_number() OVER (ORDER BY record_id))::INTEGER AS number, record_id FROM people.records;
  CREATE OR REPLACE TABLE numbered.texts AS
  SELECT text, name, (dense_rank() OVER (ORDER BY name))::INTEGER AS spelling FROM (
    SELECT text, ${normalizedNameSql('text')} AS name
    FROM (SELECT name AS text FROM people.names UNION SELECT first_name FROM people.records)) WHERE name IS NOT NULL;
  CREATE OR REPLACE TABLE numbered.spellings AS SELECT DISTINCT spelling, name FROM numbered.texts;
  CREATE OR REPLACE TABLE numbered.records AS
  SELECT number AS record_id, t.spelling AS first_name, birth_date, nullif(place, '') AS place, coalesce(recent, false) AS recent
  FROM people.records JOIN numbered.ids USING (record_id) LEFT JOIN numbered.texts t ON t.text = first_name;
  CREATE OR REPLACE TABLE numbered.names AS
  SELECT DISTINCT number AS record_id, t.spelling AS name
  FROM people.names n JOIN numbered.ids USING (record_id) JOIN numbered.texts t ON t.text = n.name;
  CREATE OR REPLACE TABLE numbered.identifiers AS
  SELECT number AS record_id, type, value, coalesce(recent, false) AS recent
  FROM people.identifiers JOIN numbered.ids USING (record_id) JOIN people.records USING (record_id) WHERE value <> '';
  CREATE OR REPLACE TABLE numbered.exclusive_places AS
  SELECT number AS record_id, place FROM people.exclusive_places JOIN numbered.ids USING (record_id)`;

async function readLinked(database: MemoryDatabase, schema = 'found'): Promise<Linked> {
  const read = async (table: string) => database.all(`SELECT * FROM ${schema}.${table}`) as Promise<unknown>;
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
