import { comparePermissions } from '../../modules/access/index.ts';
import { DATABASE_ROLES, type Database } from '../../platform/postgres/database.ts';
import { describeSchema } from '../../platform/postgres/describe-schema.ts';
import { readMigrationState } from '../../platform/postgres/migrations.ts';
import { STORE_SCHEMAS, storeMigrations } from './migrations.ts';

/** One thing that was looked at, and a sentence in French. */
export interface StoreCheck {
  readonly check: 'migrations' | 'permissions' | 'schema' | 'roles';
  readonly ok: boolean;
  readonly text: string;
}

/** The schema of a base as text, the one of `manifest` (packages/server/schema.txt). */
export function describeStore(database: Database): Promise<string> {
  return database.transaction({}, (transaction) => describeSchema(transaction, STORE_SCHEMAS));
}

/** What a base has beside what this program needs. `manifest`: the schema that was committed. */
export async function checkStore(database: Database, manifest: string): Promise<readonly StoreCheck[]> {
  const migrations = await checkMigrations(database);
  if (!migrations.ok) return [migrations];
  const permissions = await database.transaction({}, comparePermissions);
  const differences = differentLines(manifest, await describeStore(database));
  return [
    migrations,
    verdict(
      'permissions',
      permissions,
      'les droits sont ceux du programme',
      'droits ajoutés ou perdus dans la base',
    ),
    verdict(
      'schema',
      differences,
      'tables, règles d’accès et droits des rôles sont ceux du programme',
      'différences',
    ),
    await checkRoles(database),
  ];
}

function verdict(
  check: StoreCheck['check'],
  wrong: readonly string[],
  good: string,
  bad: string,
): StoreCheck {
  return {
    check,
    ok: wrong.length === 0,
    text: wrong.length === 0 ? good : `${bad} :\n  ${wrong.join('\n  ')}`,
  };
}

async function checkMigrations(database: Database): Promise<StoreCheck> {
  const { applied, pending, changed, unknown } = await database.transaction({}, (transaction) =>
    readMigrationState(transaction, storeMigrations()),
  );
  const wrong = [
    ...pending.map(({ module, number, name }) => `à appliquer : ${module}/${number} ${name}`),
    ...changed.map((key) => `changée depuis : ${key}`),
    ...unknown.map((key) => `d’un programme plus récent : ${key}`),
  ];
  return verdict(
    'migrations',
    wrong,
    `${applied} migrations appliquées, aucune à venir`,
    'la base n’est pas à jour',
  );
}

/** No role under which the program works may go around row-level security, own a table or make roles. */
async function checkRoles(database: Database): Promise<StoreCheck> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ name: string }>(
      `SELECT rolname AS name FROM pg_roles WHERE rolname = ANY ($1)
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin
           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = pg_roles.oid))
       ORDER BY 1`,
      [[...DATABASE_ROLES]],
    ),
  );
  return verdict(
    'roles',
    rows.map(({ name }) => name),
    'aucun rôle du programme ne peut contourner les règles d’accès',
    'rôles trop puissants',
  );
}

/** Lines of one text only: `+` of the base, `-` of the program. */
function differentLines(expected: string, found: string): readonly string[] {
  const [before, after] = [new Set(expected.split('\n')), new Set(found.split('\n'))];
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}
