import { belongingsOf, type ModuleRetention } from '../../kernel/retention.ts';
import type { Transaction } from '../../platform/postgres/database.ts';

/** What the keeper's role needs of each table beyond reading it, from what the modules declare. */
function rightsOf(retention: readonly ModuleRetention[]): ReadonlyMap<string, readonly string[]> {
  const rights = new Map<string, string[]>();
  for (const { tables } of retention)
    for (const [table, declaration] of Object.entries(tables))
      rights.set(table, belongingsOf(declaration).length > 0 ? ['SELECT', 'DELETE'] : ['SELECT']);
  for (const { ending } of retention.flatMap(({ classes }) => classes)) {
    if (ending.does === 'remove_rows') rights.get(ending.table)?.push('DELETE');
    if (ending.does === 'erase')
      rights.get(ending.table)?.push(`UPDATE (${Object.keys(ending.set).join(', ')})`);
  }
  return rights;
}

/**
 * Lets `raccroche_keeper` read every declared table, and remove or erase what a class says; nothing more. Owner only; doing it
 * again changes nothing. Throws for a table that is declared and not there.
 */
export async function grantKeeper(
  transaction: Transaction,
  retention: readonly ModuleRetention[],
): Promise<void> {
  for (const [table, rights] of rightsOf(retention)) {
    const { rows } = await transaction.query<{ kind: string; secured: boolean }>(
      'SELECT relkind AS kind, relrowsecurity AS secured FROM pg_class WHERE oid = to_regclass($1)',
      [table],
    );
    const [found] = rows;
    if (!found) throw new Error(`${table} is declared and not there`);
    // A view shows what its tables hold: the keeper reads those.
    if (found.kind !== 'r') continue;
    const schema = table.split('.')[0] ?? '';
    await transaction.script(`GRANT USAGE ON SCHEMA ${schema} TO raccroche_keeper`);
    await transaction.script(`GRANT ${[...new Set(rights)].join(', ')} ON ${table} TO raccroche_keeper`);
    if (!found.secured) continue;
    await transaction.script(`DROP POLICY IF EXISTS kept ON ${table}`);
    await transaction.script(`CREATE POLICY kept ON ${table} TO raccroche_keeper USING (true)`);
  }
}

/**
 * Lets `raccroche_officer` read what belongs to somebody, for whoever may handle what people ask about their data and for nobody
 * else. A table without row-level security is left out: anybody could read it under that role. Owner only; doing it again changes
 * nothing.
 */
export async function grantOfficer(
  transaction: Transaction,
  retention: readonly ModuleRetention[],
): Promise<void> {
  for (const [table, declaration] of retention.flatMap(({ tables }) => Object.entries(tables))) {
    if (!belongingsOf(declaration).some(({ within }) => !within)) continue;
    const { rows } = await transaction.query(
      "SELECT FROM pg_class WHERE oid = to_regclass($1) AND relkind = 'r' AND relrowsecurity",
      [table],
    );
    if (rows.length === 0) continue;
    await transaction.script(`GRANT USAGE ON SCHEMA ${table.split('.')[0] ?? ''} TO raccroche_officer`);
    await transaction.script(`GRANT SELECT ON ${table} TO raccroche_officer`);
    await transaction.script(`DROP POLICY IF EXISTS read_to_officer ON ${table}`);
    await transaction.script(
      `CREATE POLICY read_to_officer ON ${table} FOR SELECT TO raccroche_officer
       USING (EXISTS (SELECT FROM access.territories_for('privacy.handle')))`,
    );
  }
}
