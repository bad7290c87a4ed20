import { type PRIVACY_ANSWERS, type PrivacyRequest, PrivacyRequestLabels } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { downloadText } from '../client/download.ts';
import { Select } from '../dossier/choices.tsx';
import { FormButtons } from '../frame/fields.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { counted } from '../words/texts.ts';

type Answer = (typeof PRIVACY_ANSWERS)[number];
type Extract = RouteOutput<'privacyExtract'>;

const ANSWERS = {
  granted: 'acceptée',
  partly: 'acceptée en partie',
  refused: 'refusée',
} as const satisfies Record<Answer, string>;

const EFFECTS = {
  access: 'L’extrait se télécharge à côté : vous le remettez à la personne.',
  rectification: 'Acceptée, la correction se demande à l’émetteur du fichier ou à la plateforme.',
  restriction:
    'Acceptée, elle prend effet à l’instant : les données sont gardées, et personne n’agit sur le dossier.',
  objection:
    'Acceptée, elle prend effet à l’instant : les données sont gardées, et personne n’agit sur le dossier.',
} as const satisfies Record<PrivacyRequest['kind'], string>;

/** Notes the answer that was given. */
export function AnswerForm({ one, onDone }: { readonly one: PrivacyRequest; readonly onDone: () => void }) {
  const client = useQueryClient();
  const { requestId, kind } = one;
  const name = `answer ${requestId}`;
  const draft = useDraft<{ answer: Answer }>(name, { answer: 'granted' });
  const { answer } = draft.values;
  const { busy, trouble, send } = useChange({ name, values: draft.values });
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const work = () => call('answerPrivacyRequest', { params: { requestId }, body: { answer } });
    if (!(await send(work, `Réponse notée : ${ANSWERS[answer]}.`))) return;
    onDone();
    await client.invalidateQueries({ queryKey: ['privacy-requests'] });
  };
  return (
    <form
      className="act-form"
      aria-label={`Réponse : ${PrivacyRequestLabels[kind]}`}
      onSubmit={(event) => void record(event)}
    >
      <Back isBack={draft.isBack} />
      {trouble}
      <Select
        label="Réponse donnée à la personne"
        labels={ANSWERS}
        chosen={answer}
        onChoose={(chosen) => draft.set({ answer: chosen })}
      />
      <p className="quiet">{EFFECTS[kind]}</p>
      <FormButtons busy={busy} label="Noter cette réponse" leave="Ne rien noter" onLeave={onDone} />
    </form>
  );
}

function ExtractTold({ extract }: { readonly extract: Extract }) {
  const rows = extract.tables.reduce((total, { rows: of }) => total + of.length, 0);
  return (
    <p role="status">
      {counted(rows, 'ligne', 'lignes')} dans {counted(extract.tables.length, 'table', 'tables')}, et{' '}
      {counted(extract.seenBy.length, 'consultation', 'consultations')}.{' '}
      <button
        type="button"
        className="link"
        onClick={() =>
          downloadText(`acces-${extract.caseId}.json`, JSON.stringify(extract, null, 2), 'application/json')
        }
      >
        Télécharger
      </button>
    </p>
  );
}

function ClockActions({
  one,
  busy,
  change,
}: {
  readonly one: PrivacyRequest;
  readonly busy: boolean;
  readonly change: (work: () => Promise<unknown>, done: string) => Promise<void>;
}) {
  const params = { requestId: one.requestId };
  return (
    <>
      {one.answeredOn === null && one.extendedOn === null && one.dueOn >= today() && (
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() =>
            void change(
              () => call('extendPrivacyRequest', { params }),
              'Prolongée de deux mois : la personne doit en être informée.',
            )
          }
        >
          Prolonger de deux mois
        </button>
      )}
      {one.inForce && (
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() =>
            void change(() => call('liftRestriction', { params }), 'Levée : on peut de nouveau agir.')
          }
        >
          Lever
        </button>
      )}
    </>
  );
}

/** What may be done where a request stands. */
export function RequestActions({ one }: { readonly one: PrivacyRequest }) {
  const client = useQueryClient();
  const [, setUrl] = useUrlState();
  const { requestId, kind, caseId } = one;
  const params = { requestId };
  const { busy, trouble, send } = useChange({ name: `request ${requestId}`, values: {} });
  const [extract, setExtract] = useState<Extract>();
  const change = async (work: () => Promise<unknown>, done: string) => {
    if (await send(work, done)) await client.invalidateQueries({ queryKey: ['privacy-requests'] });
  };
  const isOpen = one.answeredOn === null;
  return (
    <>
      <div className="duty-actions">
        {isOpen && (
          <button
            type="button"
            className="button"
            aria-label={`Répondre : ${PrivacyRequestLabels[kind]}`}
            onClick={() => setUrl({ demande: requestId, faire: 'repondre' }, { replace: true })}
          >
            Répondre
          </button>
        )}
        <ClockActions one={one} busy={busy} change={change} />
        {kind === 'access' && (
          <button
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() => void send(async () => setExtract(await call('privacyExtract', { params })))}
          >
            Extraire ce qui est tenu
          </button>
        )}
        <Link className="button button-quiet" href={`/administration?dossier=${caseId}`}>
          Qui a vu
        </Link>
      </div>
      {extract && <ExtractTold extract={extract} />}
      {trouble}
    </>
  );
}
