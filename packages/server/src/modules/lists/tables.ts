/**
 * Numbers, places and entries of the lists. Schema `lists` of the campaign's DuckDB; written by this module only.
 */
export const LISTS_TABLES = {
  /** The SIEI number of every person of the campaign, listed or not. */
  numbers: `
    person_id VARCHAR NOT NULL,
    siei VARCHAR NOT NULL`,
  /** Numbers that were merged into an older one: what a partner still holds, and what to read instead. */
  number_aliases: `
    siei VARCHAR NOT NULL,
    current_siei VARCHAR NOT NULL`,
  /** Recognition keys that several persons of the campaign hold, a row a holder, for the campaign that follows. */
  shared_keys: `
    person_id VARCHAR NOT NULL,
    key UUID NOT NULL`,
  /** What names each death of the campaign in the file of decisions, and in every file that tells it. */
  death_codes: `
    death_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL`,
  /** Where a person is listed; one row a person who is listed, or to follow in a CFA. Kept for the campaign that follows. */
  places: `
    person_id VARCHAR NOT NULL,
    department VARCHAR NOT NULL,        -- list code: 01 … 95, 2A, 2B, 971 …, 99, XX
    from_school BOOLEAN NOT NULL        -- told by the last school, for want of an address`,
  /** How to reach those persons. Each part comes whole from one record, the most recent that has it. */
  contacts: `
    person_id VARCHAR NOT NULL,
    address STRUCT("lines" VARCHAR[], postal_code VARCHAR, commune VARCHAR, commune_name VARCHAR, country VARCHAR),
    phones VARCHAR[] NOT NULL,
    email VARCHAR,
    representatives STRUCT(family_name VARCHAR, first_name VARCHAR, relation VARCHAR, phone VARCHAR, email VARCHAR)[] NOT NULL`,
  /** One row a listed person, with all that the lists tell; of those alone whose entry is not taken over (ADR 0024). */
  entries: `
    department VARCHAR NOT NULL,
    place INTEGER NOT NULL,             -- from 1, in the order of the department's list
    person_id VARCHAR NOT NULL, siei VARCHAR NOT NULL,
    family_name VARCHAR, usage_name VARCHAR, first_names VARCHAR[] NOT NULL,
    sex VARCHAR, birth_date DATE NOT NULL, age INTEGER NOT NULL, minor BOOLEAN NOT NULL,
    address STRUCT("lines" VARCHAR[], postal_code VARCHAR, commune VARCHAR, commune_name VARCHAR, country VARCHAR),
    phones VARCHAR[] NOT NULL, email VARCHAR,
    representatives STRUCT(family_name VARCHAR, first_name VARCHAR, relation VARCHAR, phone VARCHAR, email VARCHAR)[] NOT NULL,
    last_uai VARCHAR, last_mef VARCHAR, last_diploma_code VARCHAR, leads_to INTEGER,
    left_on DATE, reason VARCHAR, mission_locale VARCHAR NOT NULL,
    known_situations VARCHAR[] NOT NULL, flags VARCHAR[] NOT NULL,
    checks STRUCT(code VARCHAR, passed BOOLEAN, evidence VARCHAR[])[] NOT NULL,
    records STRUCT(id VARCHAR, source VARCHAR, file VARCHAR, "position" VARCHAR)[] NOT NULL`,
  /** Listed persons of the previous campaign, under the numbers they bear today. */
  previous_entries: `
    siei VARCHAR NOT NULL,
    department VARCHAR NOT NULL`,
} as const;

export type ListsTable = keyof typeof LISTS_TABLES;

/** Statements that create the schema and these empty tables (all of them by default). */
export function createListsTablesSql(names: readonly ListsTable[] = LISTS_TABLE_NAMES): string {
  const tables = names.map((name) => `CREATE TABLE IF NOT EXISTS lists.${name} (${LISTS_TABLES[name]}\n);`);
  return ['CREATE SCHEMA IF NOT EXISTS lists;', ...tables].join('\n');
}

const LISTS_TABLE_NAMES = Object.keys(LISTS_TABLES) as ListsTable[];
