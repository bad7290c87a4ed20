import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import {
  DamagedGenerationsError,
  type Generations,
  openGenerations,
} from '../../../platform/files/generations.ts';
import { LockHeldError, takeLock } from '../../../platform/files/lock-file.ts';
import { REGISTRY_FILE_NAMES, REGISTRY_FILES, type RegistryFile } from './next-registry.ts';
import { openRegistryKey, type RegistryKey } from './registry-key.ts';

const POINTER_FILE = 'registre.json';
/** Held while a campaign uses the registry. */
export const LOCK_FILE = 'verrou';

/** A registry folder held by this campaign alone, until `release`. */
export interface Registry {
  readonly key: RegistryKey;
  readonly generations: Generations;
  release(): void;
}

/**
 * Opens the registry in `folder` (new when the folder is missing or empty) and locks it.
 * Throws a RaccrocheError when another campaign holds it, when it is damaged, or when its key is not `givenKey`.
 */
export function openRegistry(folder: string, givenKey?: string): Registry {
  mkdirSync(folder, { recursive: true });
  const release = lock(folder);
  try {
    return { key: openRegistryKey(folder, givenKey), generations: openOrExplain(folder), release };
  } catch (error) {
    release();
    throw error;
  }
}

function lock(folder: string): () => void {
  try {
    return takeLock(join(folder, LOCK_FILE));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    const holder = error.holder ? ` (processus ${error.holder.pid} sur ${error.holder.host})` : '';
    throw new RaccrocheError(
      'registry_locked',
      `Une autre campagne se sert du registre « ${folder} »${holder}. Attendez qu’elle finisse ; si aucune ne tourne, supprimez « ${error.path} ».`,
    );
  }
}

function openOrExplain(folder: string): Generations {
  try {
    return openGenerations(folder, POINTER_FILE);
  } catch (error) {
    throw error instanceof DamagedGenerationsError ? damaged(folder) : error;
  }
}

function damaged(folder: string): RaccrocheError {
  return new RaccrocheError(
    'registry_damaged',
    `Le registre « ${folder} » est abîmé : il y manque des fichiers, ou ils sont illisibles. Reprenez une sauvegarde du dossier.`,
    EXIT_CODES.invalid,
  );
}

/**
 * Puts `lists.registry_{numbers,keys,aliases,origins,journal}` over the files of the registry; empty ones for a new registry.
 * Throws a RaccrocheError when one of the files is missing or is not what the registry writes.
 */
export async function openRegistryTables(database: Database, folder: string | undefined): Promise<void> {
  for (const name of REGISTRY_FILE_NAMES) {
    const table = `lists.registry_${name}`;
    const { columns } = REGISTRY_FILES[name];
    await dropTable(database, table);
    if (folder === undefined || isOfEarlierVersion(folder, name)) {
      await database.run(`CREATE TABLE ${table} (${columns})`);
      continue;
    }
    const told = columns.split(', ').map((column) => column.split(' ')[0]);
    const sql = `CREATE VIEW ${table} AS SELECT ${told.join(', ')} FROM read_parquet(${literal(pathOf(folder, name))})`;
    try {
      await database.run(sql);
    } catch {
      throw damaged(folder);
    }
  }
}

/** A registry that never told origins: merges that it holds cannot be undone, and whoever leaves one gets a new number. */
const isOfEarlierVersion = (folder: string, name: RegistryFile): boolean =>
  name === 'origins' && !existsSync(pathOf(folder, name));

/** Writes `lists.next_*` as the files of a registry's next state. */
export async function writeRegistryTables(database: Database, folder: string): Promise<void> {
  for (const name of REGISTRY_FILE_NAMES) {
    await database.run(
      `COPY (FROM lists.next_${name} ORDER BY ${REGISTRY_FILES[name].orderBy})
       TO ${literal(pathOf(folder, name))} (FORMAT parquet, COMPRESSION zstd)`,
    );
  }
}

/** Drops a table or a view, whichever bears the name, if any does. */
export async function dropTable(database: Database, table: string): Promise<void> {
  const [found] = await database.all<{ kind: string }>(
    `SELECT table_type AS kind FROM information_schema.tables WHERE table_schema || '.' || table_name = $1`,
    [table],
  );
  if (found) await database.run(`DROP ${found.kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${table}`);
}

function pathOf(folder: string, name: RegistryFile): string {
  return join(folder, `${name}.parquet`);
}
