import type { CaseDetail } from '@raccroche/contract';
import { useState } from 'react';
import { today } from '../client/clock.ts';
import { daysBetween, hour, longDate, shortDate } from '../words/dates.ts';
import { actorName } from './case-data.ts';
import { detailWords, EVENT_GROUPS, type EventGroup, groupOf, kindWords } from './event-words.ts';
import { MessageItem, useMessages } from './messages.tsx';

type Event = CaseDetail['timeline'][number];

type Filter = 'all' | EventGroup;
const FILTERS = { all: 'Tout', ...EVENT_GROUPS } as const satisfies Record<Filter, string>;

const isBySchool = ({ kind, actor }: Event) => kind === 'school_answered' && actor === null;
const isShown = (filter: Filter, event: Event) => filter === 'all' || groupOf(event) === filter;

function Item({
  event,
  one,
  me,
}: {
  readonly event: Event;
  readonly one: CaseDetail;
  readonly me: string | undefined;
}) {
  const name = (personId: string | null) => actorName(one, personId, me);
  const details = detailWords(event, name);
  const late = daysBetween(event.happenedAt, event.recordedAt) > 0;
  return (
    <li className={event.undone ? 'is-undone' : ''}>
      <p className="timeline-when">
        {longDate(event.happenedAt, today())}, {hour(event.happenedAt)}
        {late && ` (noté le ${shortDate(event.recordedAt)})`}
      </p>
      <p>
        <strong>{kindWords(event.kind)}</strong>
        {details !== '' && ` : ${details}`}
        {event.undone && <span className="tag">annulé</span>}
      </p>
      <p className="quiet">{isBySchool(event) ? 'L’établissement, par le lien reçu' : name(event.actor)}</p>
    </li>
  );
}

/** Everything that happened, the latest first. */
export function Timeline({ one, me }: { readonly one: CaseDetail; readonly me: string | undefined }) {
  const [filter, setFilter] = useState<Filter>('all');
  const messages = useMessages(one.caseId);
  const items = [
    ...one.timeline
      .filter((event) => isShown(filter, event))
      .map((event) => ({
        at: event.recordedAt,
        item: <Item key={event.eventId} event={event} one={one} me={me} />,
      })),
    ...(filter === 'all' || filter === 'contacts' ? messages : []).map((message) => ({
      at: message.endedAt ?? message.askedAt,
      item: (
        <MessageItem key={message.messageId} message={message} by={actorName(one, message.askedBy, me)} />
      ),
    })),
  ];
  const latestFirst = items.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return (
    <section className="panel" aria-labelledby="histoire">
      <h2 id="histoire">Historique</h2>
      <fieldset className="choices choices-small">
        <legend className="visually-hidden">Montrer</legend>
        {(Object.keys(FILTERS) as Filter[])
          .filter((value) => value === 'all' || one.timeline.some((event) => isShown(value, event)))
          .map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="historique"
                checked={filter === value}
                onChange={() => setFilter(value)}
              />
              {FILTERS[value]}
            </label>
          ))}
      </fieldset>
      {latestFirst.length === 0 ? (
        <p className="quiet">Rien pour l’instant.</p>
      ) : (
        <ol className="timeline">{latestFirst.map(({ item }) => item)}</ol>
      )}
    </section>
  );
}
