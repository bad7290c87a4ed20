import { type CaseDetail, CaseOutcomeLabels, CLOSING_OUTCOMES } from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { Select } from './choices.tsx';
import { InterviewEnds } from './interview-ends.tsx';
import { useCaseAct } from './use-case-act.tsx';

type Outcome = (typeof CLOSING_OUTCOMES)[number];
const LABELS = Object.fromEntries(
  CLOSING_OUTCOMES.map((outcome) => [outcome, CaseOutcomeLabels[outcome]]),
) as Record<Outcome, string>;

/** Closes a case. A report to the département is asked here, and confirmed by a second person. */
export function CloseForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>('training');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const byTwo = outcome === 'reported_to_department';
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = byTwo ? 'Transmission au département demandée' : `Dossier clos : ${LABELS[outcome]}`;
    void send({ route: 'closeCase', body: { outcome }, done: words, mine: words });
  };
  return (
    <form className="act-form" aria-label="Clore le dossier" onSubmit={record}>
      {trouble}
      <Select label="Pourquoi clore ?" labels={LABELS} chosen={outcome} onChoose={setOutcome} />
      {byTwo ? (
        <p className="quiet">Une seconde personne de la plateforme devra confirmer.</p>
      ) : (
        <InterviewEnds one={one} />
      )}
      <p>
        <button type="submit" className="button" disabled={busy}>
          {byTwo ? 'Demander la transmission' : 'Clore le dossier'}
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne pas clore
        </button>
      </p>
    </form>
  );
}
