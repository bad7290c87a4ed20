import type { Database } from '../../../platform/duckdb/database.ts';
import { PREVIOUS_TABLES, type PreviousLinkage } from '../incremental/previous-linkage.ts';
import type { LinkagePeriod } from '../input.ts';
import { LINKAGE_TABLES } from '../tables.ts';

/** Keeps what linkage left, as a campaign keeps it for the next one, in the schema `kept` of the same database. */
export async function keepLinkage(database: Database, period: LinkagePeriod): Promise<PreviousLinkage> {
  await database.run(
    `CREATE SCHEMA IF NOT EXISTS kept; CREATE OR REPLACE TABLE kept.files AS FROM sources.files;
     CREATE OR REPLACE TABLE kept.whole_records AS FROM sources.records;
     CREATE OR REPLACE TABLE kept.records AS SELECT record_id, file_no, email, phone, mobile FROM sources.records;
     CREATE OR REPLACE TABLE kept.told_deaths AS FROM sources.deaths;
     CREATE OR REPLACE TABLE kept.term_counts AS FROM linkage.term_counts`,
  );
  // In two moves: what is kept may be what the tables of today are views over.
  for (const table of PREVIOUS_TABLES)
    await database.run(`CREATE OR REPLACE TABLE kept.new_${table} AS FROM linkage.${table}`);
  for (const table of PREVIOUS_TABLES)
    await database.run(
      `CREATE OR REPLACE TABLE kept.${table} AS FROM kept.new_${table}; DROP TABLE kept.new_${table}`,
    );
  const tables = PREVIOUS_TABLES.map((table) => [table, `kept.${table}`]);
  return {
    period,
    files: 'kept.files',
    records: 'kept.records',
    deaths: 'kept.told_deaths',
    tables: Object.fromEntries(tables) as PreviousLinkage['tables'],
    sameModel: true,
  };
}

/** Where `keepLinkage` keeps how rare names were, for a model that is held over. */
export const KEPT_TERMS = 'kept.term_counts';

/** Every row that linkage left, table by table, whatever its order. */
export async function readLinkage(database: Database): Promise<Record<string, string[]>> {
  const read: Record<string, string[]> = {};
  for (const table of Object.keys(LINKAGE_TABLES)) {
    const rows = await database.all(`FROM linkage.${table} ORDER BY ALL`);
    read[table] = rows.map((row) => JSON.stringify(row));
  }
  return read;
}
