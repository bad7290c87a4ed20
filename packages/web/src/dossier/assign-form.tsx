import {
  type CaseDetail,
  OVERLOAD_REASONS,
  type OverloadReason,
  OverloadReasonLabels,
} from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { counted } from '../words/texts.ts';
import { useCaseAct } from './use-case-act.tsx';

const NOBODY = 'personne';

/** How many open cases each follows; nothing while it is not known. */
function useCaseloads({ platformId }: CaseDetail) {
  return useQuery({
    queryKey: ['caseloads', platformId],
    queryFn: ({ signal }) => call('caseloads', { query: { platform: platformId ?? '' } }, signal),
    enabled: platformId !== null,
    retry: false,
  }).data;
}

function Reason({
  maximum,
  chosen,
  onChoose,
}: {
  readonly maximum: number;
  readonly chosen: OverloadReason | '';
  readonly onChoose: (reason: OverloadReason) => void;
}) {
  return (
    <label className="field">
      <span>
        La plateforme permet {counted(maximum, 'dossier', 'dossiers')} par personne. Pourquoi un de plus ?
      </span>
      <select value={chosen} onChange={(event) => onChoose(event.target.value as OverloadReason)}>
        <option value="" disabled>
          Choisir
        </option>
        {OVERLOAD_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {OverloadReasonLabels[reason]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Gives the case to somebody of the platform, or to nobody. */
export function AssignForm({ one, onDone }: { readonly one: CaseDetail; readonly onDone: () => void }) {
  const [chosen, setChosen] = useState(one.referent ?? NOBODY);
  const [beyond, setBeyond] = useState<OverloadReason | ''>('');
  const { busy, trouble, send } = useCaseAct(one, onDone);
  const loads = useCaseloads(one);
  const openOf = (who: string) => loads?.referents.find(({ personId }) => personId === who)?.open;
  const name = one.colleagues.find(({ personId }) => personId === chosen)?.displayName;
  const isSame = chosen === (one.referent ?? NOBODY);
  const isFull = loads !== undefined && !isSame && (openOf(chosen) ?? 0) >= loads.maximum;
  const record = () =>
    void send({
      route: 'assign',
      body: { referent: chosen === NOBODY ? null : chosen, ...(isFull && beyond !== '' ? { beyond } : {}) },
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
              {loads && ` (${counted(openOf(personId) ?? 0, 'dossier', 'dossiers')})`}
            </option>
          ))}
        </select>
      </label>
      {loads && <p className="quiet">Recommandé : {loads.recommended} dossiers par personne au plus.</p>}
      {isFull && <Reason maximum={loads.maximum} chosen={beyond} onChoose={setBeyond} />}
      <p>
        <button
          type="button"
          className="button"
          disabled={busy || isSame || (isFull && beyond === '')}
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
