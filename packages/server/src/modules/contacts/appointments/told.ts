import { createHash } from 'node:crypto';
import type { MessageChannel, MessageState } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import type { StoredCase } from '../../cases/index.ts';
import type { News } from './words.ts';

/** What the act says of the messages that it may give cause for. */
export interface Telling {
  /** Asked by the person who sets it; `none`: they tell it themselves. Absent: as it was told before, if it was. */
  readonly notify?: MessageChannel | 'none' | undefined;
  /** What is no longer set was held or missed: nobody is told that it does not take place. */
  readonly isOver?: boolean;
  readonly now: string;
}

/** What was written of the appointments of a case, the latest first. */
export interface ToldRow {
  readonly key: string;
  readonly state: MessageState;
  readonly channel: MessageChannel;
}

/**
 * What an appointment is, as somebody is told it: its hour, and a print of how, where and with whom. Null when none is set.
 */
export function signatureOf(row: StoredCase): string | null {
  const { interview_at: at, interview_mode, interview_place, interview_with } = row;
  if (at === null) return null;
  const rest = JSON.stringify([interview_mode, interview_place, interview_with]);
  return `${Date.parse(at)}~${createHash('sha256').update(rest).digest('hex').slice(0, 12)}`;
}

export async function readTold({ transaction }: Caller, caseId: string): Promise<ToldRow[]> {
  const { rows } = await transaction.query<ToldRow>(
    `SELECT key, state, channel FROM contacts.messages
     WHERE case_id = $1 AND kind LIKE 'appointment%' ORDER BY created_at DESC, message_id DESC`,
    [caseId],
  );
  return rows;
}

/** The hour that a signature tells. */
export const hourOf = (signature: string): string => new Date(Number(signature.split('~')[0])).toISOString();

const partsOf = ({ key }: ToldRow) => {
  const [, , of = '', news = ''] = key.split('/');
  return { of, news: news as News };
};

export interface Plan {
  /** Keys of what waits and no longer holds. */
  readonly withdraw: readonly string[];
  /** What is to be written, of the appointment `of`; nothing without a channel. */
  readonly news: readonly News[];
  readonly of: string;
  readonly channel: MessageChannel | null;
}

/**
 * What is to be withdrawn and written so that the last thing somebody is told is what is set now. `rows`: the latest first.
 */
export function planOf(rows: readonly ToldRow[], is: string | null, { notify, isOver, now }: Telling): Plan {
  const sent = rows.find((row) => row.state === 'sent' && partsOf(row).news !== 'reminder');
  const last = sent === undefined || partsOf(sent).news === 'cancelled' ? null : partsOf(sent).of;
  const holds = (row: ToldRow) => {
    const { of, news } = partsOf(row);
    return news === 'cancelled' ? is === null && of === last && !isOver : of === is;
  };
  const waiting = rows.filter(({ state }) => state === 'waiting');
  const withdraw = waiting.filter((row) => !holds(row)).map(({ key }) => key);
  const kept = waiting.filter(holds).map((row) => partsOf(row).news);
  const before = rows.find((row) => partsOf(row).of === (is ?? last)) ?? sent;
  const asked = notify === undefined ? before?.channel : notify;
  const channel = asked === undefined || asked === 'none' ? null : asked;
  const plan = (of: string, ...news: News[]): Plan => ({
    withdraw,
    of,
    channel,
    news: news.filter((one) => !kept.includes(one)),
  });
  if (is === null) {
    const isToCome = last !== null && Number(last.split('~')[0]) > Date.parse(now);
    return isToCome && !isOver ? plan(last, 'cancelled') : plan('');
  }
  if (last === is) return plan(is, 'reminder');
  return plan(is, last === null ? 'invitation' : 'moved', 'reminder');
}
