import type { NewOpening } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';

/**
 * Opens a case outside of the caller's zone for three hours, to be read. Who answers for it and data protection are told.
 * Throws `not_found` for a number of nobody, `not_possible` for a case of one's own or a reason that cannot be, `quota_reached`.
 */
export async function openElsewhere(
  { transaction }: Caller,
  { siei, reason, statement }: NewOpening,
): Promise<{ caseId: string; expiresAt: string }> {
  const { rows } = await transaction.query<{ opened_case: string; expires_at: string }>(
    'SELECT opened_case, expires_at FROM cases.open_elsewhere($1, $2, $3)',
    [siei, reason, statement],
  );
  const [row] = rows;
  if (!row) throw new Error('nothing was opened');
  return { caseId: row.opened_case, expiresAt: row.expires_at };
}
