import type { CaseDetail } from '@raccroche/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { may, useMe } from '../client/session.ts';
import { useKeys } from '../frame/keys.ts';
import { AssignForm } from './assign-form.tsx';
import { AttemptForm } from './attempt-form.tsx';

type Doing = 'attempt' | 'assign';

/** What may be done now with a case: one form at a time. */
export function Actions({ one }: { readonly one: CaseDetail }) {
  const { data: me } = useMe();
  const [doing, setDoing] = useState<Doing>();
  const isOpen = one.pathway !== 'closed';
  const canAct = me !== undefined && me !== null && may(me, 'case.act') && isOpen;
  const canAssign = me !== undefined && me !== null && may(me, 'case.assign') && isOpen;
  useKeys({ t: () => canAct && setDoing('attempt') });
  const stop = () => setDoing(undefined);
  if (!isOpen) return <p className="quiet">Ce dossier est clos : il se lit, il ne se modifie plus.</p>;
  if (doing === 'attempt') return <AttemptForm one={one} onDone={stop} />;
  if (doing === 'assign') return <AssignForm one={one} onDone={stop} />;
  return (
    <div className="actions">
      {canAct && (
        <button type="button" className="button" onClick={() => setDoing('attempt')}>
          Noter une tentative <kbd aria-hidden>t</kbd>
        </button>
      )}
      {canAct && one.verification === 'to_verify' && (
        <Link className="button button-quiet" href={`/a-verifier?dossier=${one.caseId}`}>
          Vérifier
        </Link>
      )}
      {canAssign && (
        <button type="button" className="button button-quiet" onClick={() => setDoing('assign')}>
          Confier
        </button>
      )}
      {!canAct && !canAssign && <p className="quiet">Vous pouvez lire ce dossier, pas le modifier.</p>}
    </div>
  );
}
