import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import {
  DATABASE_ROLES,
  type Database,
  type DatabaseRole,
  type Transaction,
} from '../../platform/postgres/database.ts';
import { STORE_SCHEMAS } from './migrations.ts';

/** The roles into which each program enters, and without which it does not start: what its work needs, and no more. */
export const SERVICE_ROLES = {
  serve: ['raccroche_app', 'raccroche_door', 'raccroche_monitor', 'raccroche_officer'],
  worker: ['raccroche_keeper', 'raccroche_monitor', 'raccroche_publisher', 'raccroche_worker'],
} as const satisfies Readonly<Record<string, readonly DatabaseRole[]>>;
export type ServiceProgram = keyof typeof SERVICE_ROLES;

/** What a login may beyond entering its roles, each of which makes row-level security or the trail a matter of trust. */
const FAULTS = {
  superuser: 'il est superutilisateur',
  bypassrls: 'il passe outre les règles d’accès (BYPASSRLS)',
  createrole: 'il peut se donner des rôles (CREATEROLE)',
  replication: 'il peut copier tout le serveur (REPLICATION)',
  predefined:
    'il tient du serveur le droit de lire ou d’écrire partout (pg_read_all_data, pg_execute_server_program…)',
  owner: 'il possède la base ou des tables, ou peut entrer dans le rôle qui les possède',
  reaches: 'il lit ou écrit des tables sans entrer dans un rôle',
  roles: 'il est membre de rôles de Raccroche qui ne servent pas à ce programme',
} as const;
type LoginFault = keyof typeof FAULTS;

/** What the command itself mends, and what who owns the base may anyhow. */
const LESSER: readonly LoginFault[] = ['reaches', 'roles'];

/** Of the modules, of the ledger and of the queue of jobs. */
const SCHEMAS = [...STORE_SCHEMAS, 'raccroche', 'pgboss'];

const FIRST_WITH_INHERIT_OPTION = 16;

interface Login {
  readonly version: number;
  readonly can_login: boolean;
  /** It is no member of a role of the program. */
  readonly lacks: boolean;
  readonly faults: LoginFault[];
}

/**
 * What the login of a base may too much for a program, in French, and none of it on the embedded base, which has one program and no
 * login. Throws a RaccrocheError `login_without_roles` when it may too little.
 */
export async function loginFaults(database: Database, program: ServiceProgram): Promise<readonly string[]> {
  if (database.engine === 'pglite') return [];
  return database.transaction({}, async (transaction) => {
    const { rows } = await transaction.query<{ login: string }>('SELECT session_user::TEXT AS login');
    const { faults = [], lacks } = (await readLogin(transaction, rows[0]?.login ?? '', program)) ?? {};
    if (lacks) throw loginWithoutRoles(program);
    const isGreat = faults.some((fault) => !LESSER.includes(fault));
    return faults.filter((fault) => !isGreat || !LESSER.includes(fault)).map((fault) => FAULTS[fault]);
  });
}

/**
 * Makes a login that somebody created the one of a program: member of its roles and of no other of Raccroche, inheriting nothing,
 * so that outside of a role it may nothing. Owner only; doing it again changes nothing. Memberships are of the whole server, as
 * logins are. Throws a RaccrocheError: `no_logins`, `no_such_login`, `login_too_powerful`.
 */
export async function grantServiceLogin(
  database: Database,
  name: string,
  program: ServiceProgram,
): Promise<readonly DatabaseRole[]> {
  if (database.engine === 'pglite')
    throw new RaccrocheError(
      'no_logins',
      'La base embarquée n’a pas de comptes : cette commande est pour un serveur PostgreSQL (DATABASE_URL).',
      EXIT_CODES.usage,
    );
  const roles: readonly DatabaseRole[] = SERVICE_ROLES[program];
  await database.transaction({}, async (transaction) => {
    const before = await readLogin(transaction, name, program);
    if (!before?.can_login) throw noSuchLogin(name);
    refuse(
      name,
      before.faults.filter((fault) => !LESSER.includes(fault)),
    );
    const login = await quoted(transaction, name);
    const isOlder = before.version < FIRST_WITH_INHERIT_OPTION;
    if (isOlder) await transaction.script(`ALTER ROLE ${login} NOINHERIT`);
    for (const role of DATABASE_ROLES)
      await transaction.script(
        roles.includes(role)
          ? `GRANT ${role} TO ${login}${isOlder ? '' : ' WITH INHERIT FALSE, SET TRUE'}`
          : `REVOKE ${role} FROM ${login}`,
      );
    refuse(name, (await readLogin(transaction, name, program))?.faults ?? []);
  });
  return roles;
}

