import { type CaseDetail, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { type ComponentType, useState } from 'react';
import { Link } from 'wouter';
import { type Me, may, useMe } from '../client/session.ts';
import { useKeys } from '../frame/keys.ts';
import { AssignForm } from './assign-form.tsx';
import { AttemptForm } from './attempt-form.tsx';
import { CloseForm } from './close-form.tsx';
import { InterviewForm } from './interview-form.tsx';
import { ReferralForm } from './referral-form.tsx';
import { ReportForm } from './report-form.tsx';
import { SolutionForm, solutionSteps } from './solution-form.tsx';
import { useCaseAct } from './use-case-act.tsx';

interface CaseForm {
  readonly label: string;
  readonly key?: string;
  readonly Form: ComponentType<{ readonly one: CaseDetail; readonly onDone: () => void }>;
  readonly permission: 'case.act' | 'case.assign';
  readonly isPossible: (one: CaseDetail) => boolean;
}

const canGo = ({ pathway }: CaseDetail, to: string) =>
  (PATHWAY_TRANSITIONS[pathway] as readonly string[]).includes(to);

/** What may be done with a case, the commonest first. */
const FORMS: readonly CaseForm[] = [
  {
    label: 'Noter une tentative',
    key: 't',
    Form: AttemptForm,
    permission: 'case.act',
    isPossible: () => true,
  },
  {
    label: 'Fixer un entretien',
    key: 'r',
    Form: InterviewForm,
    permission: 'case.act',
    isPossible: (one) => canGo(one, 'interview_set'),
  },
  {
    label: 'Noter l’entretien',
    key: 'e',
    Form: ReportForm,
    permission: 'case.act',
    isPossible: (one) => canGo(one, 'interview_held'),
  },
  {
    label: 'Solution',
    key: 's',
    Form: SolutionForm,
    permission: 'case.act',
    isPossible: (one) => solutionSteps(one).length > 0,
  },
  {
    label: 'Proposer à une structure',
    key: 'p',
    Form: ReferralForm,
    permission: 'case.act',
    isPossible: (one) => one.pathway === 'proposed' || canGo(one, 'proposed'),
  },
  { label: 'Confier', Form: AssignForm, permission: 'case.assign', isPossible: () => true },
  { label: 'Clore', Form: CloseForm, permission: 'case.act', isPossible: () => true },
];

function Closed({ one, me }: { readonly one: CaseDetail; readonly me: Me }) {
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  return (
    <div className="actions">
      {trouble}
      <p className="quiet">Ce dossier est clos : il se lit, il ne se modifie plus.</p>
      {may(me, 'case.act') && (
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() =>
            void send({ route: 'reopenCase', body: {}, done: 'Dossier rouvert', mine: 'Rouvrir le dossier' })
          }
        >
          Rouvrir
        </button>
      )}
    </div>
  );
}

/** What may be done now with a case: one form at a time. `first`: the form that is open at once. */
export function Actions({ one, first }: { readonly one: CaseDetail; readonly first?: string | undefined }) {
  const { data: me } = useMe();
  const [label, setLabel] = useState(first);
  const isOpen = one.pathway !== 'closed';
  const forms = FORMS.filter(
    ({ permission, isPossible }) => me && may(me, permission) && isOpen && isPossible(one),
  );
  useKeys(
    // In a form, keys are for its own choices.
    Object.fromEntries(
      label === undefined
        ? forms.flatMap((form) => (form.key ? [[form.key, () => setLabel(form.label)]] : []))
        : [],
    ),
  );
  if (!me) return null;
  if (!isOpen) return <Closed one={one} me={me} />;
  const doing = FORMS.find((form) => form.label === label);
  if (doing) return <doing.Form one={one} onDone={() => setLabel(undefined)} />;
  if (forms.length === 0) return <p className="quiet">Vous pouvez lire ce dossier, pas le modifier.</p>;
  return (
    <div className="actions">
      {one.verification === 'to_verify' && may(me, 'case.act') && (
        <Link className="button" href={`/a-verifier?dossier=${one.caseId}`}>
          Vérifier
        </Link>
      )}
      {forms.map((form, index) => (
        <button
          key={form.label}
          type="button"
          className={index === 0 && one.verification !== 'to_verify' ? 'button' : 'button button-quiet'}
          onClick={() => setLabel(form.label)}
        >
          {form.label} {form.key && <kbd aria-hidden>{form.key}</kbd>}
        </button>
      ))}
    </div>
  );
}
