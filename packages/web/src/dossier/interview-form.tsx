import {
  APPOINTMENT_MINUTES,
  type CaseDetail,
  channelsTo,
  type InterviewMode,
  InterviewModeLabels,
  type MessageChannel,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { localInstant, today } from '../client/clock.ts';
import { useMe } from '../client/session.ts';
import { addDays, hour, localDay, localHour, longDate, weekdayOf } from '../words/dates.ts';
import { Select } from './choices.tsx';
import { InterviewConflicts } from './interview-conflicts.tsx';
import { InterviewSlots } from './interview-slots.tsx';
import { useCaseAct } from './use-case-act.tsx';

const LENGTHS = {
  '30': '30 minutes',
  '45': '45 minutes',
  '60': '1 heure',
  '90': '1 heure et demie',
} as const;
type Length = keyof typeof LENGTHS;
const lengthOf = (minutes: number): Length =>
  (Object.keys(LENGTHS) as Length[]).find((length) => Number(length) >= minutes) ?? '90';

/** In a week, or on the Monday after when that is a week-end. */
function inAWeek(): string {
  const day = addDays(today(), 7);
  return weekdayOf(day) > 5 ? addDays(day, 8 - weekdayOf(day)) : day;
}

type Notify = MessageChannel | 'none';
const NOTIFY_LABELS = {
  sms: 'par SMS',
  email: 'par courriel',
  letter: 'par courrier',
  none: 'je préviens moi-même',
} as const satisfies Record<Notify, string>;

/** By what the person may be told, the quickest first; by nothing when they do not wish to be contacted. */
const waysToTell = (one: CaseDetail): readonly Notify[] =>
  one.contact === 'refuses' ? ['none'] : [...channelsTo(one.contacts), 'none'];

interface Draft {
  readonly day: string;
  readonly time: string;
  readonly mode: InterviewMode;
  readonly length: Length;
  readonly receivedBy: string;
  readonly place: string;
  readonly notify: Notify;
}

/** What is proposed at first: the hour that was pressed, else what is set already, else in a week. */
function firstDraft(one: CaseDetail, me: string, at: string | undefined): Draft {
  const { appointment, interviewAt } = one;
  const start = at ?? interviewAt;
  return {
    day: start === null ? inAWeek() : localDay(start),
    time: start === null ? '10:00' : localHour(start),
    mode: appointment?.mode ?? 'on_site',
    length: lengthOf(appointment?.minutes ?? APPOINTMENT_MINUTES.usual),
    receivedBy: appointment?.receivedBy ?? me,
    place: appointment?.place ?? '',
    notify: waysToTell(one)[0] ?? 'none',
  };
}

function Where({
  one,
  draft,
  onChange,
}: {
  readonly one: CaseDetail;
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  const people = Object.fromEntries(
    one.colleagues.map(({ personId, displayName }) => [personId, displayName]),
  );
  const notify = Object.fromEntries(waysToTell(one).map((way) => [way, NOTIFY_LABELS[way]])) as Record<
    Notify,
    string
  >;
  return (
    <div className="fields">
      <Select
        label="Comment"
        labels={InterviewModeLabels}
        chosen={draft.mode}
        onChoose={(mode) => onChange({ mode })}
      />
      <Select
        label="Durée"
        labels={LENGTHS}
        chosen={draft.length}
        onChoose={(length) => onChange({ length })}
      />
      <Select
        label="Qui reçoit"
        labels={people}
        chosen={draft.receivedBy}
        onChoose={(receivedBy) => onChange({ receivedBy })}
      />
      <Select
        label="Prévenir"
        labels={notify}
        chosen={draft.notify}
        onChoose={(chosen) => onChange({ notify: chosen })}
      />
      {draft.mode === 'on_site' && (
        <label className="field">
          <span>Lieu</span>
          <input
            type="text"
            maxLength={120}
            value={draft.place}
            placeholder="adresse, bureau"
            onChange={(event) => onChange({ place: event.target.value })}
          />
        </label>
      )}
    </div>
  );
}

function When({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  return (
    <div className="fields">
      <label className="field">
        <span>Jour</span>
        <input
          type="date"
          required
          min={today()}
          value={draft.day}
          onChange={(event) => onChange({ day: event.target.value })}
        />
      </label>
      <label className="field">
        <span>Heure</span>
        <input
          type="time"
          required
          value={draft.time}
          onChange={(event) => onChange({ time: event.target.value })}
        />
      </label>
    </div>
  );
}

/** Where I receive, for who has not said where yet. */
function useMyPlace(): string {
  const { data } = useQuery({
    queryKey: ['reception'],
    queryFn: ({ signal }) => call('reception', {}, signal),
    staleTime: 300_000,
  });
  return data?.place ?? '';
}

function Buttons({
  name,
  busy,
  isMove,
  onDone,
}: {
  readonly name: string;
  readonly busy: boolean;
  readonly isMove: boolean;
  readonly onDone: () => void;
}) {
  return (
    <p>
      <button type="submit" className="button" disabled={busy}>
        {name}
      </button>{' '}
      <button type="button" className="button button-quiet" onClick={onDone}>
        {isMove ? 'Ne rien changer' : 'Ne rien fixer'}
      </button>
    </p>
  );
}

/** Sets an interview, or moves the one that is set. `at`: the hour that was chosen before the form opened. */
export function InterviewForm({
  one,
  onDone,
  at: asked,
}: {
  readonly one: CaseDetail;
  readonly onDone: () => void;
  readonly at?: string | undefined;
}) {
  const { data: me } = useMe();
  const [draft, setDraft] = useState(() => firstDraft(one, me?.personId ?? '', asked));
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const myPlace = useMyPlace();
  const place = draft.place || (draft.receivedBy === me?.personId ? myPlace : '');
  const isMove = one.interviewAt !== null;
  const isWhole = draft.day !== '' && draft.time !== '';
  const at = isWhole ? localInstant(draft.day, draft.time) : '';
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = `Entretien ${isMove ? 'déplacé au' : 'fixé'} ${longDate(draft.day, today())} à ${hour(at)}`;
    void send({
      route: 'setInterview',
      body: {
        at,
        mode: draft.mode,
        minutes: Number(draft.length),
        notify: draft.notify,
        ...(draft.receivedBy === '' ? {} : { receivedBy: draft.receivedBy }),
        ...(draft.mode === 'on_site' && place !== '' ? { place } : {}),
      },
      done: words,
      mine: words,
    });
  };
  const name = isMove ? 'Déplacer l’entretien' : 'Fixer l’entretien';
  return (
    <form className="act-form" aria-label={isMove ? name : 'Fixer un entretien'} onSubmit={record}>
      {trouble}
      <When draft={draft} onChange={change} />
      <InterviewSlots
        one={one}
        person={draft.receivedBy}
        minutes={Number(draft.length)}
        chosen={at}
        onChoose={(slot) => change({ day: localDay(slot), time: localHour(slot) })}
      />
      <Where one={one} draft={{ ...draft, place }} onChange={change} />
      {isWhole && (
        <InterviewConflicts one={one} person={draft.receivedBy} at={at} minutes={Number(draft.length)} />
      )}
      {one.minor && (
        <p className="quiet">
          Pour un mineur, la loi demande la présence du représentant légal : il est invité aussi.
        </p>
      )}
      <Buttons name={name} busy={busy} isMove={isMove} onDone={onDone} />
    </form>
  );
}
