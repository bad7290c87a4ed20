import { join } from 'node:path';
import type { Database } from './database.ts';
import { openPglite } from './pglite-database.ts';
import { openServer } from './server-database.ts';

/** Where the platforms' data are: a server when an address is given, else a folder of this machine. */
export interface DatabaseLocation {
  readonly url?: string | undefined;
  readonly folder: string;
  /** Connections to the server at most. */
  readonly poolSize?: number | undefined;
}

/** `DATABASE_URL`, else `var/base` of the working folder. `env` is the environment of the process. */
export function locateDatabase(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): DatabaseLocation {
  return { url: env.DATABASE_URL || undefined, folder: join(cwd, 'var', 'base') };
}

/** Opens the store; throws a RaccrocheError when it is busy, unreachable or too old. Close it when done. */
export function openDatabaseAt({ url, folder, poolSize }: DatabaseLocation): Promise<Database> {
  return url === undefined ? openPglite({ folder }) : openServer(url, poolSize);
}
