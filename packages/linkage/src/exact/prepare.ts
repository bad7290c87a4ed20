import { normalizedNameSql } from '../normalize-name.ts';
import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * From the caller's tables to narrow ones: records become dense numbers in the order of their ids
 * (so that the smallest number is the smallest record_id), names and first names get one spelling.
 */
export function prepareSteps(tables: ExactTables): readonly LinkageStep[] {
  const { work } = tables;
  return [
    {
      name: 'number_records',
      reads: [tables.records],
      writes: [work.nodes],
      sql: `CREATE OR REPLACE TABLE ${work.nodes} AS
        ${tables.spelled ? numberedSql(tables.records) : spelledRecordsSql(tables.records)}`,
    },
    {
      name: 'spell_names',
      reads: [tables.names, work.nodes],
      writes: [work.names],
      sql: `CREATE OR REPLACE TABLE ${work.names} AS
        ${tables.spelled ? '' : spellingsSql(tables.names)}
        SELECT DISTINCT n.id, s.name
        FROM ${tables.spelled ? tables.names : 'numbered'} s JOIN ${work.nodes} n ON n.record_id = s.record_id
        WHERE s.name IS NOT NULL`,
    },
    {
      name: 'number_identifiers',
      reads: [tables.identifiers, work.nodes],
      writes: [work.identifiers],
      sql: `CREATE OR REPLACE TABLE ${work.identifiers} AS
        SELECT DISTINCT n.id, i.type, i.value, n.recent
        FROM ${tables.identifiers} i JOIN ${work.nodes} n ON n.record_id = i.record_id
        WHERE i.value <> ''`,
    },
    {
      name: 'number_exclusive_places',
      reads: [tables.exclusivePlaces, work.nodes],
      writes: [work.exclusives],
      sql: `CREATE OR REPLACE TABLE ${work.exclusives} AS
        SELECT DISTINCT n.id, e.place
        FROM ${tables.exclusivePlaces} e JOIN ${work.nodes} n ON n.record_id = e.record_id
        WHERE e.place <> ''`,
    },
  ];
}

/** Numbered as they come, once sorted: half the work of a window over whole records. */
function numberedSql(records: string): string {
  return `SELECT (row_number() OVER ())::INTEGER AS id, record_id, first_name, birth_date,
            nullif(place, '') AS place, coalesce(recent, false) AS recent
          FROM (FROM ${records} ORDER BY record_id)`;
}

/** Each first name is spelled once: people share them. */
function spelledRecordsSql(records: string): string {
  return `WITH numbered AS MATERIALIZED (${numberedSql(records)}),
        spelled AS (
          SELECT text, ${normalizedNameSql('text')} AS first_name FROM (SELECT DISTINCT first_name AS text FROM numbered))
        SELECT n.* REPLACE (s.first_name AS first_name) FROM numbered n LEFT JOIN spelled s ON s.text = n.first_name`;
}

/** Common table expressions that end in `numbered`: names of records by the number of their spelling, each of which is told once. */
function spellingsSql(names: string): string {
  return `WITH texts AS (SELECT DISTINCT name AS text FROM ${names}),
        spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts),
        -- Without a number, not left out: the engine would look for what spells nothing in all records, and spell each.
        spellings AS (
          SELECT text, CASE WHEN name IS NOT NULL THEN (dense_rank() OVER (ORDER BY name))::INTEGER END AS name FROM spelled),
        numbered AS (SELECT s.record_id, p.name FROM ${names} s JOIN spellings p ON p.text = s.name)`;
}

/** Queries that count what breaks the promises of the input, with what to say then. All must count 0. */
export function inputChecks(
  tables: ExactTables,
): readonly { readonly sql: string; readonly message: string }[] {
  const { nodes, identifiers } = tables.work;
  return [
    {
      sql: `SELECT count(*) AS n FROM ${nodes} WHERE record_id IS NULL`,
      message: 'records without a record_id',
    },
    {
      sql: `SELECT count(*) AS n FROM ${nodes} a JOIN ${nodes} b ON b.id = a.id + 1 AND b.record_id = a.record_id`,
      message: 'record_id given more than once',
    },
    {
      sql: `SELECT count(*) AS n FROM (
        SELECT id FROM ${identifiers} GROUP BY id, type HAVING count(*) > 1)`,
      message: 'records with two identifiers of one type',
    },
  ];
}
