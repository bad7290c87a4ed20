import { PARTNER_PERMISSION_TABLE, PERMISSION_TABLE, systemRole } from '@raccroche/contract';
import type { Transaction } from '../../platform/postgres/database.ts';

const ROWS = [
  ...PERMISSION_TABLE,
  ...PARTNER_PERMISSION_TABLE.map((row) => ({ ...row, role: systemRole(row.kind) })),
].flatMap(({ role, territoryKind, purpose, permissions }) =>
  permissions.map((permission) => [role, territoryKind, purpose, permission] as const),
);

/** Puts the contract's permission table in the base, where row-level security reads it. Owner only. */
export async function writePermissions(transaction: Transaction): Promise<void> {
  await transaction.query('DELETE FROM access.permissions');
  for (const row of ROWS)
    await transaction.query(
      'INSERT INTO access.permissions (role, territory_kind, purpose, permission) VALUES ($1, $2, $3, $4)',
      row,
    );
}

/** Rights that the base and the contract do not tell alike: `+` only in the base, `-` only in the contract. Owner and `raccroche_monitor`. */
export async function comparePermissions(transaction: Transaction): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ line: string }>(
    "SELECT concat_ws(' ', role, territory_kind, purpose, permission) AS line FROM access.permissions",
  );
  const inBase = new Set(rows.map(({ line }) => line));
  const inContract = new Set(ROWS.map((row) => row.join(' ')));
  return [
    ...[...inBase].filter((line) => !inContract.has(line)).map((line) => `+ ${line}`),
    ...[...inContract].filter((line) => !inBase.has(line)).map((line) => `- ${line}`),
  ].sort();
}
