import type { PrivacyExtract } from '@raccroche/contract';
import { belongingsOf, type ModuleRetention } from '../../kernel/retention.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import type { Caller } from '../access/index.ts';

/**
 * Runs `work` under the keeper's role within the caller's transaction, then comes back to the application's. For a caller whose
 * right to it was looked at; what was read is for the caller to write in the trail.
 */
export async function asKeeper<T>(
  { transaction }: Caller,
  work: (keeper: Transaction) => Promise<T>,
): Promise<T> {
  await transaction.script('SET LOCAL ROLE raccroche_keeper');
  const result = await work(transaction);
  await transaction.script('SET LOCAL ROLE raccroche_app');
  return result;
}

/**
 * Everything that the store holds on the person of a case, table by table as the modules declare them, and who read or changed it,
 * latest first. Under the keeper's role. `undefined` when there is no such case. `madeAt`: ISO instant.
 */
export async function findExtract(
  keeper: Transaction,
  retention: readonly ModuleRetention[],
  caseId: string,
  madeAt: string,
): Promise<PrivacyExtract | undefined> {
  const cases = retention.find((one) => one.cases)?.cases;
  if (!cases) throw new Error('no module declares the cases');
  const { rows: found } = await keeper.query<{ siei: string }>(
    `SELECT siei FROM ${cases.table} WHERE case_id = $1`,
    [caseId],
  );
  const [subject] = found;
  if (!subject) return undefined;
  const tables: PrivacyExtract['tables'] = [];
  for (const [table, declaration] of retention.flatMap((one) => Object.entries(one.tables))) {
    const own = belongingsOf(declaration).filter(({ within }) => !within);
    if (own.length === 0) continue;
    const { rows } = await keeper.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t
       WHERE (${own.map(({ column, key }) => `t.${column} = ${key === 'siei' ? '$1' : '$2::UUID'}`).join(' OR ')})
         AND $1::TEXT IS NOT NULL AND $2::TEXT IS NOT NULL
       ORDER BY to_jsonb(t)::TEXT`,
      [subject.siei, caseId],
    );
    const { purpose, source = '', ends = [] } = declaration;
    tables.push({ table, purpose, source, ends: [...ends], rows: rows.map(({ row }) => row) });
  }
  return { caseId, madeAt, tables, seenBy: await readSeenBy(keeper, caseId) };
}

/**
 * Who: the role and the organisation that the person of the trail had that day, the kind of a partner's system, or the program.
 * Never their name.
 */
async function readSeenBy(keeper: Transaction, caseId: string): Promise<PrivacyExtract['seenBy']> {
  const { rows } = await keeper.query<PrivacyExtract['seenBy'][number]>(
    `SELECT e.at, e.action, e.purpose, coalesce(m.role, 'system:' || s.kind) AS role, o.name AS organisation
     FROM audit.entries e
     LEFT JOIN LATERAL (
       SELECT role, organisation_id FROM access.memberships m
       WHERE m.person_id::TEXT = e.actor AND e.at::DATE BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
       ORDER BY m.valid_from DESC, m.membership_id LIMIT 1
     ) m ON true
     LEFT JOIN access.partners s ON s.partner_id::TEXT = e.actor
     LEFT JOIN access.organisations o ON o.organisation_id = coalesce(m.organisation_id, s.organisation_id)
     WHERE e.subjects @> ARRAY[$1] ORDER BY e.at DESC, e.chain, e.position`,
    [caseId],
  );
  return rows;
}
