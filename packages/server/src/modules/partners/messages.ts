import type { WebhookMessage } from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { eventOf } from './message-body.ts';

type State = WebhookMessage['state'];

/** Whose messages: of one webhook, or of all those of a system. */
export type Whose = { readonly webhookId: string } | { readonly partnerId: string };

const LISTED_MAX = 100;
const STATE = `CASE WHEN m.delivered_at IS NOT NULL THEN 'delivered' WHEN m.next_try_at IS NULL THEN 'dead' ELSE 'waiting' END`;
const OF = { webhookId: 'w.webhook_id', partnerId: 'w.partner_id' } as const;

const keyOf = (whose: Whose) =>
  'webhookId' in whose
    ? ([OF.webhookId, whose.webhookId] as const)
    : ([OF.partnerId, whose.partnerId] as const);

/** The latest messages, those given up first. Throws `not_found` for what is not the caller's to see. */
export async function listMessages(
  { transaction }: Caller,
  whose: Whose,
  state: State | undefined,
): Promise<WebhookMessage[]> {
  const [column, id] = keyOf(whose);
  if ('webhookId' in whose) {
    const { rowCount } = await transaction.query(`SELECT FROM partners.webhooks w WHERE ${column} = $1`, [
      id,
    ]);
    if (rowCount === 0)
      throw new RaccrocheError('not_found', 'Cet abonnement n’existe pas, ou n’est pas le vôtre.');
  } else await requireSeen(transaction, id);
  const { rows } = await transaction.query<{
    message_id: string;
    webhook_id: string;
    kind: string;
    made_at: string;
    state: State;
    tries: number;
    next_try_at: string | null;
    last_code: string | null;
  }>(
    `SELECT m.message_id, m.webhook_id, m.kind, m.made_at, ${STATE} AS state, m.tries, m.next_try_at, m.last_code
     FROM partners.messages m JOIN partners.webhooks w USING (webhook_id)
     WHERE ${column} = $1 AND ($2::TEXT IS NULL OR ${STATE} = $2)
     ORDER BY ${STATE} = 'dead' DESC, m.made_at DESC, m.message_id LIMIT ${LISTED_MAX}`,
    [id, state ?? null],
  );
  return rows.map((row) => ({
    messageId: row.message_id,
    webhookId: row.webhook_id,
    event: eventOf(row.kind),
    madeAt: row.made_at,
    state: row.state,
    tries: row.tries,
    nextTryAt: row.state === 'waiting' ? row.next_try_at : null,
    lastCode: row.last_code,
  }));
}

async function requireSeen(transaction: Caller['transaction'], partnerId: string): Promise<void> {
  const { rows } = await transaction.query<{ seen: boolean }>(
    "SELECT access.may_of_partner($1, 'partner.read') AS seen",
    [partnerId],
  );
  if (!rows[0]?.seen)
    throw new RaccrocheError('not_found', 'Ce système n’existe pas, ou ne dépend pas de vous.');
}

/** Sends again a message that was given up, as often as a new one. Throws `not_found`. */
export async function retryMessage(caller: Caller, whose: Whose, messageId: string): Promise<void> {
  const [column, id] = keyOf(whose);
  const { rowCount } = await caller.transaction.query(
    `UPDATE partners.messages m SET next_try_at = now(), tries = 0
     WHERE m.message_id = $2 AND m.delivered_at IS NULL AND m.next_try_at IS NULL
       AND EXISTS (SELECT FROM partners.webhooks w WHERE w.webhook_id = m.webhook_id AND ${column} = $1)
     RETURNING m.message_id`,
    [id, messageId],
  );
  if (rowCount === 0)
    throw new RaccrocheError('not_found', 'Aucune annonce abandonnée ne porte ce numéro parmi les vôtres.');
  await caller.transaction.query('SELECT partners.ask_to_tell()');
  await caller.record('webhook.retried', [messageId]);
}
