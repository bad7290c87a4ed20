import { MeetingTopicLabels } from '@raccroche/contract';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { longDate, since } from '../words/dates.ts';
import { capital, counted, fullName, number } from '../words/texts.ts';
import { nextStepOf } from '../worklist/next-step-words.ts';
import { StateWord, tellAxes } from '../worklist/state-words.tsx';
import { DecideForm } from './decide-form.tsx';
import { Decisions } from './decisions.tsx';
import {
  type Agenda,
  type AgendaCase,
  type AgendaTopic,
  type Meeting,
  problemText,
  useAgenda,
  useDecide,
  useRefreshMeetings,
  versionKey,
} from './use-meeting.ts';

const DONE = {
  assign: 'Dossier confié',
  call_back: 'Contact demandé',
  hand_over: 'Dossier transféré',
  close: 'Dossier clos',
  postpone: 'Reporté à la prochaine réunion',
  note: 'Décision notée',
} as const;

interface Place {
  readonly topic: AgendaTopic['topic'];
  readonly item: AgendaCase;
}

function Progress({ agenda }: { readonly agenda: Agenda }) {
  const left = agenda.topics.reduce((sum, { count }) => sum + count, 0);
  const done = agenda.decisions.length;
  return (
    <div className="progress">
      <p role="status">
        <strong>
          {number(done)} sur {number(done + left)}
        </strong>
        {left > 0 &&
          ` · ${agenda.topics
            .filter(({ count }) => count > 0)
            .map(({ topic, count }) => `${MeetingTopicLabels[topic].toLowerCase()} : ${number(count)}`)
            .join(', ')}`}
      </p>
      <progress max={Math.max(1, done + left)} value={done} aria-label="Avancement de la réunion" />
    </div>
  );
}

function Case({ place, agenda }: { readonly place: Place; readonly agenda: Agenda }) {
  const title = useRef<HTMLHeadingElement>(null);
  const { case: one, lastActOn } = place.item;
  useEffect(() => {
    if (agenda.decisions.length > 0) title.current?.focus();
  }, [agenda.decisions.length]);
  const referent = agenda.colleagues.find(({ personId }) => personId === one.referent)?.displayName;
  return (
    <div className="meeting-case">
      <p className="meeting-topic">{MeetingTopicLabels[place.topic]}</p>
      <h2 ref={title} tabIndex={-1}>
        {fullName(one)}
      </h2>
      <p>
        {one.age} ans {one.minor && <span className="tag">mineur</span>} ·{' '}
        {one.communeName ?? 'commune non connue'} · {one.lastTraining ?? 'formation non connue'}
      </p>
      <dl className="axes">
        {tellAxes(one).map((told) => (
          <div key={told.axis}>
            <dt>{told.axis}</dt>
            <dd>
              <StateWord told={told} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <strong>Référent :</strong> {referent ?? (one.referent === null ? 'personne' : 'quelqu’un d’autre')}
      </p>
      <p>
        <strong>Dernière chose faite :</strong>{' '}
        {lastActOn === null ? 'rien encore' : since(lastActOn, today())}
        {one.attempts > 0 && ` · ${counted(one.attempts, 'tentative', 'tentatives')}`}
      </p>
      <p>
        <strong>Prochaine étape :</strong> {nextStepOf(one)}
      </p>
      <p>
        <Link href={`/dossiers/${one.caseId}`}>Ouvrir le dossier</Link>
      </p>
    </div>
  );
}

interface Change {
  readonly attendees?: readonly string[];
  readonly closed?: boolean;
}

/** Changes the meeting; what was just ticked shows at once, and the server has the last word. */
function useMeetingChanges(meeting: Meeting) {
  const refresh = useRefreshMeetings();
  const [problem, setProblem] = useState<string>();
  const [ticked, setTicked] = useState<readonly string[]>();
  // One change after the other, each on what the one before left.
  const changes = useRef(Promise.resolve());
  const latest = useRef(meeting);
  if (meeting.version > latest.current.version) latest.current = meeting;
  const send = async (next: Change) => {
    setProblem(undefined);
    const { meetingId, version, heldOn, attendees } = latest.current;
    try {
      latest.current = await call('changeMeeting', {
        params: { meetingId },
        body: {
          version,
          heldOn,
          attendees: [...(next.attendees ?? attendees)],
          closed: next.closed ?? false,
        },
      });
    } catch (error) {
      setProblem(problemText(error));
    }
    await refresh();
    setTicked(undefined);
  };
  const change = (next: Change) => {
    if (next.attendees !== undefined) setTicked(next.attendees);
    changes.current = changes.current.then(() => send(next));
  };
  return { present: ticked ?? meeting.attendees, problem, change };
}

/** Who is there, and the end: changed by one of those who lead, told to the other. */
function Head({ agenda }: { readonly agenda: Agenda }) {
  const { meeting, colleagues } = agenda;
  const { present, problem, change } = useMeetingChanges(meeting);
  return (
    <div className="meeting-head">
      <fieldset className="choices-small">
        <legend>Présents</legend>
        {colleagues.map(({ personId, displayName }) => (
          <label key={personId}>
            <input
              type="checkbox"
              checked={present.includes(personId)}
              onChange={(event) =>
                change({
                  attendees: event.target.checked
                    ? [...present, personId]
                    : present.filter((one) => one !== personId),
                })
              }
            />
            {displayName}
          </label>
        ))}
      </fieldset>
      <button type="button" className="button button-quiet" onClick={() => change({ closed: true })}>
        Finir la réunion
      </button>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** A meeting that goes on: its agenda in series. It may be left and taken up again at any time. */
export function RunningMeeting({ meetingId }: { readonly meetingId: string }) {
  const { data: agenda, error, isPending, refetch } = useAgenda(meetingId);
  const { busy, problem, decided, decide } = useDecide(meetingId, DONE);
  const [later, setLater] = useState<readonly string[]>([]);
  if (isPending) return <Skeleton lines={4} height={80} />;
  if (agenda === undefined) return <Failed error={error} what="la réunion" onRetry={() => void refetch()} />;
  const idOf = ({ item }: Place) => item.case.caseId;
  const places = agenda.topics
    .flatMap(({ topic, cases }) => cases.map((item) => ({ topic, item })))
    .filter((one) => !decided.has(versionKey(one.item.case)));
  // Those that were passed over come back at the end.
  const place =
    places.find((one) => !later.includes(idOf(one))) ??
    later.flatMap((caseId) => places.find((one) => idOf(one) === caseId) ?? [])[0];
  return (
    <>
      <p className="lead">{capital(longDate(agenda.meeting.heldOn, today()))}</p>
      <Head key={agenda.meeting.meetingId} agenda={agenda} />
      <Progress agenda={agenda} />
      {place === undefined ? (
        <Empty title="L’ordre du jour est épuisé.">
          <p>Finissez la réunion, et enregistrez le compte rendu.</p>
        </Empty>
      ) : (
        <article className="litige" key={idOf(place)}>
          <div>
            <Case place={place} agenda={agenda} />
            {problem !== undefined && (
              <p className="warning" role="alert">
                {problem}
              </p>
            )}
            <button
              type="button"
              className="button button-quiet"
              onClick={() =>
                setLater((before) => [...before.filter((one) => one !== idOf(place)), idOf(place)])
              }
            >
              Passer, y revenir à la fin
            </button>
          </div>
          <DecideForm
            agenda={agenda}
            busy={busy}
            onDecide={(wanted) => void decide(place.item.case, place.topic, wanted)}
          />
        </article>
      )}
      <Decisions agenda={agenda} />
    </>
  );
}
