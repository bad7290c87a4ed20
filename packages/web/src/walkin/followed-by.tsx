import { useState } from 'react';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { usePlainAct } from '../dossier/use-plain-act.tsx';

type Found = RouteOutput<'findElsewhere'>;
type Wanted = 'access' | 'transfer';

const WANTED = {
  access: { label: 'Demander l’accès au dossier', done: 'Accès demandé' },
  transfer: { label: 'Demander le transfert', done: 'Transfert demandé' },
} as const satisfies Record<Wanted, { label: string; done: string }>;

/** Asks whoever follows: once, for one thing. */
function Ask({ findingId }: { readonly findingId: number }) {
  const { busy, trouble, run } = usePlainAct();
  const [asked, setAsked] = useState<Wanted>();
  if (asked !== undefined)
    return <p>{WANTED[asked].done} : la plateforme le voit dans sa journée et vous répondra.</p>;
  const ask = async (wanted: Wanted) => {
    const done = await run(() => call('askOwner', { body: { findingId, wanted } }), WANTED[wanted].done);
    if (done) setAsked(wanted);
  };
  return (
    <>
      {trouble}
      <p className="duty-actions">
        {(Object.keys(WANTED) as Wanted[]).map((wanted) => (
          <button
            key={wanted}
            type="button"
            className="button button-quiet"
            disabled={busy}
            onClick={() => void ask(wanted)}
          >
            {WANTED[wanted].label}
          </button>
        ))}
      </p>
    </>
  );
}

/** Which platforms follow somebody; their case only when it is ours to open. */
export function FollowedBy({ found: { findingId, followed } }: { readonly found: Found }) {
  const isElsewhere = followed.some(({ caseId }) => caseId === null);
  return (
    <section className="panel" aria-labelledby="suivi">
      <div role="status">
        <h2 id="suivi">
          {followed.length === 0 ? 'Aucune plateforme ne suit cette personne.' : 'Cette personne est suivie.'}
        </h2>
      </div>
      <ul>
        {followed.map(({ platformName, department, caseId }) => (
          <li key={`${department} ${platformName ?? ''} ${caseId ?? ''}`}>
            {platformName ?? 'Une plateforme à déterminer'} ({department})
            {caseId !== null && (
              <>
                {' '}
                : <Link href={`/dossiers/${caseId}`}>ouvrir son dossier</Link>
              </>
            )}
          </li>
        ))}
      </ul>
      {isElsewhere && findingId !== null && <Ask findingId={findingId} />}
    </section>
  );
}
