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

const ownerOf = ({ platformName, department }: Found['followed'][number]) =>
  `${platformName ?? 'Une plateforme à déterminer'} (${department})`;

/**
 * Which platforms follow somebody; their case only when it is ours to open. `onOpen`: begins to open one of another territory
 * without waiting for an answer; none, for whoever may not.
 */
export function FollowedBy({
  found: { findingId, followed },
  onOpen,
}: {
  readonly found: Found;
  readonly onOpen?: ((which: { findingId: number; place: number; owner: string }) => void) | undefined;
}) {
  const isElsewhere = followed.some(({ caseId }) => caseId === null);
  return (
    <section className="panel" aria-labelledby="suivi">
      <div role="status">
        <h2 id="suivi">
          {followed.length === 0 ? 'Aucune plateforme ne suit cette personne.' : 'Cette personne est suivie.'}
        </h2>
      </div>
      <ul className="followed">
        {followed.map((one, place) => (
          <li key={`${ownerOf(one)} ${one.caseId ?? place}`}>
            {ownerOf(one)}
            {one.caseId !== null && (
              <>
                {' '}
                : <Link href={`/dossiers/${one.caseId}`}>ouvrir son dossier</Link>
              </>
            )}
            {one.caseId === null && findingId !== null && onOpen && (
              <>
                {' '}
                <button
                  type="button"
                  className="button button-quiet"
                  onClick={() => onOpen({ findingId, place, owner: ownerOf(one) })}
                >
                  Ouvrir sans attendre…
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {isElsewhere && findingId !== null && <Ask findingId={findingId} />}
    </section>
  );
}
