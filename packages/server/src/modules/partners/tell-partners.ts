import { NotPosted, type Post, type Reach } from '../../platform/http/post-out.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { messageBody, type StoredMessage } from './message-body.ts';
import { signatureHeaders, webhookSecret } from './webhook-signature.ts';

/** Seconds to wait after each try that failed; after the last one a message is given up. Source: Standard Webhooks, « retries ». */
const WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Days without one answer after which a webhook is suspended. */
const SUSPENDED_AFTER_DAYS = 5;
const TIMEOUT_MS = 10_000;
/** Messages taken at once; of one webhook, those after three that failed in a row wait for their turn. */
const TAKEN_MAX = 200;
const FAILURES_IN_A_ROW = 3;
const LEFT_WAIT = 300;
/** Minutes for which what was taken is nobody else's. */
const LEASE_MINUTES = 10;
/** Seconds after which one that answers slowly lets go of what is left of what was taken: well within the lease. */
const TURN_SECONDS = 300;
/** Of whom something may be told today: a webhook that is neither ended nor suspended, of a system that has the right still. */
const TOLD = `w.ended_at IS NULL AND w.suspended_at IS NULL
  AND access.system_may(w.partner_id, 'webhook.manage', m.platform_id)`;
const GONE = 410;

export interface TellSettings {
  readonly serviceKey: Buffer;
  readonly reach: Reach;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** How a message leaves. */
  readonly post: (url: URL, post: Post) => Promise<number>;
}

interface TakenMessage extends StoredMessage {
  readonly message_id: string;
  readonly webhook_id: string;
  readonly url: string;
  readonly secret_no: number;
  readonly both: boolean;
}

/**
 * Sends what is due, each webhook's in its order and all webhooks side by side; no transaction is held meanwhile. A message
 * may come twice, never with two ids. Gives the instant at which it is worth looking again, null when nothing waits.
 */
export async function tellPartners(database: Database, settings: TellSettings): Promise<string | null> {
  for (;;) {
    const taken = await take(database);
    const webhooks = [...new Set(taken.map(({ webhook_id }) => webhook_id))];
    const of = (id: string) => taken.filter(({ webhook_id }) => webhook_id === id);
    await Promise.all(webhooks.map((id) => tellOne(database, settings, of(id))));
    if (taken.length < TAKEN_MAX) return nextInstant(database);
  }
}

/** What is due; another worker leaves it alone until the lease is over. */
async function take(database: Database): Promise<TakenMessage[]> {
  const { rows } = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query<TakenMessage>(
      `WITH due AS (
         SELECT m.message_id FROM partners.messages m JOIN partners.webhooks w USING (webhook_id)
         WHERE m.next_try_at <= now() AND ${TOLD}
         ORDER BY m.made_at, m.message_id LIMIT ${TAKEN_MAX} FOR UPDATE OF m SKIP LOCKED
       ), taken AS (
         UPDATE partners.messages m SET next_try_at = now() + make_interval(mins => ${LEASE_MINUTES})
         FROM due WHERE due.message_id = m.message_id RETURNING m.*
       )
       SELECT t.message_id, t.webhook_id, t.kind, t.platform_id, t.about, t.made_at, w.url, w.secret_no,
         coalesce(w.previous_secret_until > now(), false) AS both
       FROM taken t JOIN partners.webhooks w USING (webhook_id) ORDER BY t.made_at, t.message_id`,
    ),
  );
  return rows;
}

async function tellOne(
  database: Database,
  settings: TellSettings,
  messages: readonly TakenMessage[],
): Promise<void> {
  const started = settings.now();
  let failures = 0;
  for (const [index, message] of messages.entries()) {
    const code = await send(settings, message);
    const isTaken = /^2\d\d$/.test(code);
    failures = isTaken ? 0 : failures + 1;
    await (isTaken ? delivered(database, message, code) : failed(database, message, code));
    const left = messages.slice(index + 1);
    if (code === String(GONE) || failures >= FAILURES_IN_A_ROW) return giveBack(database, left, LEFT_WAIT);
    if (settings.now() - started > TURN_SECONDS) return giveBack(database, left, 0);
  }
}

/** Status of the answer, or code of why there was none. */
async function send({ serviceKey, reach, now, post }: TellSettings, message: TakenMessage): Promise<string> {
  const numbers = message.both ? [message.secret_no, message.secret_no - 1] : [message.secret_no];
  const body = messageBody(message);
  const signed = signatureHeaders(
    { id: message.message_id, at: now(), body },
    numbers.map((number) => webhookSecret(serviceKey, message.webhook_id, number)),
  );
  const headers = { 'content-type': 'application/json', 'user-agent': 'raccroche', ...signed };
  try {
    return String(await post(new URL(message.url), { headers, body, timeoutMs: TIMEOUT_MS, reach }));
  } catch (error) {
    if (error instanceof NotPosted) return error.code;
    throw error;
  }
}

async function delivered(database: Database, message: TakenMessage, code: string): Promise<void> {
  await database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
    await transaction.query(
      `UPDATE partners.messages SET delivered_at = now(), next_try_at = NULL, tries = tries + 1, last_code = $2
       WHERE message_id = $1`,
      [message.message_id, code],
    );
    await transaction.query(
      'UPDATE partners.webhooks SET failing_since = NULL WHERE webhook_id = $1 AND failing_since IS NOT NULL',
      [message.webhook_id],
    );
  });
}

async function failed(database: Database, message: TakenMessage, code: string): Promise<void> {
  await database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
    await transaction.query(
      `UPDATE partners.messages SET tries = tries + 1, last_code = $2,
         next_try_at = now() + make_interval(secs => ($3::INT[])[tries + 1])
       WHERE message_id = $1`,
      [message.message_id, code, WAITS],
    );
    const { rows } = await transaction.query<{ partner_id: string; suspended_for: string; step: number }>(
      `UPDATE partners.webhooks SET failing_since = coalesce(failing_since, now()),
         suspended_at = CASE WHEN $2 OR failing_since < now() - make_interval(days => ${SUSPENDED_AFTER_DAYS}) THEN now() END,
         suspended_for = CASE WHEN $2 THEN 'gone'
           WHEN failing_since < now() - make_interval(days => ${SUSPENDED_AFTER_DAYS}) THEN 'failures' END
       WHERE webhook_id = $1 AND suspended_at IS NULL
       RETURNING partner_id, suspended_for, (extract(epoch FROM now()) / 86400)::INT AS step`,
      [message.webhook_id, code === String(GONE)],
    );
    const [row] = rows;
    if (!row || row.suspended_for === null) return;
    await transaction.query("SELECT access.tell_of_partner($1, 'webhook_suspended', $2, $3, $4)", [
      row.partner_id,
      message.webhook_id,
      row.step,
      JSON.stringify({ partner: row.partner_id, why: row.suspended_for }),
    ]);
  });
}

/** Untried after all: due again in so many seconds. */
async function giveBack(
  database: Database,
  messages: readonly TakenMessage[],
  seconds: number,
): Promise<void> {
  if (messages.length === 0) return;
  await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query(
      'UPDATE partners.messages SET next_try_at = now() + make_interval(secs => $2) WHERE message_id = ANY ($1)',
      [messages.map(({ message_id }) => message_id), seconds],
    ),
  );
}

async function nextInstant(database: Database): Promise<string | null> {
  const { rows } = await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query<{ at: string | null }>(
      `SELECT min(m.next_try_at) AS at FROM partners.messages m JOIN partners.webhooks w USING (webhook_id)
       WHERE m.next_try_at IS NOT NULL AND ${TOLD}`,
    ),
  );
  return rows[0]?.at ?? null;
}
