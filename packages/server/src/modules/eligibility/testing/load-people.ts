import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { createLinkageTablesSql } from '../../linkage/tables.ts';
import { createSourcesTablesSql, identifierColumns } from '../../sources/tables.ts';
import type { PersonFacts, RecordFact } from '../person/facts.ts';

type Value = string | number | boolean | null;
type Row = Readonly<Record<string, Value>>;

/** For tests: fills `sources.*` and `linkage.*` with people, in the order given. */
export async function loadPeople(database: Database, people: readonly PersonFacts[]): Promise<void> {
  await database.run(createSourcesTablesSql());
  await database.run(createLinkageTablesSql());
  const insert = (table: string, rows: readonly Row[]) => insertRows(database, table, rows);
  const records = people.flatMap((person) => person.records);
  await insert('sources.records', records.map(recordRow));
  await insert(
    'sources.spells',
    people.flatMap(({ spells }) => spells.map(snakeCase)),
  );
  await insert(
    'sources.contracts',
    people.flatMap(({ contracts }) => contracts.map(snakeCase)),
  );
  await insert(
    'sources.awards',
    people.flatMap(({ awards }) => awards.map(snakeCase)),
  );
  await insert(
    'sources.accompaniments',
    people.flatMap(({ accompaniments }) => accompaniments.map(snakeCase)),
  );
  await insert('linkage.memberships', people.flatMap(membershipRows));
  await insert('linkage.litiges', [...litigeRows(people), ...doubtedRows(people)]);
  await insert('linkage.deaths', people.flatMap(deathRows));
}

async function insertRows(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  const CHUNK_ROWS = 1000;
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.slice(start, start + CHUNK_ROWS);
    const columns = Object.keys(chunk[0] ?? {});
    const values = chunk.map(
      (row) => `(${columns.map((column) => valueSql(row[column] ?? null)).join(', ')})`,
    );
    await database.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`);
  }
}

function valueSql(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? literal(value) : String(value);
}

function snakeCase(row: object): Row {
  const entries = Object.entries(row) as [string, Value][];
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

function recordRow(record: RecordFact): Row {
  const { hasIne: _told, ...columns } = record;
  return {
    ...snakeCase(columns),
    ...identifiersOf(record),
    file_no: 1,
    ordinal: 1,
    position: '1',
    row_kind: 'inscriptions',
  };
}

/** An INE of some generation, or an INA, which is none. */
function identifiersOf({ recordId, hasIne, sourceRank }: RecordFact): Row {
  const generations = ['ine_rnie', 'ine_bea', 'ine_apprenti'];
  const type = hasIne ? (generations[sourceRank % 3] ?? 'ine_rnie') : 'ina';
  return { ...identifierColumns({ [type]: `${type}-${recordId}` }) };
}

function membershipRows({ personId, records }: PersonFacts): Row[] {
  return records.map(({ recordId }) => ({ record_id: recordId, person_id: personId }));
}

/** People in a litige, as the left or the right person of one. */
function litigeRows(people: readonly PersonFacts[]): Row[] {
  const contested = people.filter(({ litige }) => litige).map(({ personId }) => personId);
  const rows: Row[] = [];
  for (let index = 0; index < contested.length; index += 2)
    rows.push({
      reason: 'two_identifiers',
      person_id_l: contested[index] ?? null,
      person_id_r: contested[index + 1] ?? null,
      record_ids: '[]',
    });
  return rows;
}

/** People of whom a death has to be checked: one person, the other side being the death. */
function doubtedRows(people: readonly PersonFacts[]): Row[] {
  return people
    .filter(({ deathToCheck }) => deathToCheck)
    .map(({ personId }) => ({
      reason: 'death',
      person_id_l: personId,
      person_id_r: null,
      record_ids: '[]',
    }));
}

function deathRows({ personId, records, linkedDeaths }: PersonFacts): Row[] {
  return linkedDeaths.map((death) => ({
    person_id: personId,
    record_id: records[0]?.recordId ?? personId,
    death_id: death,
    died_on: '2026-10-01',
    rule: 'same_name_birth',
  }));
}
