import {
  AttemptChannelLabels,
  type CaseMessage,
  MessageKindLabels,
  MessageStateLabels,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { part } from '../frame/missing-parts.tsx';
import { hour, longDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';

const NONE: readonly CaseMessage[] = [];

/** What was written about a case; none until it is known: the rest of the history does not wait for it. */
export function useMessages(caseId: string): readonly CaseMessage[] {
  const { data } = useQuery({
    queryKey: ['case-messages', caseId],
    queryFn: ({ signal }) => call('caseMessages', { params: { caseId } }, signal),
    meta: part('les messages'),
  });
  return data?.messages ?? NONE;
}

function stateWords({ state, leavesAt }: CaseMessage): string {
  if (state !== 'waiting' || leavesAt === null) return MessageStateLabels[state];
  return `${MessageStateLabels.waiting}, ${longDate(leavesAt, today())} à ${hour(leavesAt)}`;
}

/** A message in the history, with its text as long as it is kept. */
export function MessageItem({ message, by }: { readonly message: CaseMessage; readonly by: string }) {
  const at = message.endedAt ?? message.askedAt;
  return (
    <li>
      <p className="timeline-when">
        {longDate(at, today())}, {hour(at)}
      </p>
      <p>
        <strong>{capital(MessageKindLabels[message.kind])}</strong> : {AttemptChannelLabels[message.channel]},{' '}
        {stateWords(message)}
      </p>
      {message.body !== '' && (
        <details>
          <summary>Lire le message</summary>
          <p className="message-text">{message.body}</p>
        </details>
      )}
      <p className="quiet">{by}</p>
    </li>
  );
}
