import {
  type CaseDetail,
  type DiagnosedSituation,
  DiagnosedSituationLabels,
  type Obstacle,
  ObstacleLabels,
  type Wish,
  WishLabels,
} from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { Select, Ticks } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

function ReportButtons({
  one,
  busy,
  onMissed,
  onDone,
}: {
  readonly one: CaseDetail;
  readonly busy: boolean;
  readonly onMissed: () => void;
  readonly onDone: () => void;
}) {
  return (
    <p>
      <button type="submit" className="button" disabled={busy}>
        Enregistrer l’entretien
      </button>{' '}
      {one.interviewAt !== null && (
        <button type="button" className="button button-quiet" disabled={busy} onClick={onMissed}>
          N’est pas venu
        </button>
      )}{' '}
      <button type="button" className="button button-quiet" onClick={onDone}>
        Ne rien noter
      </button>
    </p>
  );
}

/** What was said in an interview, in codes: never health, family, origin or justice. */
export function ReportForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [situation, setSituation] = useState<DiagnosedSituation>('nothing_yet');
  const [wishes, setWishes] = useState<readonly Wish[]>([]);
  const [obstacles, setObstacles] = useState<readonly Obstacle[]>([]);
  const [representativePresent, setRepresentativePresent] = useState(false);
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const record = (event: FormEvent) => {
    event.preventDefault();
    void send({
      route: 'reportInterview',
      body: { held: true, representativePresent, diagnosis: { situation, wishes, obstacles } },
      done: 'Entretien noté',
      mine: 'Entretien tenu, avec son diagnostic',
    });
  };
  const missed = () =>
    void send({
      route: 'reportInterview',
      body: { held: false },
      done: 'Absence notée',
      mine: 'La personne n’est pas venue',
    });
  return (
    <form className="act-form" aria-label="Noter l’entretien" onSubmit={record}>
      {trouble}
      {one.minor && (
        <label className="check">
          <input
            type="checkbox"
            checked={representativePresent}
            onChange={(event) => setRepresentativePresent(event.target.checked)}
          />
          Le représentant légal était présent
        </label>
      )}
      <Select
        label="En ce moment"
        labels={DiagnosedSituationLabels}
        chosen={situation}
        onChoose={setSituation}
      />
      <Ticks legend="Ce que la personne voudrait" labels={WishLabels} ticked={wishes} onChange={setWishes} />
      <Ticks
        legend="Ce dont elle a besoin pour y arriver"
        labels={ObstacleLabels}
        ticked={obstacles}
        onChange={setObstacles}
      />
      <p className="quiet">
        Seulement des besoins pratiques : la santé, la famille, l’origine et la justice ne se notent pas ici.
      </p>
      <ReportButtons one={one} busy={busy} onMissed={missed} onDone={onDone} />
    </form>
  );
}
