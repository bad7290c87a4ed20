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
        WITH numbered AS MATERIALIZED (
          -- Numbered as they come, once sorted: half the work of a window over whole records.
          SELECT (row_number() OVER ())::INTEGER AS id, record_id, first_name AS text, birth_date,
            nullif(place, '') AS place, coalesce(recent, false) AS recent
          FROM (FROM ${tables.records} ORDER BY record_id)),
        -- Each first name is spelled once: people share them.
        spelled AS (SELECT text, ${normalizedNameSql('text')} AS first_name FROM (SELECT DISTINCT text FROM numbered))
        SELECT n.id, n.record_id, s.first_name, n.birth_date, n.place, n.recent
        FROM numbered n LEFT JOIN spelled s ON s.text = n.text`,
    },
    {
      // Each name is spelled once, and told by the number of its spelling: people share names.
      name: 'spell_names',
      reads: [tables.names, work.nodes],
      writes: [work.names],
      sql: `CREATE OR REPLACE TABLE ${work.names} AS
        WITH texts AS (SELECT DISTINCT name AS text FROM ${tables.names}),
        spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts),
        -- Without a number, not left out: the engine would look for what spells nothing in all records, and spell each.
        numbered AS (
          SELECT text, CASE WHEN name IS NOT NULL THEN (dense_rank() OVER (ORDER BY name))::INTEGER END AS name FROM spelled)
        SELECT DISTINCT n.id, p.name
        FROM ${tables.names} s JOIN numbered p ON p.text = s.name JOIN ${work.nodes} n ON n.record_id = s.record_id
        WHERE p.name IS NOT NULL`,
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
