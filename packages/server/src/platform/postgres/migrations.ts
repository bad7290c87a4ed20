import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Database, Transaction } from './database.ts';

/** Forward-only migrations of a module: files `0001-what-it-does.sql` in a folder. */
export interface MigrationSet {
  readonly module: string;
  readonly folder: URL;
}

/** The ledger and the roles: before every module. */
export const PLATFORM_MIGRATIONS: MigrationSet = {
  module: 'platform',
  folder: new URL('./migrations/', import.meta.url),
};

export interface Migration {
  readonly module: string;
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** The migrations of these sets in the order in which they are applied. Throws when a file is misnamed or a number missing. */
export function readMigrations(sets: readonly MigrationSet[]): readonly Migration[] {
  return sets.flatMap(({ module, folder }) => {
    const path = fileURLToPath(folder);
    return readdirSync(path)
      .sort()
      .map((file, index) => {
        const [, number = '', name = ''] = FILE_NAME.exec(file) ?? [];
        if (Number(number) !== index + 1) throw new Error(`${module}: ${file} is not migration ${index + 1}`);
        const sql = readFileSync(join(path, file), 'utf8');
        return {
          module,
          number: index + 1,
          name,
          sha256: createHash('sha256').update(sql).digest('hex'),
          sql,
        };
      });
  });
}

/** What the ledger of a base says beside what the program has. */
export interface MigrationState {
  readonly applied: number;
  readonly pending: readonly Migration[];
  /** `module/number`: applied from another text than the program has. */
  readonly changed: readonly string[];
  /** `module/number`: applied by a newer program. */
  readonly unknown: readonly string[];
}

interface LedgerRow {
  readonly module: string;
  readonly number: number;
  readonly sha256: string;
}

const keyOf = ({ module, number }: { module: string; number: number }) => `${module}/${number}`;

export async function readMigrationState(
  transaction: Transaction,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const ledger = await transaction.query<{ there: boolean }>(
    "SELECT to_regclass('raccroche.migrations') IS NOT NULL AS there",
  );
  const rows = ledger.rows[0]?.there
    ? (await transaction.query<LedgerRow>('SELECT module, number, sha256 FROM raccroche.migrations')).rows
    : [];
  const applied = new Map(rows.map((row) => [keyOf(row), row.sha256]));
  const known = new Set(migrations.map(keyOf));
  return {
    applied: rows.length,
    pending: migrations.filter((one) => !applied.has(keyOf(one))),
    changed: migrations
      .filter((one) => applied.has(keyOf(one)) && applied.get(keyOf(one)) !== one.sha256)
      .map(keyOf),
    unknown: [...applied.keys()].filter((key) => !known.has(key)).sort(),
  };
}

/** Throws a RaccrocheError when the base and the program contradict each other. */
export function refuseContradiction({ changed, unknown }: MigrationState): void {
  if (unknown.length > 0)
    throw new RaccrocheError(
      'database_newer',
      `La base vient d’une version plus récente du programme (${unknown.join(', ')}). Mettez le programme à jour.`,
      EXIT_CODES.invalid,
    );
  if (changed.length > 0)
    throw new RaccrocheError(
      'migration_changed',
      `Des migrations déjà appliquées ont changé depuis (${changed.join(', ')}). Reprenez le texte d’origine : une migration ne se corrige que par une nouvelle.`,
      EXIT_CODES.invalid,
    );
}

const MIGRATION_LOCK = 7_271_636;

/** Applies what is pending, all in one transaction; two programs that start together wait for each other. */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  return database.transaction({}, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const state = await readMigrationState(transaction, migrations);
    refuseContradiction(state);
    await applyMigrations(transaction, state.pending);
    return state.pending;
  });
}

/** Applies these, in their order, and writes them in the ledger. */
export async function applyMigrations(
  transaction: Transaction,
  migrations: readonly Migration[],
): Promise<void> {
  for (const { module, number, name, sha256, sql } of migrations) {
    await transaction.script(sql);
    await transaction.query(
      'INSERT INTO raccroche.migrations (module, number, name, sha256) VALUES ($1, $2, $3, $4)',
      [module, number, name, sha256],
    );
  }
}
