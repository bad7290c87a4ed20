import { ROW_KINDS } from '@raccroche/contract';
import type { Step } from '../../platform/duckdb/step.ts';
import { NEEDS_OTHER_FILES, ownIdSql } from './delivery-ids.ts';
import type { PreviousReading, ReadTable } from './previous-reading.ts';
import { OWN_IDS, type RecordIds, rowsOf, usable } from './usable-rows.ts';

type Tables = PreviousReading['table'];

/** `sources.ids_before`: records of the earlier campaign that did not bear the id of their own delivery. */
export function idsBeforeStep(table: Tables): Step {
  return {
    name: 'sources.ids_before',
    reads: [],
    writes: ['sources.ids_before'],
    // That campaign kept which they are: to look for them among everybody's ids took a twentieth of a month's delta.
    sql: `CREATE OR REPLACE TABLE sources.ids_before AS
      SELECT record_id, file_no, ordinal FROM ${table('held_ids')} k`,
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
    DELETE FROM sources.held_ids;
    INSERT INTO sources.held_ids BY NAME
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

/** Tables that `saidStep` reads. */
export type RecordTable = Extract<ReadTable, 'records' | (typeof OF_A_RECORD)[number]>;

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
export function saidStep(side: 'came' | 'left', table: (name: RecordTable) => string): Step {
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

/**
 * `sources.doubtful_ids`: rows of `sources.held_ids` of which nothing says yet that they make a record. Those that say what one of then said do; so do those of
 * files taken over (`sources.carried`) that did then. A row of a file that is read anew may be judged otherwise at another reference date, and one that lent
 * its id need not be a record this time.
 */
export const doubtfulIdsStep = (carried: boolean): Step => ({
  name: 'sources.doubtful_ids',
  reads: [
    'sources.held_ids',
    'sources.same_records',
    ...(carried ? ['sources.ids_before', 'sources.carried'] : []),
  ],
  writes: ['sources.doubtful_ids'],
  sql: `CREATE OR REPLACE TABLE sources.doubtful_ids AS
    SELECT file_no, ordinal FROM sources.held_ids ANTI JOIN sources.same_records USING (file_no, ordinal)${
      carried
        ? ' ANTI JOIN (FROM sources.ids_before SEMI JOIN sources.carried USING (file_no)) b USING (file_no, ordinal)'
        : ''
    }`,
});

const UNPLACED: RecordIds = { ...OWN_IDS, only: 'true' };

/** Takes from `sources.held_ids` those of `sources.doubtful_ids` whose row makes no record of the files read now: they change no table. */
export const idsOfRecordsStep: Step = {
  name: 'sources.ids_of_records',
  reads: [
    ...['held_ids', 'doubtful_ids', 'files', 'excluded'],
    ...ROW_KINDS.map((kind) => rowsOf(UNPLACED, kind)),
  ].map((table) => `sources.${table}`),
  writes: ['sources.held_ids'],
  // By a list: of a join the engine would read the rows of all files first.
  sql: `SET VARIABLE sources_doubtful_files = (SELECT list(DISTINCT file_no) FROM sources.doubtful_ids);
    DELETE FROM sources.held_ids WHERE (file_no, ordinal) IN (
      SELECT (file_no, ordinal) FROM sources.doubtful_ids ANTI JOIN (${ROW_KINDS.map(
        (kind) =>
          `SELECT r.file_no, r.ordinal ${usable(
            UNPLACED,
            kind,
            `AND r.sub = 0${kind === 'inscriptions' ? ' AND NOT r.by_ine' : ''} AND r.file_no IN getvariable('sources_doubtful_files')`,
          )}`,
      ).join(' UNION ALL ')}) made USING (file_no, ordinal));
    RESET VARIABLE sources_doubtful_files`,
};

/** A record may have come to a row whose own id it bears: nothing is held there. */
export const ownIdsStep: Step = {
  name: 'sources.own_ids',
  reads: ['sources.held_ids', 'sources.files'],
  writes: ['sources.held_ids'],
  sql: `DELETE FROM sources.held_ids h USING sources.files f
    WHERE f.file_no = h.file_no AND h.record_id = ${ownIdSql('f.delivery_id', 'h.ordinal')}`,
};
