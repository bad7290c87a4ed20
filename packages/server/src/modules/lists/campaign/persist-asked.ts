import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import type { DataFile } from './data-files.ts';
import { baseCountSql, persistedSql, persistTables } from './persist.ts';
import { type Difference, persistDifference } from './persist-difference.ts';

interface AskedPersons {
  readonly previous: string | undefined;
  readonly asked: string | undefined;
  readonly hardlyAny?: number;
}

/**
 * Keeps tables by person that were worked out for some persons alone, as what differs from the campaign before: what came out as
 * it was then is not told again. `previous`: folder of that campaign, whole. `asked`: query of the persons, of then and of today;
 * rows of all others hold. Views over everybody's rows then stand in the places of the tables. Without `asked` they are of
 * everybody, and kept whole. `hardlyAny`: as of `persistChanged`.
 */
export async function persistAsked(
  database: Database,
  folder: string,
  tables: readonly DataFile[],
  { previous, asked, hardlyAny }: AskedPersons,
): Promise<void> {
  if (previous === undefined || asked === undefined) await persistTables(database, folder, tables);
  else
    for (const data of tables)
      await persistChanged(database, folder, data, {
        previous: join(previous, 'data'),
        gone: asked,
        fresh: `FROM ${data.table}`,
        hardlyAny,
      });
}

/** Up to this share of a table in keys told as gone, to look at every column of then for them costs more than to keep them all. */
const HARDLY_ANY = 1 / 1000;

/**
 * As `persistDifference`, of a table where most of what is told as gone comes again as it was: that is not told, unless it is hardly
 * anything (`hardlyAny`: share of the table's rows): all of it then stands as gone and new. `left`: query of the
 * rows of then under the keys gone, where they stand ready.
 */
export async function persistChanged(
  database: Database,
  folder: string,
  data: DataFile,
  difference: Difference & { readonly left?: string; readonly hardlyAny?: number | undefined },
): Promise<void> {
  const { previous, gone, left, fresh, hardlyAny = HARDLY_ANY } = difference;
  const columns = data.key?.join(', ') ?? '';
  await database.run('CREATE SCHEMA IF NOT EXISTS lists');
  const [base, share] = [baseCountSql(previous, data), hardlyAny];
  if (left === undefined && (await isHardlyAny(database, gone, { base, share })))
    return persistDifference(database, folder, data, { previous, gone, fresh });
  if (left === undefined)
    await database.run(
      `CREATE OR REPLACE TABLE lists.asked_rows AS
       SELECT before.* FROM ${persistedSql(previous, data)} before SEMI JOIN (${gone}) asked USING (${columns})`,
    );
  const then = left ?? 'FROM lists.asked_rows';
  // Rows of both are counted against each other at once: each is looked at one time.
  await database.run(
    `CREATE OR REPLACE TABLE lists.changed_keys AS
     SELECT DISTINCT ${columns} FROM (
       SELECT * EXCLUDE (more), sum(more) AS more FROM (
         SELECT *, 1 AS more FROM (${fresh}) UNION ALL BY NAME SELECT *, -1 AS more FROM (${then}))
       GROUP BY ALL) WHERE more <> 0`,
  );
  await persistDifference(database, folder, data, {
    previous,
    gone: `FROM lists.changed_keys SEMI JOIN (${then}) asked USING (${columns})`,
    isThere: true,
    fresh: `SELECT * FROM (${fresh}) now SEMI JOIN lists.changed_keys USING (${columns})`,
  });
  await database.run('DROP TABLE lists.changed_keys; DROP TABLE IF EXISTS lists.asked_rows');
}

async function isHardlyAny(
  database: Database,
  keys: string,
  { base, share }: { readonly base: string; readonly share: number },
): Promise<boolean> {
  const [row] = await database.all<{ hardly: boolean }>(
    `SELECT (SELECT count(*) FROM (${keys})) <= ${share} * ${base} AS hardly`,
  );
  return row?.hardly === true;
}
