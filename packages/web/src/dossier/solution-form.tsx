import {
  type CaseDetail,
  type PATHWAY_STEPS,
  PATHWAY_TRANSITIONS,
  PathwayLabels,
  type SolutionKind,
  SolutionKindLabels,
} from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { today } from '../client/clock.ts';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

type Step = Exclude<(typeof PATHWAY_STEPS)[number], 'broken' | 'diagnosis'>;
const STEPS: readonly Step[] = ['proposed', 'accepted', 'entered', 'holding'];

/** Steps towards a solution that the pathway of the case allows now. */
export const solutionSteps = ({ pathway }: CaseDetail): readonly Step[] =>
  STEPS.filter((step) => (PATHWAY_TRANSITIONS[pathway] as readonly string[]).includes(step));

/** Proposes a solution, says that it is accepted, entered, that it holds. */
export function SolutionForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const steps = solutionSteps(one);
  const [step, setStep] = useState<Step>(steps[0] ?? 'proposed');
  const [solution, setSolution] = useState<SolutionKind>(one.solution ?? 'initial_training');
  const [on, setOn] = useState(today());
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const names = step === 'proposed' || step === 'entered';
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = `${PathwayLabels[step]}${names ? ` : ${SolutionKindLabels[solution]}` : ''}`;
    void send({
      route: 'movePathway',
      body: { to: step, ...(names ? { solution } : {}), ...(step === 'entered' ? { on } : {}) },
      done: words.charAt(0).toUpperCase() + words.slice(1),
      mine: words,
    });
  };
  const labels = Object.fromEntries(steps.map((one) => [one, PathwayLabels[one]])) as Record<Step, string>;
  return (
    <form className="act-form" aria-label="Solution" onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select label="Où en est-on ?" labels={labels} chosen={step} onChoose={setStep} />
        {names && (
          <Select label="Solution" labels={SolutionKindLabels} chosen={solution} onChoose={setSolution} />
        )}
        {step === 'entered' && (
          <label className="field">
            <span>Entrée le</span>
            <input
              type="date"
              required
              max={today()}
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          </label>
        )}
      </div>
      <p>
        <button type="submit" className="button" disabled={busy}>
          Enregistrer
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien noter
        </button>
      </p>
    </form>
  );
}
