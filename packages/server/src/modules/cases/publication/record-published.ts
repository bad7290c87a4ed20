import type { Transaction } from '../../../platform/postgres/database.ts';

/** The last event of a case before a publication, or before it is taken back: 0 when there is none. */
export async function lastEvent(transaction: Transaction): Promise<number> {
  const { rows } = await transaction.query<{ last: number }>(
    'SELECT coalesce(max(event_id), 0) AS last FROM cases.events',
  );
  return rows[0]?.last ?? 0;
}

/** Writes in the trail each case that it changed since, and how; then what it was as a whole, in counts. */
export async function recordPublished(
  transaction: Transaction,
  { publication, since }: { readonly publication: number; readonly since: number },
  action: 'campaign.published' | 'campaign.taken_back',
  counts: object,
): Promise<void> {
  await transaction.query('SELECT cases.record_published($1, $2)', [publication, since]);
  await transaction.query('SELECT access.record_publication($1, $2)', [
    action,
    JSON.stringify({ publication, ...counts }),
  ]);
}
