import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import {
  DamagedGenerationsError,
  type Generations,
  openGenerations,
} from '../../../platform/files/generations.ts';
import { LockHeldError, takeLock } from '../../../platform/files/lock-file.ts';
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
    throw error instanceof DamagedGenerationsError ? damagedRegistry(folder) : error;
  }
}

/** What to say of a registry that cannot be read. */
export function damagedRegistry(folder: string): RaccrocheError {
  return new RaccrocheError(
    'registry_damaged',
    `Le registre « ${folder} » est abîmé : il y manque des fichiers, ou ils sont illisibles. Reprenez une sauvegarde du dossier.`,
    EXIT_CODES.invalid,
  );
}

/** Drops a table or a view, whichever bears the name, if any does. */
export async function dropTable(database: Database, table: string): Promise<void> {
  const [found] = await database.all<{ kind: string }>(
    `SELECT table_type AS kind FROM information_schema.tables WHERE table_schema || '.' || table_name = $1`,
    [table],
  );
  if (found) await database.run(`DROP ${found.kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${table}`);
}
