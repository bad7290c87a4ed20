import type { CaseDetail } from '@raccroche/contract';
import { useMe } from '../client/session.ts';
import { actorName } from './case-data.ts';
import { useCaseAct } from './use-case-act.tsx';

/** Somebody asks that the case be reported to the département: a second person says yes or no. */
export function ClosingRequest({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const { busy, trouble, send } = useCaseAct(one, () => undefined);
  if (one.closingAskedBy === null || !me) return null;
  const isMine = one.closingAskedBy === me.personId;
  const confirm = () =>
    void send({
      route: 'closeCase',
      body: { outcome: 'reported_to_department' },
      done: 'Transmission au département confirmée',
      mine: 'Confirmer la transmission au département',
    });
  const decline = () =>
    void send({
      route: 'declineClosing',
      body: {},
      done: isMine ? 'Demande de transmission retirée' : 'Transmission au département refusée',
      mine: 'Ne pas transmettre au département',
    });
  return (
    <div className="warning closing-request">
      <p>
        {actorName(one, one.closingAskedBy, me.personId)}{' '}
        {isMine
          ? 'demandez la transmission au département : une seconde personne doit confirmer.'
          : 'demande la transmission au département : c’est à vous de confirmer ou non.'}
      </p>
      {trouble}
      <p className="duty-actions">
        {!isMine && (
          <button type="button" className="button" disabled={busy} onClick={confirm}>
            Confirmer la transmission
          </button>
        )}
        <button type="button" className="button button-quiet" disabled={busy} onClick={decline}>
          {isMine ? 'Retirer ma demande' : 'Ne pas transmettre'}
        </button>
      </p>
    </div>
  );
}
