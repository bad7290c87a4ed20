import {
  type NewWebhook,
  WEBHOOK_EVENTS,
  WEBHOOK_PING,
  type Webhook,
  type WebhookEvent,
  type WebhookSecret,
} from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import { mayPostTo, type Reach } from '../../platform/http/post-out.ts';
import type { Caller } from '../access/index.ts';
import { webhookSecret } from './webhook-signature.ts';

/** What the webhooks of this service need to know of it. */
export interface WebhookSettings {
  readonly serviceKey: Buffer;
  /** How far messages may go. */
  readonly reach: Reach;
}

const WEBHOOKS_MAX = 10;

interface WebhookRow {
  readonly webhook_id: string;
  readonly url: string;
  readonly events: WebhookEvent[];
  readonly made_at: string;
  readonly failing_since: string | null;
  readonly suspended_at: string | null;
  readonly suspended_for: Webhook['suspendedFor'];
  readonly previous_secret_until: string | null;
}

/** The system's own, the oldest first. */
export async function listWebhooks({ transaction, personId }: Caller): Promise<Webhook[]> {
  const { rows } = await transaction.query<WebhookRow>(
    `SELECT webhook_id, url, events, made_at, failing_since, suspended_at, suspended_for, previous_secret_until
     FROM partners.webhooks WHERE partner_id = $1 AND ended_at IS NULL ORDER BY made_at, webhook_id`,
    [personId],
  );
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    url: row.url,
    events: row.events,
    madeAt: row.made_at,
    failingSince: row.failing_since,
    suspendedAt: row.suspended_at,
    suspendedFor: row.suspended_for,
    previousSecretUntil: row.previous_secret_until,
  }));
}

/** The kinds of a case's events that give cause for these. */
const kindsOf = (events: readonly WebhookEvent[]): string[] =>
  [...new Set(events.flatMap((event) => WEBHOOK_EVENTS[event] as readonly string[]))].sort();

/** Throws `not_possible` for an address that may not be called, or one subscription too many. */
export async function subscribe(
  caller: Caller,
  { url, events }: NewWebhook,
  { serviceKey, reach }: WebhookSettings,
): Promise<WebhookSecret> {
  if (!mayPostTo(new URL(url), reach))
    throw new RaccrocheError(
      'not_possible',
      'Donnez une adresse en https://, sans nom ni mot de passe, que l’Internet connaisse : pas une adresse privée.',
    );
  if ((await listWebhooks(caller)).length >= WEBHOOKS_MAX)
    throw new RaccrocheError('not_possible', 'Dix abonnements au plus. Mettez fin à l’un d’eux.');
  const unique = [...new Set(events)];
  const { rows } = await caller.transaction.query<{ webhook_id: string }>(
    `INSERT INTO partners.webhooks (partner_id, url, events, kinds) VALUES ($1, $2, $3, $4) RETURNING webhook_id`,
    [caller.personId, url, unique, kindsOf(unique)],
  );
  const webhookId = rows[0]?.webhook_id ?? '';
  await caller.record('webhook.added', [webhookId], { events: unique });
  return { webhookId, secret: webhookSecret(serviceKey, webhookId, 1) };
}

/** Throws `not_found`. */
export async function unsubscribe(caller: Caller, webhookId: string): Promise<void> {
  await change(caller, webhookId, 'ended_at = now()');
  await caller.record('webhook.ended', [webhookId]);
}

/** A new secret; for a day both sign. Throws `not_found`. */
export async function renewWebhookSecret(
  caller: Caller,
  webhookId: string,
  { serviceKey }: WebhookSettings,
): Promise<WebhookSecret> {
  const { secret_no: secretNo } = await change(
    caller,
    webhookId,
    "secret_no = secret_no + 1, previous_secret_until = now() + INTERVAL '1 day'",
  );
  await caller.record('webhook.secret_renewed', [webhookId]);
  return { webhookId, secret: webhookSecret(serviceKey, webhookId, secretNo) };
}

/** Ends a suspension: what waited is sent. Throws `not_found`. */
export async function resumeWebhook(caller: Caller, webhookId: string): Promise<void> {
  await change(caller, webhookId, 'suspended_at = NULL, suspended_for = NULL, failing_since = NULL');
  await caller.transaction.query(
    'UPDATE partners.messages SET next_try_at = now() WHERE webhook_id = $1 AND next_try_at IS NOT NULL',
    [webhookId],
  );
  await caller.transaction.query('SELECT partners.ask_to_tell()');
  await caller.record('webhook.resumed', [webhookId]);
}

/** Sends a message of trial. Throws `not_found`, `not_possible` for one that is suspended. */
export async function pingWebhook(caller: Caller, webhookId: string): Promise<{ messageId: string }> {
  const found = (await listWebhooks(caller)).find((one) => one.webhookId === webhookId);
  if (!found) throw noWebhook();
  if (found.suspendedAt !== null)
    throw new RaccrocheError('not_possible', 'Cet abonnement est suspendu : reprenez-le d’abord.');
  const { rows } = await caller.transaction.query<{ message_id: string }>(
    'INSERT INTO partners.messages (webhook_id, kind) VALUES ($1, $2) RETURNING message_id',
    [webhookId, WEBHOOK_PING],
  );
  await caller.transaction.query('SELECT partners.ask_to_tell()');
  return { messageId: rows[0]?.message_id ?? '' };
}

/** `change` is SQL of this file. */
async function change({ transaction, personId }: Caller, webhookId: string, what: string) {
  const { rows } = await transaction.query<{ secret_no: number }>(
    `UPDATE partners.webhooks SET ${what} WHERE webhook_id = $1 AND partner_id = $2 AND ended_at IS NULL RETURNING secret_no`,
    [webhookId, personId],
  );
  const [row] = rows;
  if (!row) throw noWebhook();
  return row;
}

const noWebhook = () =>
  new RaccrocheError('not_found', 'Cet abonnement n’existe pas, ou n’est pas le vôtre.');
