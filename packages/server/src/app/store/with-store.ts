import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { comparePermissions } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { readMigrationState, refuseContradiction } from '../../platform/postgres/migrations.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { storeMigrations } from './migrations.ts';

/** Opens the store of the environment (DATABASE_URL, else var/base), runs `work` and closes it whatever happens. */
export async function withStore<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabaseAt(locateDatabase(process.env, process.cwd()));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Throws a RaccrocheError unless the base has the tables and the permission table that this program needs. */
export async function requireMigrated(database: Database): Promise<void> {
  const state = await database.transaction({}, (transaction) =>
    readMigrationState(transaction, storeMigrations()),
  );
  refuseContradiction(state);
  const isReady =
    state.pending.length === 0 && (await database.transaction({}, comparePermissions)).length === 0;
  if (!isReady)
    throw new RaccrocheError(
      'database_not_migrated',
      'La base n’est pas prête pour cette version du programme. Lancez d’abord « raccroche db migrate ».',
      EXIT_CODES.usage,
    );
}
