import {
  type BreakReason,
  BreakReasonLabels,
  type CaseDetail,
  type PATHWAY_STEPS,
  PATHWAY_TRANSITIONS,
  PathwayLabels,
  type SolutionKind,
  SolutionKindLabels,
} from '@raccroche/contract';
import { type FormEvent, useState } from 'react';
import { today } from '../client/clock.ts';
import { DateField, FormButtons } from '../frame/fields.tsx';
import { Select } from './choices.tsx';
import { useCaseAct } from './use-case-act.tsx';

type Step = (typeof PATHWAY_STEPS)[number];
const STEPS: readonly Step[] = ['proposed', 'accepted', 'entered', 'holding', 'broken', 'diagnosis'];
/** Steps that happened on a day. */
const DATED: readonly Step[] = ['entered', 'holding', 'broken'];
const DAY_LABELS = { entered: 'Entrée le', holding: 'Confirmé le', broken: 'Arrêt le' } as Readonly<
  Record<Step, string>
>;
const STEP_LABELS = { ...PathwayLabels, diagnosis: 'refusée, ou à reprendre : retour au diagnostic' };

/** Steps towards a solution that the pathway of the case allows now. */
export const solutionSteps = ({ pathway }: CaseDetail): readonly Step[] =>
  STEPS.filter((step) => (PATHWAY_TRANSITIONS[pathway] as readonly string[]).includes(step));

/** Proposes a solution, says that it is accepted, entered, that it holds. */
export function SolutionForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const steps = solutionSteps(one);
  const [step, setStep] = useState<Step>(steps[0] ?? 'proposed');
  const [solution, setSolution] = useState<SolutionKind>(one.solution ?? 'initial_training');
  const [on, setOn] = useState(today());
  const [breakReason, setBreakReason] = useState<BreakReason>('no_longer_suits');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const names = step === 'proposed' || step === 'entered';
  const isDated = DATED.includes(step);
  const record = (event: FormEvent) => {
    event.preventDefault();
    const words = `${STEP_LABELS[step]}${names ? ` : ${SolutionKindLabels[solution]}` : ''}`;
    void send({
      route: 'movePathway',
      body: {
        to: step,
        ...(names ? { solution } : {}),
        ...(isDated ? { on } : {}),
        ...(step === 'broken' ? { breakReason } : {}),
      },
      done: words.charAt(0).toUpperCase() + words.slice(1),
      mine: words,
    });
  };
  const labels = Object.fromEntries(steps.map((one) => [one, STEP_LABELS[one]])) as Record<Step, string>;
  return (
    <form className="act-form" aria-label="Solution" onSubmit={record}>
      {trouble}
      <div className="fields">
        <Select label="Où en est-on ?" labels={labels} chosen={step} onChoose={setStep} />
        {names && (
          <Select label="Solution" labels={SolutionKindLabels} chosen={solution} onChoose={setSolution} />
        )}
        {step === 'broken' && (
          <Select
            label="Pourquoi"
            labels={BreakReasonLabels}
            chosen={breakReason}
            onChoose={setBreakReason}
          />
        )}
        {isDated && <DateField label={DAY_LABELS[step]} value={on} max={today()} onChange={setOn} />}
      </div>
      <FormButtons label="Enregistrer" busy={busy} onLeave={onDone} leave="Ne rien noter" />
    </form>
  );
}
