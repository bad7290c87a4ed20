import { createHash } from 'node:crypto';
import { type Database, openDatabase } from '../../../../platform/duckdb/database.ts';
import { identifier, literal } from '../../../../platform/duckdb/sql.ts';
import { createEligibilityTablesSql } from '../../../eligibility/index.ts';
import { createLinkageTablesSql } from '../../../linkage/index.ts';
import { createSourcesTablesSql } from '../../../sources/index.ts';
import { identifierColumns } from '../../../sources/tables.ts';

type Value = string | number | boolean | null | readonly Value[];
type Row = Readonly<Record<string, Value>>;

/** A check as the tests tell it. */
type CheckSketch = readonly [code: string, passed: boolean, evidence?: readonly string[]];

/** A person as the tests tell them: their row, their records, their checks. */
export interface PersonSketch extends Row {
  readonly person_id: string;
}
export interface RecordSketch extends Row {
  readonly record_id: string;
}

export interface World {
  readonly database: Database;
  file(no: number, row?: Row): void;
  /** The identity of the first record is the person's; `identifiers` are `[type, value]`. */
  person(person: PersonSketch, records: readonly RecordSketch[]): void;
  /** Of a record told before or after, until the next `save`. */
  identifier(recordId: string, type: string, value: string): void;
  /** What was decided of a person, in the order of the rules. */
  checks(personId: string, checks: readonly CheckSketch[]): void;
  row(table: string, row: Row): void;
  /** Inserts what was told so far. */
  save(): Promise<void>;
}

/** An empty campaign database, with builders of rows. Rows are inserted in the order `shuffle` gives them. */
export async function openWorld(
  options: { threads?: number; shuffle?: <T>(rows: T[]) => T[] } = {},
): Promise<World> {
  const database = await openDatabase({ threads: options.threads ?? 1 });
  await database.run(
    [createSourcesTablesSql(), createLinkageTablesSql(), createEligibilityTablesSql()].join('\n'),
  );
  const pending: (readonly [string, Row])[] = [];
  const borne = new Map<string, Readonly<Record<string, string>>>();
  const row = (table: string, values: Row) => {
    pending.push([table, values]);
  };
  return {
    database,
    row,
    file: (no, values = {}) => row('sources.files', { ...fileDefaults(no), ...values }),
    identifier: (recordId, type, value) => {
      borne.set(recordId, { ...borne.get(recordId), [type]: value });
    },
    person(person, records) {
      const { place: _, ...first } = records[0] ?? { record_id: person.person_id };
      row('eligibility.persons', { ...personDefaults, ...identityOf(first), ...person });
      for (const record of records) {
        row('sources.records', { ...recordDefaults, position: record.record_id, ...record });
        row('linkage.memberships', { record_id: record.record_id, person_id: person.person_id });
      }
    },
    checks: (person_id, checks) =>
      row('eligibility.assessments', {
        person_id,
        codes: checks.map(([code]) => code),
        passed: checks.map(([, passed]) => passed),
        evidence: checks.map(([, , evidence = []]) => evidence),
      }),
    async save() {
      const rows = options.shuffle ? options.shuffle(pending.splice(0)) : pending.splice(0);
      for (const [table, values] of rows) await database.run(insertSql(table, values));
      for (const [recordId, identifiers] of borne) await database.run(bearSql(recordId, identifiers));
      borne.clear();
    },
  };
}

const IDENTITY = [
  'family_name',
  'usage_name',
  'first_name1',
  'first_name2',
  'first_name3',
  'sex',
  'birth_date',
];

function identityOf(record: Row): Row {
  return Object.fromEntries(
    IDENTITY.filter((name) => record[name] !== undefined).map((name) => [name, record[name] ?? null]),
  );
}

const recordDefaults: Row = {
  file_no: 1,
  ordinal: 1,
  source: 'INTERCHANGE',
  source_rank: 5,
  row_kind: 'inscriptions',
  family_name: 'Martin',
  first_name1: 'Léa',
  birth_date: '2008-03-01',
};

const personDefaults: Row = {
  family_name: 'Martin',
  first_name1: 'Léa',
  birth_date: '2008-03-01',
  age: 17,
  state: 'not_enrolled',
  to_follow: false,
  cycle: 'second',
  mission_locale: 'unknown',
  known_situations: [],
  flags: [],
  listed: true,
};

function fileDefaults(no: number): Row {
  const sha256 = createHash('sha256').update(String(no)).digest('hex');
  return {
    file_no: no,
    delivery_id: sha256.slice(0, 12),
    path: `fichier-${no}.csv`,
    sha256,
    bytes: 100,
    kind: 'interchange-inscriptions',
    source: 'INTERCHANGE',
    families: ['school'],
    rejected: false,
    row_count: 1,
    record_count: 1,
    reject_count: 0,
    removed_under16: 0,
    out_of_scope: 0,
    warning_count: 0,
    dated: false,
  };
}

function insertSql(table: string, row: Row): string {
  const names = Object.keys(row).map(identifier).join(', ');
  return `INSERT INTO ${table} (${names}) VALUES (${Object.values(row).map(sqlOf).join(', ')})`;
}

function bearSql(recordId: string, identifiers: Readonly<Record<string, string>>): string {
  const columns = Object.entries(identifierColumns(identifiers));
  const told = columns.map(([name, value]) => `${name} = ${sqlOf(value)}`);
  return `UPDATE sources.records SET ${told.join(', ')} WHERE record_id = ${literal(recordId)}`;
}

function sqlOf(value: Value): string {
  if (typeof value === 'string') return literal(value);
  if (value === null || typeof value !== 'object') return String(value);
  return `[${value.map(sqlOf).join(', ')}]`;
}
