import { OPENING_REASONS, OpeningReasonLabels } from '@raccroche/contract';
import type { FormEvent } from 'react';
import { useLocation } from 'wouter';
import { call } from '../client/call.ts';
import { FormButtons } from '../frame/fields.tsx';
import { Back, useChange, type useDraft } from '../frame/use-change.tsx';
import { capital } from '../words/texts.ts';

/** Whom to open, and why: what was found is named by its look-up, never by the person. */
export interface Opening {
  /** 0: nobody. */
  readonly findingId: number;
  readonly place: number;
  /** Who follows the person, or did; without a platform, the département. */
  readonly owner: string;
  readonly state: 'followed' | 'closed' | 'uncovered';
  readonly reason: string;
  readonly statement: string;
}
export const NO_OPENING: Opening = {
  findingId: 0,
  place: 0,
  owner: '',
  state: 'followed',
  reason: '',
  statement: '',
};
export const OPENING_DRAFT = 'ouverture';

function Where({ owner, state }: Pick<Opening, 'owner' | 'state'>) {
  const who = <strong>{owner}</strong>;
  if (state === 'closed') return <>Ce dossier est clos ; il était suivi par {who}. Il</>;
  return state === 'followed' ? (
    <>Ce dossier est suivi par {who}. Il</>
  ) : (
    <>Aucune plateforme ne suit cette personne : c’est la coordination du {who} qui en répond. Son dossier</>
  );
}

function WhatIsTold(opening: Pick<Opening, 'owner' | 'state'>) {
  return (
    <>
      <p>
        <Where {...opening} /> s’ouvre sans attendre de réponse,{' '}
        <strong>pour trois heures et en lecture seule</strong>, quand la situation le demande.
      </p>
      <p className="warning">
        Qui répond du dossier et la protection des données sont <strong>avertis aussitôt</strong> : votre nom,
        la raison et ce que vous écrivez ici. Cela reste écrit. Un second facteur est demandé.
      </p>
    </>
  );
}

/** Opens a case of another territory for a stated reason, once a second factor was given; then shows it. */
export function OpenElsewhere({ draft }: { readonly draft: ReturnType<typeof useDraft<Opening>> }) {
  const { values, set, isBack } = draft;
  const { busy, trouble, send } = useChange({ name: OPENING_DRAFT, values });
  const [, navigate] = useLocation();
  const open = async (event: FormEvent) => {
    event.preventDefault();
    const reason = OPENING_REASONS.find((one) => one === values.reason);
    if (reason === undefined) return;
    const { findingId, place, statement } = values;
    let caseId = '';
    const done = await send(async () => {
      ({ caseId } = await call('openElsewhere', { body: { findingId, place, reason, statement } }));
    }, 'Dossier ouvert pour trois heures. Qui en répond est averti.');
    if (done) navigate(`/dossiers/${caseId}`);
  };
  return (
    <form
      className="panel act-form"
      aria-label="Ouvrir un dossier d’un autre territoire"
      onSubmit={(event) => void open(event)}
    >
      <h2>Ouvrir ce dossier sans attendre</h2>
      <Back isBack={isBack} />
      <WhatIsTold owner={values.owner} state={values.state} />
      <fieldset className="choices choices-small">
        <legend>Pour quelle raison ?</legend>
        {OPENING_REASONS.map((one) => (
          <label key={one} className="check">
            <input
              type="radio"
              name="raison"
              required
              checked={values.reason === one}
              onChange={() => set({ reason: one })}
            />
            {capital(OpeningReasonLabels[one])}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>Ce qui le justifie, en une phrase (lu par qui répond du dossier)</span>
        <textarea
          required
          minLength={10}
          maxLength={500}
          rows={2}
          value={values.statement}
          onChange={({ target }) => set({ statement: target.value })}
        />
      </label>
      {trouble}
      <FormButtons
        label="Ouvrir pour trois heures"
        busy={busy}
        onLeave={() => set(NO_OPENING)}
        leave="Ne pas ouvrir"
      />
    </form>
  );
}
