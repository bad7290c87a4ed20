import { createHash } from 'node:crypto';
import { type MessageChannel, SCHOOL_LINK_PATH } from '@raccroche/contract';
import { type Attachment, type CarryMessage, MessageRefused } from '../../platform/mail/carrier.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { drawSecret } from '../../platform/secrets/draw-secret.ts';
import { LINK_MARK } from './link-mark.ts';

/** Times a message is tried; the last failure is told and kept. */
const ATTEMPTS_MAX = 6;
/** Minutes before the second attempt; each next waits three times as long: ten hours in all. */
const FIRST_WAIT_MINUTES = 5;
/** Minutes for which nobody else takes a message that somebody is sending. */
const LEASE_MINUTES = 10;

/** How many messages ended how, and how many wait to be tried again. */
export interface SendReport {
  readonly sent: number;
  readonly withdrawn: number;
  readonly failed: number;
  readonly again: number;
}

interface DueRow {
  readonly message_id: string;
  readonly channel: MessageChannel;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly attachment: Attachment | null;
  readonly attempts: number;
  readonly allowed: boolean;
  readonly link_id: string | null;
}

interface Sending {
  readonly database: Database;
  readonly carry: CarryMessage;
  readonly origin: string | undefined;
}

/**
 * Sends the messages whose time has come, one after the other, `most` at most. `origin`: where people find the application, such
 * as `https://raccroche.exemple.fr`; a message with a link waits for it. Several programs may do so side by side. What the
 * case no longer allows is withdrawn. The base is not held while a message is under way: a program that is cut short in between
 * leaves a message that is sent once more, under the same identifier. Works as `raccroche_worker`.
 */
export async function sendDueMessages(
  database: Database,
  carry: CarryMessage,
  { origin, most = 100 }: { readonly origin?: string | undefined; readonly most?: number } = {},
): Promise<SendReport> {
  const report = { sent: 0, withdrawn: 0, failed: 0, again: 0 };
  for (let taken = 0; taken < most; taken += 1) {
    const due = await claim(database);
    if (due === undefined) break;
    report[await sendOne({ database, carry, origin }, due)] += 1;
  }
  return report;
}

async function claim(database: Database): Promise<DueRow | undefined> {
  return database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
    const { rows } = await transaction.query<DueRow>(
      `UPDATE contacts.messages m SET attempts = m.attempts + 1, not_before = now() + make_interval(mins => $1)
       WHERE m.message_id = (SELECT d.message_id FROM contacts.messages d WHERE d.state = 'waiting' AND d.not_before <= now()
         ORDER BY d.not_before, d.message_id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING m.message_id, m.channel, m.address, m.subject, m.body, m.attachment, m.attempts, m.link_id,
         (m.case_id IS NULL OR contacts.may_write_about(m.case_id)
           OR (m.kind = 'appointment_cancelled' AND contacts.may_call_off(m.case_id)))
           AND (m.link_id IS NULL OR EXISTS (SELECT FROM contacts.school_questions q
             WHERE q.link_id = m.link_id AND contacts.waits(q))) AS allowed`,
      [LEASE_MINUTES],
    );
    return rows[0];
  });
}

async function sendOne({ database, carry, origin }: Sending, due: DueRow): Promise<keyof SendReport> {
  if (!due.allowed) return settle(database, due, 'withdrawn', null);
  try {
    await carry({
      messageId: due.message_id,
      channel: due.channel,
      address: due.address,
      subject: due.subject,
      body: await withLink(database, due, origin),
      attachment: due.attachment ?? undefined,
    });
  } catch (error) {
    if (error instanceof MessageRefused) return settle(database, due, 'failed', 'refused');
    if (due.attempts >= ATTEMPTS_MAX) return settle(database, due, 'failed', 'unreachable');
    await postpone(database, due);
    return 'again';
  }
  return settle(database, due, 'sent', null);
}

/** The text with its link, of which the base keeps a hash alone: a message that is tried again has another one. */
async function withLink(
  database: Database,
  { body, link_id }: DueRow,
  origin: string | undefined,
): Promise<string> {
  if (link_id === null) return body;
  if (origin === undefined) throw new Error('where people find the application is not known');
  const token = drawSecret();
  await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query('INSERT INTO contacts.school_link_tokens (token_hash, link_id) VALUES ($1, $2)', [
      createHash('sha256').update(token).digest(),
      link_id,
    ]),
  );
  // Behind the #: a browser never sends that part, so that no log on the way has it.
  return body.replaceAll(LINK_MARK, `${origin}${SCHOOL_LINK_PATH}#${token}`);
}

async function settle<S extends 'sent' | 'failed' | 'withdrawn'>(
  database: Database,
  { message_id }: DueRow,
  state: S,
  failure: string | null,
): Promise<S> {
  await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query('SELECT contacts.settle($1, $2, $3)', [message_id, state, failure]),
  );
  return state;
}

async function postpone(database: Database, { message_id, attempts }: DueRow): Promise<void> {
  await database.transaction({ role: 'raccroche_worker' }, (transaction) =>
    transaction.query(
      `UPDATE contacts.messages SET not_before = now() + make_interval(mins => $2) WHERE message_id = $1 AND state = 'waiting'`,
      [message_id, FIRST_WAIT_MINUTES * 3 ** (attempts - 1)],
    ),
  );
}
