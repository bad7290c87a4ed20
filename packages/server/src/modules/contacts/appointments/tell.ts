import { createHash } from 'node:crypto';
import { addressFor, channelsTo, type MessageChannel } from '@raccroche/contract';
import { ageAt } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { localTime, timeZoneOf } from '../../../kernel/local-time.ts';
import type { Caller } from '../../access/index.ts';
import { readContacts, type StoredCase } from '../../cases/index.ts';
import { enqueueMessage, withdrawMessages } from '../outbox.ts';
import { readWriting } from './read-writing.ts';
import { GRACE_MS, reminderTime, whenItMayRing } from './sending-time.ts';
import { hourOf, planOf, readTold, signatureOf, type Telling } from './told.ts';
import { type News, type Writing, wordsOf } from './words.ts';

const ADULT_AGE = 18;

/** Somebody to write to. */
interface Recipient {
  readonly who: 'person' | 'representative';
  readonly channel: MessageChannel;
  readonly address: string;
}

/**
 * Writes what an act changes of the appointment of a case: an invitation, a change, that it does not take place, and a reminder;
 * what waits and no longer holds is withdrawn. Nothing leaves before the act can no longer be taken back at once. Never to who
 * does not wish it, nor by what is known to be wrong; about who is not to be followed, that it does not take place alone. Throws `not_possible` when the channel
 * that was asked leads nowhere.
 */
export async function tellOfAppointment(
  caller: Caller,
  before: StoredCase,
  after: StoredCase,
  telling: Telling,
): Promise<void> {
  const [was, is] = [signatureOf(before), signatureOf(after)];
  if (was === is && telling.notify === undefined) return;
  const told = await readTold(caller, after.case_id);
  const plan = planOf(told, is, telling);
  await withdrawMessages(caller.transaction, plan.withdraw);
  if (plan.channel === null || plan.news.length === 0 || !mayWrite(after, is === null)) return;
  // What does not take place is what they were told of.
  const about = is === null ? { ...before, interview_at: hourOf(plan.of) } : after;
  const writing = await readWriting(caller, about);
  const recipients = await recipientsOf(caller, about, plan.channel, telling);
  for (const news of plan.news)
    for (const [index, recipient] of recipients.entries())
      await write(caller, { after, about, news, recipient, index, writing, now: telling.now, of: plan.of });
}

/** Whoever was invited is told that it does not take place, of a case that was just closed too; but not after a death. */
function mayWrite(after: StoredCase, isCalledOff: boolean): boolean {
  if (after.platform_id === null || after.contact === 'refuses') return false;
  if (isCalledOff) return after.verification_reason !== 'deceased';
  return after.pathway !== 'closed' && after.verification !== 'refuted';
}

/** The person, and the legal representatives of a minor who agree to it; each by the channel that was asked or the next that serves. */
async function recipientsOf(
  caller: Caller,
  about: StoredCase,
  asked: MessageChannel,
  { notify, now }: Telling,
): Promise<Recipient[]> {
  const today = localTime(now, timeZoneOf(about.department)).date;
  const { contacts, representatives } = await readContacts(caller, about, today);
  const invited = about.interview_invited ?? ['person'];
  const recipients: Recipient[] = [];
  const add = (who: Recipient['who'], points: typeof contacts) => {
    const channel = addressFor(asked, points) === null ? channelsTo(points)[0] : asked;
    const address = channel === undefined ? null : addressFor(channel, points);
    if (channel !== undefined && address !== null && !recipients.some((one) => one.address === address))
      recipients.push({ who, channel, address });
  };
  if (invited.includes('person')) {
    if (notify !== undefined && addressFor(asked, contacts) === null)
      throw new RaccrocheError('not_possible', NO_WAY[asked]);
    add('person', contacts);
  }
  if (invited.includes('representative') && ageAt(about.birth_date, today) < ADULT_AGE)
    for (const one of representatives) if (!one.refuses) add('representative', one.contacts);
  return recipients;
}

const NO_WAY = {
  sms: 'Aucun numéro de portable en état : choisissez un autre moyen de prévenir.',
  email: 'Aucune adresse électronique en état : choisissez un autre moyen de prévenir.',
  letter: 'Aucune adresse postale en état : choisissez un autre moyen de prévenir.',
} as const satisfies Record<MessageChannel, string>;

interface Letter {
  readonly after: StoredCase;
  readonly about: StoredCase;
  readonly news: News;
  readonly recipient: Recipient;
  readonly index: number;
  readonly writing: Writing;
  readonly now: string;
  /** Signature of the appointment that it tells of. */
  readonly of: string;
}

async function write(caller: Caller, letter: Letter): Promise<void> {
  const { after, about, news, recipient, index, writing, now, of } = letter;
  const notBefore = leavesAt(letter);
  // A letter is too slow to remind.
  if (notBefore === null || (news === 'reminder' && recipient.channel === 'letter')) return;
  const { text, attachment } = wordsOf(news, writing, {
    ...recipient,
    about,
    uid: `${createHash('sha256').update(`appointment ${about.case_id}`).digest('hex').slice(0, 32)}@raccroche.invalid`,
    sequence: after.version,
    now,
  });
  await enqueueMessage(caller.transaction, {
    key: `appointment/${after.case_id}/${of}/${news}/${after.version}/${recipient.who}-${index}`,
    kind: `appointment_${news}`,
    channel: recipient.channel,
    address: recipient.address,
    ...text,
    ...(attachment ? { attachment } : {}),
    caseId: after.case_id,
    platformId: after.platform_id ?? '',
    notBefore,
  });
}

function leavesAt({ about, news, recipient, now }: Letter): string | null {
  if (news === 'reminder') return reminderTime(about.interview_at ?? now, now, about.department);
  const soon = new Date(Date.parse(now) + GRACE_MS).toISOString();
  return recipient.channel === 'sms' ? whenItMayRing(soon, about.department) : soon;
}
