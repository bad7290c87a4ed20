import { normalizedNameSql } from '../normalize-name.ts';
import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * From the caller's tables to narrow ones: records become dense numbers in the order of their ids
 * (so that the smallest number is the smallest record_id), names and first names the number of their one spelling.
 */
export function prepareSteps(tables: ExactTables): readonly LinkageStep[] {
  return tables.spellings === undefined ? writtenSteps(tables) : numberedSteps(tables);
}

/** What comes numbered is held apart: views of it would be worked out again by whoever reads them. */
function numberedSteps(tables: ExactTables): readonly LinkageStep[] {
  const { work } = tables;
  return [
    {
      name: 'number_records',
      reads: [tables.records],
      writes: [work.nodes],
      sql: `CREATE OR REPLACE TABLE ${work.nodes} AS
        SELECT record_id AS id, record_id, first_name, birth_date, place, recent FROM ${tables.records}`,
    },
    {
      name: 'spell_names',
      reads: [tables.names],
      writes: [work.names],
      sql: `CREATE OR REPLACE TABLE ${work.names} AS SELECT record_id AS id, name FROM ${tables.names}`,
    },
    {
      name: 'number_identifiers',
      reads: [tables.identifiers],
      writes: [work.identifiers],
      sql: `CREATE OR REPLACE TABLE ${work.identifiers} AS
        SELECT record_id AS id, type, value, recent FROM ${tables.identifiers}`,
    },
    exclusivePlacesStep(tables),
  ];
}

function writtenSteps(tables: ExactTables): readonly LinkageStep[] {
  const { work } = tables;
  return [
    {
      name: 'number_records',
      reads: [tables.records],
      writes: [work.first_names, work.nodes],
      sql: `CREATE OR REPLACE TABLE ${work.first_names} AS
        ${spellingsSql(`(SELECT DISTINCT first_name AS text FROM ${tables.records})`)};
        CREATE OR REPLACE TABLE ${work.nodes} AS
        -- Numbered as they come, once sorted: half the work of a window over whole records.
        WITH numbered AS (
          SELECT (row_number() OVER ())::INTEGER AS id, record_id, first_name, birth_date,
            nullif(place, '') AS place, coalesce(recent, false) AS recent
          FROM (FROM ${tables.records} ORDER BY record_id))
        SELECT n.* REPLACE (s.spelling AS first_name)
        FROM numbered n LEFT JOIN ${work.first_names} s ON s.text = n.first_name`,
    },
    {
      name: 'spell_names',
      reads: [tables.names, work.nodes],
      writes: [work.names],
      sql: `CREATE OR REPLACE TABLE ${work.names} AS
        WITH spellings AS (${spellingsSql(`(SELECT DISTINCT name AS text FROM ${tables.names})`)})
        SELECT DISTINCT n.id, p.spelling AS name
        FROM ${tables.names} s JOIN spellings p ON p.text = s.name JOIN ${work.nodes} n ON n.record_id = s.record_id
        WHERE p.spelling IS NOT NULL`,
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
    exclusivePlacesStep(tables),
  ];
}

function exclusivePlacesStep({ exclusivePlaces, work }: ExactTables): LinkageStep {
  return {
    name: 'number_exclusive_places',
    reads: [exclusivePlaces, work.nodes],
    writes: [work.exclusives],
    sql: `CREATE OR REPLACE TABLE ${work.exclusives} AS
        SELECT DISTINCT n.id, e.place
        FROM ${exclusivePlaces} e JOIN ${work.nodes} n ON n.record_id = e.record_id
        WHERE e.place <> ''`,
  };
}

/** SELECT of `text`, its one spelling `name` and the number of that, `spelling`, of the different texts of `texts`. */
function spellingsSql(texts: string): string {
  return `SELECT text, name,
          -- Without a number, not left out: the engine would look for what spells nothing in all records, and spell each.
          CASE WHEN name IS NOT NULL THEN (dense_rank() OVER (ORDER BY name))::INTEGER END AS spelling
        FROM (SELECT text, ${normalizedNameSql('text')} AS name FROM ${texts})`;
}

/** Queries that count what breaks the promises of the input, with what to say then. All must count 0. */
export function inputChecks({
  spellings,
  work: { nodes, identifiers },
}: ExactTables): readonly { readonly sql: string; readonly message: string }[] {
  if (spellings !== undefined) return [];
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
