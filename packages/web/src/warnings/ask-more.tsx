import type { Allowance, RaisePurpose } from '@raccroche/contract';
import { RaisedQuotaLabels } from '@raccroche/contract';
import { call } from '../client/call.ts';
import { useChange } from '../frame/use-change.tsx';
import { number } from '../words/texts.ts';

/** Nothing is left of the day: says so, and how to ask for more. `onAsked`: what it read is to be read again. */
export function AskMore({
  allowance: { kind, perDay, asked, refusal },
  purpose,
  onAsked,
}: {
  readonly allowance: Pick<Allowance, 'kind' | 'perDay' | 'asked' | 'refusal'>;
  readonly purpose: RaisePurpose;
  readonly onAsked: () => Promise<void>;
}) {
  const { busy, trouble, send } = useChange();
  const ask = async () => {
    if (await send(() => call('askMore', { body: { kind, purpose } }))) await onAsked();
  };
  return (
    <div className="warning" role="status">
      <p>
        Vous avez atteint ce qui est permis pour la journée : {number(perDay)} {RaisedQuotaLabels[kind]}.
        Demain, le compte repart de zéro.
      </p>
      {refusal !== null && !asked && <p>Plus vous a été refusé aujourd’hui : « {refusal} »</p>}
      {trouble}
      {asked ? (
        <p>
          Votre demande est partie aux co-responsables de votre plateforme et à la protection des données ; la
          réponse viendra dans vos avertissements.
        </p>
      ) : (
        <p>
          <button type="button" className="button button-quiet" disabled={busy} onClick={() => void ask()}>
            Demander à en faire plus aujourd’hui
          </button>
        </p>
      )}
    </div>
  );
}
