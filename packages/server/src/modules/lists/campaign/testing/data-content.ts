import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../../platform/duckdb/database.ts';
import { ALL_DATA } from '../data-files.ts';
import { listFiles } from '../manifest.ts';
import { readManifest } from '../open-campaign.ts';
import { partNames, persistedSql } from '../persist.ts';

/** The rows of the table `file` in a folder of data, as a relation of SQL. */
export function keptTable(folder: string, file: string): string {
  const data = ALL_DATA.find((each) => each.file === file);
  if (data === undefined) throw new Error(`no table of a campaign is kept as ${file}`);
  return persistedSql(folder, data);
}

/** Paths of the files that hold tables, whole or as what differs. */
const TABLE_FILES: ReadonlySet<string> = new Set(
  ALL_DATA.flatMap(({ file }) => partNames(file)).map((name) => `data/${name}`),
);

/**
 * What a finished campaign says, by path: the bytes of its files, what its tables hold however they are kept, and its
 * manifest but for its times and the files of those tables.
 */
export async function campaignContent(folder: string): Promise<Record<string, string>> {
  const files = listFiles(folder).filter((path) => path !== 'manifest.json' && !TABLE_FILES.has(path));
  const { outputs, startedAt: _, finishedAt: __, ...manifest } = readManifest(folder);
  return {
    ...Object.fromEntries(
      files.map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
    ),
    ...(await contentOf(join(folder, 'data'))),
    'manifest.json': JSON.stringify([manifest, outputs.filter(({ path }) => !TABLE_FILES.has(path))]),
  };
}

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
