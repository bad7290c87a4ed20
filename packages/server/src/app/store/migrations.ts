import { ACCESS_MIGRATIONS, writePermissions } from '../../modules/access/index.ts';
import { AUDIT_MIGRATIONS } from '../../modules/audit/index.ts';
import { CASES_MIGRATIONS } from '../../modules/cases/index.ts';
import { CONTACTS_MIGRATIONS } from '../../modules/contacts/index.ts';
import { JOBS_MIGRATIONS } from '../../modules/jobs/index.ts';
import { LISTS_MIGRATIONS } from '../../modules/lists/index.ts';
import { PARTNERS_MIGRATIONS } from '../../modules/partners/index.ts';
import { grantKeeper, grantOfficer, PRIVACY_MIGRATIONS } from '../../modules/privacy/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import {
  applyMigrations,
  type Migration,
  migrate,
  PLATFORM_MIGRATIONS,
  readMigrations,
} from '../../platform/postgres/migrations.ts';
import { STORE_RETENTION } from './retention.ts';

/** Modules that keep tables for the platforms, in their order. */
const MODULE_MIGRATIONS = [
  AUDIT_MIGRATIONS,
  ACCESS_MIGRATIONS,
  JOBS_MIGRATIONS,
  PRIVACY_MIGRATIONS,
  PARTNERS_MIGRATIONS,
  LISTS_MIGRATIONS,
  CASES_MIGRATIONS,
  CONTACTS_MIGRATIONS,
];

/** Schemas of the modules, without the ledger's: what a backup holds. */
export const STORE_SCHEMAS: readonly string[] = MODULE_MIGRATIONS.map(({ module }) => module);

export function storeMigrations(): readonly Migration[] {
  return readMigrations([PLATFORM_MIGRATIONS, ...MODULE_MIGRATIONS]);
}

/** Brings a base to what this program needs: its tables, the permission table of the contract, the rights of the keeper and the officer. */
export async function migrateStore(database: Database): Promise<readonly Migration[]> {
  const applied = await migrate(database, storeMigrations());
  await database.transaction({}, finishStore);
  return applied;
}

async function finishStore(transaction: Transaction): Promise<void> {
  await writePermissions(transaction);
  await grantKeeper(transaction, STORE_RETENTION);
  await grantOfficer(transaction, STORE_RETENTION);
}

/** Makes every table of the modules anew, empty: for the demonstration's own base, and no other. All or nothing. */
export async function remakeStore(transaction: Transaction): Promise<void> {
  for (const module of [...STORE_SCHEMAS].reverse())
    await transaction.script(`DROP SCHEMA IF EXISTS ${module} CASCADE`);
  await transaction.query(
    `DELETE FROM raccroche.migrations WHERE module = ANY (ARRAY(SELECT jsonb_array_elements_text($1::JSONB)))`,
    [JSON.stringify(STORE_SCHEMAS)],
  );
  await applyMigrations(transaction, readMigrations(MODULE_MIGRATIONS));
  await finishStore(transaction);
}
