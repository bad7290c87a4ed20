import type { Database } from '../../../platform/duckdb/database.ts';
import { type DataFile, persistedSql } from './persist.ts';
import { persistDifference } from './persist-difference.ts';

/**
 * Keeps a table that was worked out for some keys alone, `asked`, as what differs from the campaign before: what came out as it
 * was then is not told again. `previous`: folder of data of that campaign, whole. `asked`: query of the keys, of then and of today;
 * rows of all others hold. A view over everybody's rows then stands in the table's place.
 */
export async function persistAsked(
  database: Database,
  folder: string,
  data: DataFile,
  { previous, asked }: { readonly previous: string; readonly asked: string },
): Promise<void> {
  const { table, key = [] } = data;
  const columns = key.join(', ');
  const now = `SELECT * FROM ${table}`;
  const then = `SELECT before.* FROM ${persistedSql(previous, data)} before SEMI JOIN (${asked}) asked USING (${columns})`;
  await database.run(
    `CREATE OR REPLACE TEMP TABLE changed_keys AS
     SELECT ${columns} FROM (${now} EXCEPT ${then}) UNION SELECT ${columns} FROM (${then} EXCEPT ${now})`,
  );
  await persistDifference(database, folder, data, {
    previous,
    gone: 'FROM changed_keys',
    fresh: `FROM ${table} SEMI JOIN changed_keys USING (${columns})`,
  });
  await database.run('DROP TABLE changed_keys');
}
