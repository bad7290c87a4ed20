import type { Database } from '../../platform/duckdb/database.ts';

/** Rows of some records, looked for among everybody's once for all stages that ask for them. */
export interface FetchedRecords {
  /**
   * Sees to it that the relations of `FETCHED_SOURCES` hold all rows of the records of `ids`, a query with the column `record_id`;
   * they may hold those of others. What was fetched for an earlier stage is not looked for again.
   */
  hold(ids: string): Promise<void>;
}

/** Relations with the columns of `sources.records` and `sources.identifiers`, once `hold` was called. */
export const FETCHED_SOURCES = {
  records: 'sources.fetched_records',
  identifiers: 'sources.fetched_identifiers',
} as const;
const EVERYBODYS = { records: 'records', identifiers: 'identifiers' } as const;

/** The rows of a table, as a query, that are of the records of `ids`. */
type RowsAmong = (table: keyof typeof FETCHED_SOURCES, ids: string) => string;

const among: RowsAmong = (table, ids) =>
  `SELECT * FROM sources.${table} SEMI JOIN (${ids}) asked USING (record_id)`;

/** Records held together, each of some 600 bytes with all its columns: of more, every stage reads what columns it needs. */
const MOST_HELD = 100_000;
/** So few lie in few files, and files in few parts of the table: to ask for those first costs less than to read all columns of all. */
const FEW = 40;

/**
 * Nothing is fetched before the first stage asks. `sources` must not change from then on. `rowsAmong`: where there is a quicker
 * way to some records' rows than through the table itself. `most`: of records held.
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
      if (!isOpen) await database.run(emptySql());
      isOpen = true;
      await database.run(`CREATE OR REPLACE TABLE sources.missing_ids AS
        SELECT DISTINCT record_id FROM (${ids}) ANTI JOIN sources.fetched_ids USING (record_id)`);
      const missing = await count('sources.missing_ids');
      if (missing + (await count('sources.fetched_ids')) > most) {
        isOpen = false;
        await database.run(`${dropSql()}; ${viewsSql(EVERYBODYS)}`);
      } else if (missing > 0) await fetchMissing(database, rowsAmong, missing <= FEW);
      await database.run('DROP TABLE IF EXISTS sources.missing_ids');
    },
  };
}

async function fetchMissing(database: Database, rowsAmong: RowsAmong, fewFiles: boolean): Promise<void> {
  const missing = 'FROM sources.missing_ids';
  const records = rowsAmong('records', missing);
  let where = '';
  if (fewFiles) {
    const files = await database.all<{ file_no: string }>(
      `SELECT DISTINCT file_no::VARCHAR AS file_no FROM (${records})`,
    );
    where = `WHERE file_no IN (${files.length > 0 ? files.map(({ file_no }) => file_no).join(', ') : 'NULL'})`;
  }
  await database.run(`INSERT INTO sources.fetched_rows BY NAME SELECT * FROM (${records}) ${where};
    INSERT INTO sources.fetched_identifier_rows BY NAME ${rowsAmong('identifiers', missing)};
    INSERT INTO sources.fetched_ids ${missing}`);
}

/** Tables of what is held, by the name of the relation over each. */
const HELD = { records: 'fetched_rows', identifiers: 'fetched_identifier_rows' } as const;
const TABLES = [...Object.values(HELD), 'fetched_ids'];

function dropSql(): string {
  return TABLES.map((table) => `DROP TABLE IF EXISTS sources.${table}`).join('; ');
}

function emptySql(): string {
  return `CREATE OR REPLACE TABLE sources.fetched_ids (record_id VARCHAR);
    CREATE OR REPLACE TABLE sources.fetched_rows AS FROM sources.records LIMIT 0;
    CREATE OR REPLACE TABLE sources.fetched_identifier_rows AS FROM sources.identifiers LIMIT 0;
    ${viewsSql(HELD)}`;
}

/** `of`: tables of `sources` that the relations show. */
function viewsSql(of: Readonly<Record<keyof typeof FETCHED_SOURCES, string>>): string {
  return `CREATE OR REPLACE VIEW sources.fetched_records AS FROM sources.${of.records};
    CREATE OR REPLACE VIEW sources.fetched_identifiers AS FROM sources.${of.identifiers}`;
}
