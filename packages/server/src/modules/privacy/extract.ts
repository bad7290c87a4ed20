import type { PrivacyExtract } from '@raccroche/contract';
import { belongingsOf, type ModuleRetention } from '../../kernel/retention.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import type { Caller } from '../access/index.ts';

/**
 * Runs `work` under the officer's role within the caller's transaction, then comes back to the application's. Its policies read to
 * a caller who may handle what people ask about their data, and nothing to anybody else; what was read is for the caller to write
 * in the trail.
 */
export async function asOfficer<T>(
  { transaction }: Caller,
  work: (officer: Transaction) => Promise<T>,
): Promise<T> {
  await transaction.script('SET LOCAL ROLE raccroche_officer');
  const result = await work(transaction);
  await transaction.script('SET LOCAL ROLE raccroche_app');
  return result;
}

/**
 * Everything that the store holds on the person of a case, table by table as the modules declare them, and who read or changed it,
 * latest first. Under the officer's role, or the keeper's. `undefined` when there is no such case. `madeAt`: ISO instant.
 */
export async function findExtract(
  reader: Transaction,
  retention: readonly ModuleRetention[],
  caseId: string,
  madeAt: string,
): Promise<PrivacyExtract | undefined> {
  const cases = retention.find((one) => one.cases)?.cases;
  if (!cases) throw new Error('no module declares the cases');
  const { rows: found } = await reader.query<{ siei: string }>(
    `SELECT siei FROM ${cases.table} WHERE case_id = $1`,
    [caseId],
  );
  const [subject] = found;
  if (!subject) return undefined;
  const tables: PrivacyExtract['tables'] = [];
  for (const [table, declaration] of retention.flatMap((one) => Object.entries(one.tables))) {
    const own = belongingsOf(declaration).filter(({ within }) => !within);
    if (own.length === 0) continue;
    const { rows } = await reader.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t
       WHERE (${own.map(({ column, key }) => `t.${column} = ${key === 'siei' ? '$1' : '$2::UUID'}`).join(' OR ')})
         AND $1::TEXT IS NOT NULL AND $2::TEXT IS NOT NULL
       ORDER BY to_jsonb(t)::TEXT`,
      [subject.siei, caseId],
    );
    const { purpose, source = '', ends = [] } = declaration;
    tables.push({ table, purpose, source, ends: [...ends], rows: rows.map(({ row }) => row) });
  }
  return { caseId, madeAt, tables, seenBy: await readSeenBy(reader, caseId) };
}

async function readSeenBy(transaction: Transaction, caseId: string): Promise<PrivacyExtract['seenBy']> {
  const { rows } = await transaction.query<PrivacyExtract['seenBy'][number]>(
    'SELECT at, action, purpose, role, organisation FROM privacy.seen_by($1)',
    [caseId],
  );
  return rows;
}
