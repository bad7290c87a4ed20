import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Configuration } from '../operations/configuration.ts';
import { loginFaults, type ServiceProgram } from '../store/service-login.ts';
import { requireMigrated } from '../store/with-store.ts';

/**
 * What a program looks at before it works on a base: that it is the one of this version, and that the login is one of that
 * program. A login that may more is told on the standard error; where RACCROCHE_REQUIRE_SERVICE_LOGIN says so, nothing starts
 * (RaccrocheError `login_too_powerful`); nor under one that may less (`login_without_roles`).
 */
export async function requireStartable(
  database: Database,
  { requireServiceLogin }: Pick<Configuration, 'requireServiceLogin'>,
  program: ServiceProgram,
): Promise<void> {
  await requireMigrated(database);
  const faults = await loginFaults(database, program);
  if (faults.length === 0) return;
  const told = `Le compte de DATABASE_URL peut plus qu’un service ne doit : ${faults.join(' ; ')}. Les règles d’accès de la base ne le tiennent pas. « raccroche db service-login${program === 'serve' ? '' : ` --for ${program}`} » en prépare un autre (docs/installation.md).`;
  if (requireServiceLogin) throw new RaccrocheError('login_too_powerful', told, EXIT_CODES.usage);
  process.stderr.write(`${told}\n`);
}
