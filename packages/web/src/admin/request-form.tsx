import { PRIVACY_REQUEST_KINDS, type PrivacyRequest, PrivacyRequestLabels } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Select } from '../dossier/choices.tsx';
import { FormButtons } from '../frame/fields.tsx';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { FindSubject, type Subject } from './find-subject.tsx';

type Kind = PrivacyRequest['kind'];
const LABELS = Object.fromEntries(
  PRIVACY_REQUEST_KINDS.map((kind) => [kind, PrivacyRequestLabels[kind]]),
) as Record<Kind, string>;

function Details({ subject, onDone }: { readonly subject: Subject; readonly onDone: () => void }) {
  const client = useQueryClient();
  const name = `request ${subject.caseId}`;
  const draft = useDraft(name, { kind: 'access' as Kind, receivedOn: today(), identityChecked: false });
  const { kind, receivedOn, identityChecked } = draft.values;
  const { busy, trouble, send } = useChange({ name, values: draft.values });
  const record = async (event: FormEvent) => {
    event.preventDefault();
    if (!identityChecked) return;
    const work = () =>
      call('openPrivacyRequest', {
        body: { kind, receivedOn, caseId: subject.caseId, identityChecked },
      });
    if (!(await send(work, 'Demande enregistrée : son mois court.'))) return;
    onDone();
    await client.invalidateQueries({ queryKey: ['privacy-requests'] });
  };
  return (
    <form aria-label="Demande" onSubmit={(event) => void record(event)}>
      <Back isBack={draft.isBack} />
      {trouble}
      <div className="fields">
        <Select
          label="Que demande-t-elle ?"
          labels={LABELS}
          chosen={kind}
          onChoose={(chosen) => draft.set({ kind: chosen })}
        />
        <label className="field">
          <span>Reçue le</span>
          <input
            type="date"
            required
            max={today()}
            value={receivedOn}
            onChange={(event) => draft.set({ receivedOn: event.target.value })}
          />
        </label>
      </div>
      <label className="check">
        <input
          type="checkbox"
          required
          checked={identityChecked}
          onChange={(event) => draft.set({ identityChecked: event.target.checked })}
        />
        J’ai vérifié que la personne est bien celle qu’elle dit être.
      </label>
      <FormButtons busy={busy} label="Enregistrer la demande" leave="Ne pas enregistrer" onLeave={onDone} />
    </form>
  );
}

/** Records what a person asked about their own data: first who they are, then what they ask. */
export function RequestForm({ onDone }: { readonly onDone: () => void }) {
  const [subject, setSubject] = useState<Subject>();
  return (
    <section className="act-form" aria-label="Enregistrer une demande">
      <h2>{subject ? `Dossier ${subject.siei}` : 'Qui demande ?'}</h2>
      {subject ? (
        <Details subject={subject} onDone={onDone} />
      ) : (
        <>
          <FindSubject onFound={setSubject} />
          <p>
            <button type="button" className="button button-quiet" onClick={onDone}>
              Ne pas enregistrer
            </button>
          </p>
        </>
      )}
    </section>
  );
}
