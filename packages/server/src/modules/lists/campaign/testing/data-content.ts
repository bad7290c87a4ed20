import { existsSync, readdirSync } from 'node:fs';
import { openDatabase } from '../../../../platform/duckdb/database.ts';
import {
  ASSESS_DATA,
  LINK_DATA,
  LINK_KEPT_DATA,
  NUMBER_DATA,
  partNames,
  persistedSql,
  READ_DATA,
} from '../persist.ts';

const ALL_DATA = [...READ_DATA, ...LINK_DATA, ...LINK_KEPT_DATA, ...ASSESS_DATA, ...NUMBER_DATA];

/** Names of the files of data that hold tables, whole or as what differs. */
export const TABLE_FILES: ReadonlySet<string> = new Set(ALL_DATA.flatMap(({ file }) => partNames(file)));

/**
 * What the tables in a folder of data hold, however they are kept: by table, its columns, rows, and a sum over the hashes of
 * the rows. Two folders hold the same rows exactly when they give the same.
 */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const database = await openDatabase();
  try {
    const content: Record<string, string> = {};
    for (const data of ALL_DATA.filter(({ file }) => there.includes(`${file}.parquet`))) {
      const rows = `FROM ${persistedSql(folder, data)}`;
      const columns = await database.all(`DESCRIBE ${rows}`);
      const [sum] = await database.all(
        `SELECT count(*) AS n, sum(hash(t)::HUGEINT)::VARCHAR AS s, bit_xor(hash(t))::VARCHAR AS x FROM (${rows}) t`,
      );
      content[data.file] = JSON.stringify([columns, sum]);
    }
    return content;
  } finally {
    database.close();
  }
}
