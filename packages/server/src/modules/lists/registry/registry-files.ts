import { createHmac } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../platform/duckdb/database.ts';
import type { DataFile } from '../campaign/data-files.ts';
import { hashFile } from '../campaign/hash-file.ts';
import { persistedSql, writeSorted } from '../campaign/persist.ts';
import { persistDifference } from '../campaign/persist-difference.ts';
import { damagedRegistry, dropTable } from './registry.ts';

/** A table of the registry on disk: with `key`, it may stand there as what differs from an earlier state. */
interface RegistryTable extends DataFile {
  readonly columns: string;
}

const KEYS: RegistryTable = {
  table: 'lists.registry_keys',
  file: 'keys',
  columns: 'key UUID, kind UTINYINT, counter BIGINT',
  // Keys are drawn as if by lot: in their own order, numbers would be, and take a sixth of the file.
  orderBy: 'counter, key',
  key: ['key'],
};

/** Tables of the registry, `lists.registry_*`, as they stand on disk. */
const REGISTRY_TABLES: readonly RegistryTable[] = [
  {
    table: 'lists.registry_numbers',
    file: 'numbers',
    columns: 'counter BIGINT, siei VARCHAR, first_campaign VARCHAR',
    orderBy: 'counter',
    key: ['counter'],
  },
  KEYS,
  {
    table: 'lists.registry_aliases',
    file: 'aliases',
    columns: 'counter BIGINT, kept BIGINT',
    orderBy: 'counter',
  },
  /** Of keys of numbers that are one today: the number that each was of before they were. A registry of an earlier version has none. */
  { table: 'lists.registry_origins', file: 'origins', columns: 'key UUID, counter BIGINT', orderBy: 'key' },
  {
    table: 'lists.registry_journal',
    file: 'journal',
    columns: 'sequence BIGINT, campaign VARCHAR, event VARCHAR, counter BIGINT, other BIGINT',
    orderBy: 'sequence',
  },
];

/**
 * Puts `lists.registry_{numbers,keys,aliases,origins,journal}` over the files of the registry's state in `current`; empty ones
 * for a new registry. `folder`: of the registry, for whoever reads the error.
 * Throws a RaccrocheError when one of the files is missing or is not what the registry writes.
 */
export async function openRegistryTables(
  database: Database,
  { folder, current }: { readonly folder: string; readonly current: string | undefined },
): Promise<void> {
  for (const data of REGISTRY_TABLES) {
    const { table, file, columns } = data;
    await dropTable(database, table);
    if (current === undefined || isOfEarlierVersion(current, file)) {
      await database.run(`CREATE TABLE ${table} (${columns})`);
      continue;
    }
    const told = columns.split(', ').map((column) => column.split(' ')[0]);
    try {
      await database.run(
        `CREATE VIEW ${table} AS SELECT ${told.join(', ')} FROM ${persistedSql(current, data)}`,
      );
    } catch {
      throw damagedRegistry(folder);
    }
  }
}

/** A registry that never told origins: merges that it holds cannot be undone, and whoever leaves one gets a new number. */
const isOfEarlierVersion = (current: string, file: string): boolean =>
  file === 'origins' && !existsSync(join(current, `${file}.parquet`));

/** Rows of the next state: all of a table, or of those with a key the rows that are new or other than before. */
const nextRows = ({ table }: RegistryTable): string => `FROM ${table.replace('registry_', 'next_')}`;

const writeFirst = (database: Database, next: string, data: RegistryTable): Promise<void> =>
  writeSorted(database, join(next, `${data.file}.parquet`), nextRows(data), data.orderBy);

/** Writes the keys of a registry that has no state yet, as soon as they are known: nothing else of it takes as long. */
export const writeFirstKeys = (database: Database, next: string): Promise<void> =>
  writeFirst(database, next, KEYS);

/**
 * Writes the registry's next state into the folder `next`, empty but for what `writeFirstKeys` wrote where there is no state yet, from
 * `lists.next_*`. `current`: the state over which `lists.registry_*` stand. They then stand over the next one.
 */
export async function writeRegistryTables(
  database: Database,
  current: string | undefined,
  next: string,
): Promise<void> {
  for (const data of REGISTRY_TABLES) {
    const { key } = data;
    const rows = nextRows(data);
    if (current !== undefined && key !== undefined)
      await persistDifference(database, next, data, {
        previous: current,
        gone: `SELECT ${key.join(', ')} ${rows}`,
        fresh: rows,
      });
    else if (current !== undefined || data !== KEYS) await writeFirst(database, next, data);
  }
}

/**
 * What tells a state of the registry from all others: a keyed hash of its files. The same fingerprint means the same key and
 * the same bytes; it says nothing of either.
 */
export async function registryFingerprint(secret: Uint8Array, state: string | undefined): Promise<string> {
  const hash = createHmac('sha256', secret);
  if (state !== undefined)
    for (const name of readdirSync(state).sort())
      hash.update(`${name}\0${await hashFile(join(state, name))}\0`);
  return hash.digest('hex');
}
