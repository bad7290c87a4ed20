import type { CaseMessage } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';

interface MessageRow {
  readonly message_id: string;
  readonly kind: CaseMessage['kind'];
  readonly channel: CaseMessage['channel'];
  readonly subject: string;
  readonly body: string;
  readonly state: CaseMessage['state'];
  readonly not_before: string;
  readonly created_at: string;
  readonly settled_at: string | null;
  readonly asked_by: string | null;
}

/** What was written about a case, in the order in which it was asked. The read is written in the trail. */
export async function readMessages(caller: Caller, caseId: string): Promise<CaseMessage[]> {
  const { rows } = await caller.transaction.query<MessageRow>(
    `SELECT message_id, kind, channel, subject, body, state, not_before, created_at, settled_at, asked_by
     FROM contacts.messages WHERE case_id = $1 ORDER BY created_at, message_id`,
    [caseId],
  );
  await caller.record('message.listed', [caseId]);
  return rows.map((row) => ({
    messageId: row.message_id,
    kind: row.kind,
    channel: row.channel,
    subject: row.subject,
    body: row.body,
    state: row.state,
    askedAt: row.created_at,
    leavesAt: row.state === 'waiting' ? row.not_before : null,
    endedAt: row.settled_at,
    askedBy: row.asked_by,
  }));
}
