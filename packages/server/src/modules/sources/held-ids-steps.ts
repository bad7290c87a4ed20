import type { Step } from '../../platform/duckdb/step.ts';
import { NEEDS_OTHER_FILES, ownIdSql } from './delivery-ids.ts';
import type { PreviousReading, ReadTable } from './previous-reading.ts';

type Tables = PreviousReading['table'];

/** `sources.ids_before`: records of the earlier campaign that did not bear the id of their own delivery, and what they are of. */
export function idsBeforeStep(table: Tables): Step {
  return {
    name: 'sources.ids_before',
    reads: [],
    writes: ['sources.ids_before'],
    // Of everybody's ids hardly any is another: each is held against the parts of its own, which need not be put together for that.
    sql: `CREATE OR REPLACE TABLE sources.ids_before AS
      SELECT k.record_id, k.file_no, k.ordinal, f.delivery_id
      FROM (SELECT record_id, file_no, ordinal, ordinal::VARCHAR AS number FROM ${table('records')}) k
      JOIN (SELECT file_no, delivery_id, ${ownIdSql('delivery_id', "''")} AS start FROM ${table('files')}) f USING (file_no)
      WHERE NOT (starts_with(k.record_id, f.start) AND ends_with(k.record_id, k.number)
        AND strlen(k.record_id) = strlen(f.start) + strlen(k.number))`,
  };
}

/**
 * `sources.held_ids`, rows whose record bears another id than its own: those of deliveries that come again have that of then. No
 * record of another delivery is the same yet: `sources.same_records`.
 */
export const heldStillStep: Step = {
  name: 'sources.held_ids',
  reads: ['sources.ids_before', 'sources.files'],
  writes: ['sources.held_ids', 'sources.same_records'],
  sql: `CREATE OR REPLACE TABLE sources.same_records (file_no BIGINT, ordinal INTEGER, record_id VARCHAR);
    CREATE OR REPLACE TABLE sources.held_ids AS
    SELECT file_no, ordinal, record_id FROM sources.ids_before SEMI JOIN (FROM sources.files WHERE NOT rejected) f USING (file_no)`,
};

/**
 * Whether `file_no` is one of `sources.came_files`, or `left_files`, told as a list: the engine then looks at the column of files alone, by
 * its few values, and passes over whole groups of rows; of a join it would read the rows first.
 */
const isOneOf = (side: 'came' | 'left', fileNo: string) =>
  `${fileNo} IN getvariable('sources_${side}_files')`;

/** Of a row `r` of `sources.rows_<kind>`. */
export const CAME_ROWS = isOneOf('came', 'r.file_no');

/**
 * `sources.came_files`, deliveries that the earlier campaign had not, and `sources.left_files`, those of it that are not here any
 * more: only those of a kind, an establishment and a sender of which there are both. Of a file, nothing else is looked at that its
 * records do not say themselves.
 */
export function exchangedFilesStep(table: Tables): Step {
  const [now, then] = ['sources.files', table('files')];
  const alone = (files: string, others: string) =>
    `(SELECT file_no, json_array(kind, uai, sender)::VARCHAR AS told FROM ${files} one
      WHERE NOT rejected AND kind NOT IN ('${NEEDS_OTHER_FILES}', 'insee-deces')
        AND file_no NOT IN (SELECT file_no FROM ${others} other WHERE NOT rejected))`;
  const exchanged = (files: string, others: string) =>
    `FROM ${alone(files, others)} mine SEMI JOIN ${alone(others, files)} theirs USING (told)`;
  return {
    name: 'sources.exchanged_files',
    reads: [now],
    writes: ['sources.came_files', 'sources.left_files'],
    sql: `CREATE OR REPLACE TABLE sources.came_files AS ${exchanged(now, then)};
      CREATE OR REPLACE TABLE sources.left_files AS ${exchanged(then, now)};
      ${filesVariableSql('came')}`,
  };
}

/** Tells the files of that side as a list to the connection that asks by it (`isOneOf`). */
export const filesVariableSql = (side: 'came' | 'left'): string =>
  `SET VARIABLE sources_${side}_files = (SELECT list(file_no) FROM sources.${side}_files)`;

