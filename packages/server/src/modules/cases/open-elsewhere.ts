import type { NewOpening } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';

/**
 * Opens a case outside of the caller's zone for three hours, to be read. Who answers for it and data protection are told.
 * Throws `not_found` for a number of nobody or a look-up of another person or day, `not_possible` for a case of one's own or a reason that cannot be, `quota_reached`.
 */
export async function openElsewhere(
  { transaction }: Caller,
  { siei, findingId, place, reason, statement }: NewOpening,
): Promise<{ caseId: string; expiresAt: string }> {
  const [sql, of]: [string, readonly unknown[]] =
    siei === undefined
      ? ['SELECT opened_case, expires_at FROM cases.open_found($3, $4, $1, $2)', [findingId, place]]
      : ['SELECT opened_case, expires_at FROM cases.open_elsewhere($3, $1, $2)', [siei]];
  const { rows } = await transaction.query<{ opened_case: string; expires_at: string }>(sql, [
    reason,
    statement,
    ...of,
  ]);
  const [row] = rows;
  if (!row) throw new Error('nothing was opened');
  return { caseId: row.opened_case, expiresAt: row.expires_at };
}
