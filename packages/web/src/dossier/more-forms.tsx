import { type CaseDetail, type ContactMark, type DayItem, LATER_DAYS_MAX } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../client/call.ts';
import { localInstant, today } from '../client/clock.ts';
import { DateField, FormButtons } from '../frame/fields.tsx';
import { part } from '../frame/missing-parts.tsx';
import { addDays, longDate, shortDate } from '../words/dates.ts';
import { Select } from './choices.tsx';
import { InterviewEnds } from './interview-ends.tsx';
import { useCaseAct } from './use-case-act.tsx';
import { usePlainAct } from './use-plain-act.tsx';

interface FormProps {
  readonly one: CaseDetail;
  readonly onDone: () => void;
}

/** A call-back, set or taken away. */
export function CallBackForm({ one, onDone }: FormProps) {
  const [day, setDay] = useState(addDays(today(), 1));
  const [time, setTime] = useState('09:00');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = `Rappel prévu ${longDate(day, today())}`;
    void send({ route: 'setCallBack', body: { at: localInstant(day, time) }, done: words, mine: words });
  };
  const clear = () =>
    void send({ route: 'setCallBack', body: { at: null }, done: 'Rappel retiré', mine: 'Retirer le rappel' });
  return (
    <form className="act-form" aria-label="Prévoir un rappel" onSubmit={record}>
      {trouble}
      <div className="fields">
        <DateField label="Jour" value={day} min={today()} onChange={setDay} />
        <label className="field">
          <span>Heure</span>
          <input type="time" required value={time} onChange={(event) => setTime(event.target.value)} />
        </label>
      </div>
      {one.callBackAt !== null && (
        <p>
          Un rappel est prévu {longDate(one.callBackAt, today())}.{' '}
          <button type="button" className="link" disabled={busy} onClick={clear}>
            Le retirer
          </button>
        </p>
      )}
      <FormButtons label="Prévoir le rappel" busy={busy} onLeave={onDone} />
    </form>
  );
}

const KIND_LABELS = { phone: 'téléphone', email: 'courriel', address: 'adresse' } as const;
type Kind = keyof typeof KIND_LABELS;
const INPUTS = { phone: 'tel', email: 'email', address: 'text' } as const satisfies Record<Kind, string>;
const OWN = 'own';
const SOMEBODY_NEW = 'new';

/** A way to reach the person or, for a minor, a legal representative, known or new. */
export function ContactForm({ one, onDone }: FormProps) {
  const [kind, setKind] = useState<Kind>('phone');
  const [value, setValue] = useState('');
  const [whose, setWhose] = useState(OWN);
  const [name, setName] = useState('');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const holders: Record<string, string> = {
    [OWN]: 'la personne elle-même',
    ...Object.fromEntries(one.representatives.map((each) => [each.name, each.name])),
    [SOMEBODY_NEW]: 'un autre représentant légal',
  };
  const holder = whose === SOMEBODY_NEW ? name : whose;
  const record = (event: FormEvent) => {
    event.preventDefault();
    const mark: ContactMark = 'added';
    void send({
      route: 'markContact',
      body: { mark, kind, value, ...(whose === OWN ? {} : { holder }) },
      done: 'Moyen de contact ajouté',
      mine: `Ajouter : ${KIND_LABELS[kind]}`,
    });
  };
  return (
    <form className="act-form" aria-label="Ajouter un contact" onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select label="Quoi" labels={KIND_LABELS} chosen={kind} onChoose={setKind} />
        {one.minor && <Select label="De qui" labels={holders} chosen={whose} onChoose={setWhose} />}
        {one.minor && whose === SOMEBODY_NEW && (
          <label className="field">
            <span>Nom du représentant légal</span>
            <input value={name} required minLength={2} onChange={(event) => setName(event.target.value)} />
          </label>
        )}
        <label className="field">
          <span>{kind === 'address' ? 'Adresse, avec des virgules entre les lignes' : 'Valeur'}</span>
          <input
            type={INPUTS[kind]}
            value={value}
            required
            minLength={3}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
      </div>
      <FormButtons label="Ajouter" busy={busy} onLeave={onDone} />
    </form>
  );
}

