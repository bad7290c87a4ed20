import { type CaseDetail, type InterviewMode, InterviewModeLabels } from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { localInstant, today } from '../client/clock.ts';
import { addDays, hour, longDate } from '../words/dates.ts';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

/** Sets an interview, or moves the one that is set. */
export function InterviewForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [day, setDay] = useState(addDays(today(), 7));
  const [time, setTime] = useState('10:00');
  const [mode, setMode] = useState<InterviewMode>('on_site');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    const at = localInstant(day, time);
    const words = `Entretien fixé ${longDate(day, today())} à ${hour(at)}`;
    void send({ route: 'setInterview', body: { at, mode }, done: words, mine: words });
  };
  return (
    <form className="act-form" aria-label="Fixer un entretien" onSubmit={record}>
      {trouble}
      <div className="fields">
        <label className="field">
          <span>Jour</span>
          <input
            type="date"
            required
            min={today()}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </label>
        <label className="field">
          <span>Heure</span>
          <input type="time" required value={time} onChange={(event) => setTime(event.target.value)} />
        </label>
        <Select label="Comment" labels={InterviewModeLabels} chosen={mode} onChoose={setMode} />
      </div>
      {one.minor && (
        <p className="quiet">
          Pour un mineur, la loi demande la présence du représentant légal : prévenez-le aussi.
        </p>
      )}
      <p>
        <button type="submit" className="button" disabled={busy}>
          Fixer l’entretien
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien fixer
        </button>
      </p>
    </form>
  );
}
