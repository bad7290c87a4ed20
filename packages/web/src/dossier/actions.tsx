import { type CaseDetail, PATHWAY_TRANSITIONS } from '@raccroche/contract';
import { type ComponentType, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { type Me, may, useMe } from '../client/session.ts';
import { useKeys } from '../frame/keys.ts';
import { AssignForm } from './assign-form.tsx';
import { AttemptForm } from './attempt-form.tsx';
import { CloseForm } from './close-form.tsx';
import { ClosingRequest } from './closing-request.tsx';
import { InterviewForm } from './interview-form.tsx';
import { CallBackForm, ContactForm, HandOverForm, itemsOf, LaterForm, ReturnForm } from './more-forms.tsx';
import { ReferralForm } from './referral-form.tsx';
import { ReportForm } from './report-form.tsx';
import { SolutionForm, solutionSteps } from './solution-form.tsx';
import { useCaseAct } from './use-case-act.tsx';
import { usePlainAct } from './use-plain-act.tsx';

interface CaseForm {
  readonly label: string;
  readonly key?: string;
  readonly Form: ComponentType<{ readonly one: CaseDetail; readonly onDone: () => void }>;
  readonly permission: 'case.act' | 'case.assign';
  readonly isPossible: (one: CaseDetail) => boolean;
  /** Done less often: behind « Autres actes ». */
  readonly isRare?: true;
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
  {
    label: 'Transférer',
    Form: HandOverForm,
    permission: 'case.act',
    isPossible: ({ platformId }) => platformId !== null,
  },
  { label: 'Clore', Form: CloseForm, permission: 'case.act', isPossible: () => true },
  {
    label: 'Prévoir un rappel',
    Form: CallBackForm,
    permission: 'case.act',
    isPossible: () => true,
    isRare: true,
  },
  {
    label: 'Ajouter un contact',
    Form: ContactForm,
    permission: 'case.act',
    isPossible: () => true,
    isRare: true,
  },
  {
    label: 'Demande de retour en formation',
    Form: ReturnForm,
    permission: 'case.act',
    isPossible: () => true,
    isRare: true,
  },
  {
    label: 'Remettre à plus tard',
    Form: LaterForm,
    permission: 'case.act',
    isPossible: (one) => itemsOf(one).length > 0,
    isRare: true,
  },
];

/** What is known of the situation still holds: one press. */
function Reconfirm({ one }: { readonly one: CaseDetail }) {
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  return (
    <>
      {trouble}
      <button
        type="button"
        className="button button-quiet"
        disabled={busy}
        onClick={() =>
          void send({
            route: 'reconfirm',
            body: {},
            done: 'Situation confirmée aujourd’hui',
            mine: 'Confirmer la situation',
          })
        }
      >
        Rien n’a changé
      </button>
    </>
  );
}

/** Joined with another case: where it goes on, and parting them again. */
function Joined({ one, into }: { readonly one: CaseDetail; readonly into: string }) {
  const { data: me } = useMe();
  const { busy, trouble, run } = usePlainAct();
  const part = () =>
    run(
      () => call('partCases', { params: { caseId: one.caseId }, body: { version: one.version } }),
      'Dossiers séparés',
    );
  return (
    <div className="actions">
      {trouble}
      <p>
        Réuni avec un autre dossier : <Link href={`/dossiers/${into}`}>ouvrir celui qui continue</Link>.
      </p>
      {me && may(me, 'case.act') && (
        <button type="button" className="button button-quiet" disabled={busy} onClick={() => void part()}>
          Ce sont deux personnes : séparer
        </button>
      )}
    </div>
  );
}

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

/** What is done less often, out of the way. */
function Rare({
  one,
  forms,
  onChoose,
}: {
  readonly one: CaseDetail;
  readonly forms: readonly CaseForm[];
  readonly onChoose: (label: string) => void;
}) {
  return (
    <details className="more-acts">
      <summary>Autres actes</summary>
      <div className="actions">
        {forms.map(
          (form) =>
            form.isRare && (
              <button
                key={form.label}
                type="button"
                className="button button-quiet"
                onClick={() => onChoose(form.label)}
              >
                {form.label}
              </button>
            ),
        )}
        <Reconfirm one={one} />
      </div>
    </details>
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
  if (one.mergedInto !== null) return <Joined one={one} into={one.mergedInto} />;
  if (!isOpen) return <Closed one={one} me={me} />;
  const doing = FORMS.find((form) => form.label === label);
  if (doing) return <doing.Form one={one} onDone={() => setLabel(undefined)} />;
  if (forms.length === 0) return <p className="quiet">Vous pouvez lire ce dossier, pas le modifier.</p>;
  const canAct = may(me, 'case.act');
  return (
    <>
      {canAct && <ClosingRequest one={one} />}
      <div className="actions">
        {one.verification === 'to_verify' && canAct && (
          <Link className="button" href={`/a-verifier?dossier=${one.caseId}`}>
            Vérifier
          </Link>
        )}
        {forms.map(
          (form, index) =>
            !form.isRare && (
              <button
                key={form.label}
                type="button"
                className={index === 0 && one.verification !== 'to_verify' ? 'button' : 'button button-quiet'}
                onClick={() => setLabel(form.label)}
              >
                {form.label} {form.key && <kbd aria-hidden>{form.key}</kbd>}
              </button>
            ),
        )}
      </div>
      {canAct && <Rare one={one} forms={forms} onChoose={setLabel} />}
    </>
  );
}
