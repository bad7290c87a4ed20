import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { createSourcesTablesSql, identifierColumns, type SourcesTable } from '../../sources/tables.ts';

type Value = string | number | boolean | null;
type Row = Readonly<Record<string, Value>>;

/** A spell or contract: what is left out has the value that makes it count. */
export type SpellChanges = Readonly<
  Partial<{
    status: string;
    uai: string | null;
    first_day: string;
    last_day: string;
    not_in_class: boolean;
    enrolment: boolean;
  }>
>;
export type ContractChanges = Readonly<
  Partial<{ started_on: string; planned_end: string | null; broken_on: string | null }>
>;

/** A record as it lies in `sources`; what is left out is DURAND MARIE born on 2008-03-14 in Bordeaux. */
export interface SourceRecord {
  readonly id: string;
  readonly family?: string | null;
  readonly usage?: string | null;
  readonly first?: string | null;
  readonly second?: string | null;
  readonly sex?: string | null;
  readonly birthDate?: string;
  readonly commune?: string | null;
  readonly country?: string | null;
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly spells?: readonly SpellChanges[];
  readonly contracts?: readonly ContractChanges[];
}

const COMMUNES: readonly Row[] = [
  { code: '33063', city: '33063', department: '33', name: 'Bordeaux' },
  { code: '64445', city: '64445', department: '64', name: 'Pau' },
  { code: '75056', city: '75056', department: '75', name: 'Paris' },
  { code: '75101', city: '75056', department: '75', name: 'Paris 1er' },
  { code: '75120', city: '75056', department: '75', name: 'Paris 20e' },
  { code: '69123', city: '69123', department: '69', name: 'Lyon' },
  { code: '69381', city: '69123', department: '69', name: 'Lyon 1er' },
  { code: '13055', city: '13055', department: '13', name: 'Marseille' },
  { code: '13216', city: '13055', department: '13', name: 'Marseille 16e' },
];

async function insert(database: Database, table: SourcesTable, rows: readonly Row[]): Promise<void> {
  const valueSql = (value: Value) => (typeof value === 'string' ? literal(value) : String(value));
  for (const row of rows) {
    const values = Object.values(row).map(valueSql).join(', ');
    await database.run(`INSERT INTO sources.${table} (${Object.keys(row).join(', ')}) VALUES (${values})`);
  }
}

function recordRow(record: SourceRecord, index: number): Row {
  return {
    record_id: record.id,
    file_no: 1,
    ordinal: index + 1,
    position: String(index + 1),
    source: 'INTERCHANGE',
    source_rank: 5,
    row_kind: 'inscriptions',
    ...identifierColumns(record.identifiers ?? {}),
    family_name: record.family === undefined ? 'DURAND' : record.family,
    usage_name: record.usage ?? null,
    first_name1: record.first === undefined ? 'MARIE' : record.first,
    first_name2: record.second ?? null,
    sex: record.sex ?? null,
    birth_date: record.birthDate ?? '2008-03-14',
    birth_commune: record.commune === undefined ? '33063' : record.commune,
    birth_country: record.country === undefined ? '99100' : record.country,
  };
}

/** Empties `sources` and writes the records with their identifiers, spells and contracts. */
export async function loadSources(database: Database, records: readonly SourceRecord[]): Promise<void> {
  await database.run(`DROP SCHEMA IF EXISTS sources CASCADE; ${createSourcesTablesSql()}`);
  await insert(database, 'communes', COMMUNES);
  await insert(database, 'records', records.map(recordRow));
  for (const { id, spells = [], contracts = [] } of records) {
    await insert(
      database,
      'spells',
      spells.map((changes, index) => ({
        record_id: id,
        spell_no: index + 1,
        uai: '0330001A',
        status: 'scolaire',
        first_day: '2026-09-01',
        last_day: '2027-08-31',
        implicit_end: true,
        not_in_class: false,
        enrolment: true,
        abandon_undated: false,
        ...changes,
      })),
    );
    await insert(
      database,
      'contracts',
      contracts.map((changes, index) => ({
        record_id: id,
        contract_no: index + 1,
        started_on: '2026-09-01',
        planned_end: '2027-08-31',
        broken_on: null,
        ...changes,
      })),
    );
  }
}

/** A death as it lies in `sources`; what is left out is DURAND MARIE born on 2008-03-14 in Bordeaux, dead before the tests' day. */
export interface SourceDeath {
  readonly id: string;
  readonly family?: string;
  /** All first names, separated by blanks. */
  readonly first?: string;
  readonly sex?: string;
  readonly birthDate?: string;
  readonly commune?: string | null;
  readonly diedOn?: string;
}

/** Adds deaths to `sources`. */
export async function loadDeaths(database: Database, deaths: readonly SourceDeath[]): Promise<void> {
  const rows = deaths.map((death, index) => {
    const commune = death.commune === undefined ? '33063' : death.commune;
    return {
      death_id: death.id,
      file_no: 3,
      ordinal: index + 1,
      position: String(index + 1),
      family_name: death.family ?? 'DURAND',
      first_names: death.first ?? 'MARIE',
      sex: death.sex ?? 'F',
      birth_date: death.birthDate ?? '2008-03-14',
      birth_commune: commune,
      birth_country: commune === null ? null : '99100',
      died_on: death.diedOn ?? '2026-06-01',
    };
  });
  await insert(database, 'deaths', rows);
}