async function readLogin(
  transaction: Transaction,
  name: string,
  program: ServiceProgram,
): Promise<Login | undefined> {
  const roles: readonly DatabaseRole[] = SERVICE_ROLES[program];
  const others = DATABASE_ROLES.filter((role) => !roles.includes(role));
  const { rows } = await transaction.query<Login>(LOGIN, [name, SCHEMAS, others, [...roles]]);
  return rows[0];
}

const LOGIN = `
  WITH tables AS (
    SELECT c.oid, c.relowner AS owner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'p') AND n.nspname = ANY ($2)
  ), owners AS (
    SELECT owner FROM tables
    UNION SELECT nspowner FROM pg_namespace WHERE nspname = ANY ($2)
    UNION SELECT datdba FROM pg_database WHERE datname = current_database()
  )
  SELECT current_setting('server_version_num')::INT / 10000 AS version, r.rolcanlogin AS can_login,
    EXISTS (SELECT FROM pg_roles p WHERE p.rolname = ANY ($4) AND NOT pg_has_role(r.oid, p.oid, 'MEMBER')) AS lacks,
    CASE WHEN r.rolsuper THEN ARRAY['superuser'] ELSE array_remove(ARRAY[
      CASE WHEN r.rolbypassrls THEN 'bypassrls' END,
      CASE WHEN r.rolcreaterole THEN 'createrole' END,
      CASE WHEN r.rolreplication THEN 'replication' END,
      CASE WHEN EXISTS (SELECT FROM pg_roles p WHERE p.rolname = ANY (ARRAY['pg_read_all_data', 'pg_write_all_data',
        'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'])
        AND pg_has_role(r.oid, p.oid, 'MEMBER')) THEN 'predefined' END,
      CASE WHEN EXISTS (SELECT FROM owners o WHERE pg_has_role(r.oid, o.owner, 'MEMBER')) THEN 'owner' END,
      CASE WHEN EXISTS (SELECT FROM tables t WHERE has_any_column_privilege(r.oid, t.oid, 'SELECT, INSERT, UPDATE')
        OR has_table_privilege(r.oid, t.oid, 'DELETE, TRUNCATE')) THEN 'reaches' END,
      CASE WHEN EXISTS (SELECT FROM pg_roles p WHERE p.rolname = ANY ($3) AND pg_has_role(r.oid, p.oid, 'MEMBER'))
        THEN 'roles' END
    ], NULL) END AS faults
  FROM pg_roles r WHERE r.rolname = $1`;

async function quoted(transaction: Transaction, name: string): Promise<string> {
  const { rows } = await transaction.query<{ quoted: string }>('SELECT quote_ident($1) AS quoted', [name]);
  return rows[0]?.quoted ?? '';
}

function refuse(name: string, faults: readonly LoginFault[]): void {
  if (faults.length === 0) return;
  throw new RaccrocheError(
    'login_too_powerful',
    `Le compte « ${name} » peut plus qu’un service ne doit : ${faults.map((fault) => FAULTS[fault]).join(' ; ')}. Rien n’a été fait : créez-en un autre, par « CREATE ROLE … LOGIN NOINHERIT ».`,
    EXIT_CODES.invalid,
  );
}

/** A login of DATABASE_URL that cannot enter the roles of a program. */
const loginWithoutRoles = (program: ServiceProgram) =>
  new RaccrocheError(
    'login_without_roles',
    `Le compte de DATABASE_URL n’a pas les rôles de « raccroche ${program} ». Avec le compte qui possède la base, lancez « raccroche db migrate », puis « raccroche db service-login COMPTE${program === 'serve' ? '' : ` --for ${program}`} ».`,
    EXIT_CODES.usage,
  );

const noSuchLogin = (name: string) =>
  new RaccrocheError(
    'no_such_login',
    `Le serveur n’a pas de compte « ${name} » qui puisse se connecter. Créez-le d’abord : « CREATE ROLE ${name} LOGIN NOINHERIT », et son mot de passe par « \\password ${name} ».`,
    EXIT_CODES.usage,
  );