/** The person asks to return to training: the legal delay for an interview starts. */
export function ReturnForm({ one, onDone }: FormProps) {
  const [on, setOn] = useState(today());
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = `Demande de retour notée au ${shortDate(on)}`;
    void send({ route: 'askReturn', body: { on }, done: words, mine: words });
  };
  return (
    <form className="act-form" aria-label="Demande de retour" onSubmit={record}>
      {trouble}
      <p>
        La personne demande à revenir en formation. Le délai légal pour la recevoir part de ce jour, et
        s’affiche dans « Ma journée ».
      </p>
      <DateField label="Demandé le" value={on} max={today()} onChange={setOn} />
      <FormButtons label="Noter la demande" busy={busy} onLeave={onDone} />
    </form>
  );
}

const ITEM_LABELS = {
  reorientation_interview: 'l’échéance : entretien de réorientation',
  return_interview: 'l’échéance : entretien de retour',
  department_report: 'l’échéance : transmission au département',
  call_back: 'le rappel',
  appointment: 'le rendez-vous',
  referral: 'la proposition',
  situation: 'la situation à reconfirmer',
} as const satisfies Record<DayItem, string>;

/** What of this case may stand in one's day. */
export function itemsOf(one: CaseDetail): readonly DayItem[] {
  return [
    ...one.clocks.map(({ clock }) => clock),
    ...(one.callBackAt === null ? [] : (['call_back'] as const)),
    ...(one.interviewAt === null ? [] : (['appointment'] as const)),
    ...(one.situationUntil === null ? [] : (['situation'] as const)),
  ];
}

/** Takes something of the case off one's own day, until another. */
export function LaterForm({ one, onDone }: FormProps) {
  const items = itemsOf(one);
  const [item, setItem] = useState<DayItem>(items[0] ?? 'call_back');
  const [until, setUntil] = useState(addDays(today(), 1));
  const { busy, trouble, run } = usePlainAct();
  const put = (day: string | null) =>
    call('postpone', { params: { caseId: one.caseId }, body: { item, until: day } });
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const done = `Remis ${longDate(until, today())}`;
    if (
      await run(
        () => put(until),
        done,
        () => put(null),
      )
    )
      onDone();
  };
  const labels = Object.fromEntries(items.map((each) => [each, ITEM_LABELS[each]])) as Record<
    DayItem,
    string
  >;
  return (
    <form className="act-form" aria-label="Remettre à plus tard" onSubmit={(event) => void record(event)}>
      {trouble}
      <p className="quiet">Pour vous seulement : le dossier et la journée des autres ne changent pas.</p>
      <div className="fields">
        <Select label="Quoi" labels={labels} chosen={item} onChoose={setItem} />
        <DateField
          label="Jusqu’au"
          value={until}
          min={addDays(today(), 1)}
          max={addDays(today(), LATER_DAYS_MAX)}
          onChange={setUntil}
        />
      </div>
      <FormButtons label="Remettre à plus tard" busy={busy} onLeave={onDone} />
    </form>
  );
}

/** Gives the case to another platform: it is no longer seen here. */
export function HandOverForm({ one, onDone }: FormProps) {
  const { data } = useQuery({
    queryKey: ['platforms'],
    queryFn: ({ signal }) => call('platforms', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    meta: part('les plateformes'),
  });
  const [platform, setPlatform] = useState('');
  const [, navigate] = useLocation();
  const { busy, trouble, run } = usePlainAct();
  const others = (data?.platforms ?? []).filter(
    ({ platformId, designated }) => designated && platformId !== one.platformId,
  );
  const name = others.find(({ platformId }) => platformId === platform)?.name ?? '';
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const input = { params: { caseId: one.caseId }, body: { version: one.version, platform } };
    // Its page is left first: the case is not there any more.
    if (await run(() => call('handOver', input), `Dossier transféré à ${name}`)) navigate('/liste');
  };
  return (
    <form className="act-form" aria-label="Transférer le dossier" onSubmit={(event) => void record(event)}>
      {trouble}
      <label className="field">
        <span>À quelle plateforme ?</span>
        <select value={platform} required onChange={(event) => setPlatform(event.target.value)}>
          <option value="">Choisir…</option>
          {others.map((each) => (
            <option key={each.platformId} value={each.platformId}>
              {each.name} ({each.department})
            </option>
          ))}
        </select>
      </label>
      <p className="warning">
        Elle en sera avertie et reprendra le suivi avec tout l’historique. Vous ne verrez plus ce dossier :
        cela ne s’annule pas d’ici.
      </p>
      <InterviewEnds one={one} />
      <FormButtons label="Transférer" busy={busy} onLeave={onDone} leave="Garder le dossier" />
    </form>
  );
}
