import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { comparePermissions } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { readMigrationState, refuseContradiction } from '../../platform/postgres/migrations.ts';
import { locateDatabase, openDatabaseAt } from '../../platform/postgres/open-database.ts';
import { ownsBase } from '../../platform/postgres/ownership.ts';
import { storeMigrations } from './migrations.ts';

/**
 * Opens the store of the environment (DATABASE_URL, else var/base) for whoever owns it, runs `work` and closes it whatever happens.
 * Throws a RaccrocheError `login_not_owner`.
 */
export async function withStore<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabaseAt(locateDatabase(process.env, process.cwd()));
  try {
    await requireOwner(database);
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Throws a RaccrocheError `login_not_owner` under a login of a service. A base that nobody made yet has no owner to be. */
export async function requireOwner(database: Database): Promise<void> {
  if ((await ownsBase(database)) === false)
    throw new RaccrocheError(
      'login_not_owner',
      'Cette commande travaille sous le compte qui possède la base ; celui de DATABASE_URL ne sert qu’à « raccroche serve » ou à « raccroche worker ».',
      EXIT_CODES.usage,
    );
}

/**
 * Throws a RaccrocheError unless the base has the tables and the permission table that this program needs: `database_not_migrated`,
 * `database_newer`, `migration_changed`; `login_without_roles` when the login may not even look.
 */
export async function requireMigrated(database: Database): Promise<void> {
  if (!(await mayLook(database))) throw notMigrated();
  const asMonitor = { role: 'raccroche_monitor' } as const;
  const state = await database
    .transaction(asMonitor, (transaction) => readMigrationState(transaction, storeMigrations()))
    .catch((error: unknown) => {
      // The role may be of another base of the same server: this one is of before it.
      throw isRefused(error) ? notMigrated() : error;
    });
  refuseContradiction(state);
  const isReady =
    state.pending.length === 0 && (await database.transaction(asMonitor, comparePermissions)).length === 0;
  if (!isReady) throw notMigrated();
}

/** False where nobody made the role yet. Throws a RaccrocheError when it is there, and not for this login. */
async function mayLook(database: Database): Promise<boolean> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ member: boolean }>(
      "SELECT pg_has_role(oid, 'MEMBER') AS member FROM pg_roles WHERE rolname = 'raccroche_monitor'",
    ),
  );
  if (rows[0]?.member === false)
    throw new RaccrocheError(
      'login_without_roles',
      'Le compte de DATABASE_URL n’a pas les rôles du service. Avec le compte qui possède la base, lancez « raccroche db migrate », puis « raccroche db service-login COMPTE » (pour le « worker », avec « --for worker »).',
      EXIT_CODES.usage,
    );
  return rows.length > 0;
}

const isRefused = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE;
const INSUFFICIENT_PRIVILEGE = '42501';

const notMigrated = () =>
  new RaccrocheError(
    'database_not_migrated',
    'La base n’est pas prête pour cette version du programme. Lancez d’abord « raccroche db migrate ».',
    EXIT_CODES.usage,
  );
