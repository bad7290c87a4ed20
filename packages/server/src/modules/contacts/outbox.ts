import type { MessageChannel, MessageKind } from '@raccroche/contract';
import type { Attachment } from '../../platform/mail/carrier.ts';
import type { Transaction } from '../../platform/postgres/database.ts';

/** A message to send. */
export interface NewMessage {
  /** What gives cause for it, such as `appointment/<id>/invitation/1`: the same key again is the same message. */
  readonly key: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  /** An e-mail address, a telephone number, or the lines of a postal address. */
  readonly address: string;
  /** Of an SMS: empty. */
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly attachment?: Attachment;
  /** Whom it is about: it is withdrawn when their case no longer allows it. None: nobody in particular. */
  readonly caseId?: string;
  /** The platform that writes. */
  readonly platformId: string;
  /** ISO instant before which it does not leave; as soon as may be when absent. */
  readonly notBefore?: string;
}

/**
 * Puts a message in the outbox, in the transaction of whatever gives cause for it: both happen, or neither. Under the
 * application's role it needs `case.act` on the platform, which must be the case's. Gives the id, or undefined when there is a
 * message of that key already. The caller has made sure that the case may be acted on (`requireUnrestricted`).
 */
export async function enqueueMessage(
  transaction: Transaction,
  message: NewMessage,
): Promise<string | undefined> {
  const { rows } = await transaction.query<{ message_id: string }>(
    `INSERT INTO contacts.messages (key, kind, channel, address, subject, body, attachment, case_id, platform_id, not_before)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, now()))
     ON CONFLICT (key) DO NOTHING RETURNING message_id`,
    [
      message.key,
      message.kind,
      message.channel,
      message.address,
      message.subject,
      message.body,
      message.attachment === undefined ? null : JSON.stringify(message.attachment),
      message.caseId ?? null,
      message.platformId,
      message.notBefore ?? null,
    ],
  );
  return rows[0]?.message_id;
}

/** Withdraws those of these keys that have not left yet. Gives how many. */
export async function withdrawMessages(transaction: Transaction, keys: readonly string[]): Promise<number> {
  const { rowCount } = await transaction.query(
    `UPDATE contacts.messages SET state = 'withdrawn', settled_at = now() WHERE key = ANY ($1) AND state = 'waiting'`,
    [[...keys]],
  );
  return rowCount;
}
