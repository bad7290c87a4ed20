import type { CaseDetail } from '@raccroche/contract';
import { useState } from 'react';
import { useCaseAct } from './use-case-act.tsx';

const NOBODY = 'personne';

/** Gives the case to somebody of the platform, or to nobody. */
export function AssignForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [chosen, setChosen] = useState(one.referent ?? NOBODY);
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const name = one.colleagues.find(({ personId }) => personId === chosen)?.displayName;
  const record = () =>
    void send({
      route: 'assign',
      body: { referent: chosen === NOBODY ? null : chosen },
      done: name === undefined ? 'Référent retiré' : `Dossier confié à ${name}`,
      mine: name === undefined ? 'Retirer le référent' : `Confier le dossier à ${name}`,
    });
  return (
    <section className="act-form" aria-label="Confier le dossier">
      {trouble}
      <label className="field">
        <span>Référent</span>
        <select value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value={NOBODY}>Personne</option>
          {one.colleagues.map(({ personId, displayName }) => (
            <option key={personId} value={personId}>
              {displayName}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button
          type="button"
          className="button"
          disabled={busy || chosen === (one.referent ?? NOBODY)}
          onClick={record}
        >
          Confier
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne rien changer
        </button>
      </p>
    </section>
  );
}