/** Tables whose rows are of a record; each bears its number there: no two say the same. */
const OF_A_RECORD = ['spells', 'contracts', 'awards', 'accompaniments'] as const;

/**
 * 64 bits of every column of a row `k` but those of `without`, and of what else is told. Of a million records that came and a million that left, two that
 * differ would have the same once in twenty million campaigns. Hashed once more, for the engine's hash of several columns is that of the last,
 * whatever stands before, by an exclusive or: of two rows with the same day there that day would go. A column must be of one type on both sides.
 */
const saidSql = (told: string, without: string) => `hash(hash(${told}, *COLUMNS(k.* EXCLUDE (${without}))))`;

/**
 * `sources.came_records` and `sources.left_records`: of the records of those files, where each stands, and 64 bits of all that is said of it and of
 * its file, by whatever rows: that leaves its id, and the place where it stands. `table` gives the tables that the records are of.
 */
export function saidStep(side: 'came' | 'left', table: (name: Exclude<ReadTable, 'files'>) => string): Step {
  const rows = OF_A_RECORD.map(
    (each) => `SELECT k.record_id, ${saidSql(`'${each}'`, 'record_id')} AS said
      FROM ${table(each)} k SEMI JOIN own USING (record_id)`,
  );
  return {
    name: `sources.${`${side}_records`}`,
    reads: [],
    writes: [`sources.${`${side}_records`}`],
    sql: `CREATE OR REPLACE TABLE sources.${`${side}_records`} AS
      WITH own AS MATERIALIZED (
        SELECT k.record_id, k.file_no, k.ordinal, ${saidSql('f.told', 'record_id, file_no, ordinal, position')} AS said
        FROM ${table('records')} k JOIN sources.${`${side}_files`} f USING (file_no) WHERE ${isOneOf(side, 'k.file_no')}),
      rows AS (${rows.join(' UNION ALL ')}),
      told AS (SELECT record_id, bit_xor(said) AS said FROM rows GROUP BY record_id)
      SELECT record_id, file_no, ordinal, xor(own.said, coalesce(told.said, 0)) AS said
      FROM own LEFT JOIN told USING (record_id)`,
  };
}

/**
 * Of the records that say the same, the first keeps the id of the first, the second that of the second: `sources.same_records`, of rows
 * whose record, by all its rows in whatever table, is one of then.
 */
export const sameRecordsStep: Step = {
  name: 'sources.same_records',
  reads: ['sources.came_records', 'sources.left_records'],
  writes: ['sources.same_records', 'sources.held_ids'],
  sql: `INSERT INTO sources.same_records BY NAME
    WITH placed AS (FROM (SELECT true AS came, * FROM sources.came_records UNION ALL BY NAME SELECT false AS came, * FROM sources.left_records)
      SELECT *, row_number() OVER (PARTITION BY came, said ORDER BY file_no, ordinal) AS place)
    SELECT c.file_no, c.ordinal, l.record_id FROM (FROM placed WHERE came) c JOIN (FROM placed WHERE NOT came) l USING (said, place);
    INSERT INTO sources.held_ids BY NAME FROM sources.same_records`,
};

/**
 * A delivery may come back whose rows lent their ids to those of others: such a row gets another, its own with the next number
 * that nobody bears.
 */
export const lentIdsStep: Step = {
  name: 'sources.lent_ids',
  reads: ['sources.files', 'sources.held_ids'],
  writes: ['sources.held_ids'],
  sql: `INSERT INTO sources.held_ids BY NAME
    WITH parts AS (SELECT record_id, string_split(record_id, '-') AS part FROM sources.held_ids),
    borne AS (SELECT part[1] AS delivery_id, part[2]::INTEGER AS ordinal, coalesce(part[3]::INTEGER, 1) AS copy FROM parts),
    lent AS (
      SELECT f.file_no, b.delivery_id, b.ordinal, max(b.copy) + 1 AS copy
      FROM borne b JOIN sources.files f USING (delivery_id)
      WHERE NOT f.rejected GROUP BY ALL HAVING min(b.copy) = 1)
    SELECT file_no, ordinal, ${ownIdSql('delivery_id', 'ordinal')} || '-' || copy AS record_id
    FROM lent ANTI JOIN sources.held_ids USING (file_no, ordinal)`,
};
