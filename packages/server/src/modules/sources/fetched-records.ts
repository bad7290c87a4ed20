import type { Database } from '../../platform/duckdb/database.ts';

/** Rows of some records, looked for among everybody's once for all stages that ask for them. */
export interface FetchedRecords {
  /**
   * Sees to it that `FETCHED_RECORDS` holds the records of `ids`, a query with the column `record_id`; it may hold others. What was fetched for an earlier stage is not looked for again.
   */
  hold(ids: string): Promise<void>;
}

/** A relation with the columns of `sources.records`, once `hold` was called. */
export const FETCHED_RECORDS = 'sources.fetched_records';

/** The records of `ids`, as a query. */
type RowsAmong = (ids: string) => string;

const among: RowsAmong = (ids) => `SELECT * FROM sources.records SEMI JOIN (${ids}) asked USING (record_id)`;

/** Records held together, each of some 600 bytes with all its columns: of more, every stage reads what columns it needs. */
const MOST_HELD = 100_000;
/** So few lie in few files, and files in few parts of the table: to ask for those first costs less than to read all columns of all. */
const FEW = 40;

/**
 * Nothing is fetched before the first stage asks. `sources` must not change from then on. `rowsAmong`: where there is a quicker
 * way to some records than through the table itself. `most`: of records held.
 */
export function openFetchedRecords(
  database: Database,
  {
    rowsAmong = among,
    most = MOST_HELD,
  }: { readonly rowsAmong?: RowsAmong; readonly most?: number | undefined } = {},
): FetchedRecords {
  let isOpen = false;
  const count = async (from: string) => {
    const [row] = await database.all<{ n: number }>(`SELECT count(*)::INTEGER AS n FROM ${from}`);
    return row?.n ?? 0;
  };
  return {
    async hold(ids) {
      if (!isOpen) await database.run(EMPTY_SQL);
      isOpen = true;
      await database.run(`CREATE OR REPLACE TABLE sources.missing_ids AS
        SELECT DISTINCT record_id FROM (${ids}) ANTI JOIN sources.fetched_ids USING (record_id)`);
      const missing = await count('sources.missing_ids');
      if (missing + (await count('sources.fetched_ids')) > most) {
        isOpen = false;
        await database.run(`${DROP_SQL}; ${viewSql('records')}`);
      } else if (missing > 0) await fetchMissing(database, rowsAmong, missing <= FEW);
      await database.run('DROP TABLE IF EXISTS sources.missing_ids');
    },
  };
}

async function fetchMissing(database: Database, rowsAmong: RowsAmong, fewFiles: boolean): Promise<void> {
  const missing = 'FROM sources.missing_ids';
  const records = rowsAmong(missing);
  let where = '';
  if (fewFiles) {
    const files = await database.all<{ file_no: string }>(
      `SELECT DISTINCT file_no::VARCHAR AS file_no FROM (${records})`,
    );
    where = `WHERE file_no IN (${files.length > 0 ? files.map(({ file_no }) => file_no).join(', ') : 'NULL'})`;
  }
  await database.run(`INSERT INTO sources.fetched_rows BY NAME SELECT * FROM (${records}) ${where};
    INSERT INTO sources.fetched_ids ${missing}`);
}

/** `of`: the table of `sources` that the relation shows. */
const viewSql = (of: 'records' | 'fetched_rows') =>
  `CREATE OR REPLACE VIEW ${FETCHED_RECORDS} AS FROM sources.${of}`;
const DROP_SQL = 'DROP TABLE IF EXISTS sources.fetched_rows; DROP TABLE IF EXISTS sources.fetched_ids';
const EMPTY_SQL = `CREATE OR REPLACE TABLE sources.fetched_ids (record_id VARCHAR);
    CREATE OR REPLACE TABLE sources.fetched_rows AS FROM sources.records LIMIT 0;
    ${viewSql('fetched_rows')}`;
