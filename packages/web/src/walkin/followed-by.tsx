import { useState } from 'react';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { usePlainAct } from '../dossier/use-plain-act.tsx';
import type { Opening } from './open-elsewhere.tsx';

type Found = RouteOutput<'findElsewhere'>;
type Wanted = 'access' | 'transfer';

const WANTED = {
  access: { label: 'Demander l’accès au dossier', done: 'Accès demandé' },
  transfer: { label: 'Demander le transfert', done: 'Transfert demandé' },
} as const satisfies Record<Wanted, { label: string; done: string }>;

type Followed = Found['followed'][number];
type Told = RouteOutput<'askOwner'>;

/** What becomes of what was asked: who answers it. */
function becomes({ asked, departments }: Told, elsewhere: readonly Followed[]): string {
  if (asked === 0) return 'votre demande attend déjà sa réponse.';
  const told = [];
  if (elsewhere.some(({ platformName }) => platformName !== null))
    told.push('la plateforme le voit dans sa journée et vous répondra.');
  if (departments.length > 0)
    told.push(
      `aucune plateforme ne couvre sa commune ; la coordination du département (${departments.join(', ')}) en est avertie et vous répondra.`,
    );
  return told.join(' ');
}

/** Asks whoever follows: once, for one thing. Only a case that somebody follows can come here. */
function Ask({
  findingId,
  elsewhere,
}: {
  readonly findingId: number;
  readonly elsewhere: readonly Followed[];
}) {
  const { busy, trouble, run } = usePlainAct();
  const [done, setDone] = useState<string>();
  if (done !== undefined) return <p role="status">{done}</p>;
  const isFollowed = elsewhere.some(({ platformName, closed }) => platformName !== null && !closed);
  const ask = async (wanted: Wanted) => {
    const body = { findingId, wanted };
    await run(async () => {
      const told = await call('askOwner', { body });
      setDone(`${WANTED[wanted].done} : ${becomes(told, elsewhere)}`);
    }, WANTED[wanted].done);
  };
  return (
    <>
      {trouble}
      <p className="duty-actions">
        {(Object.keys(WANTED) as Wanted[])
          .filter((wanted) => wanted === 'access' || isFollowed)
          .map((wanted) => (
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

const ownerOf = ({ platformName, department }: Followed) =>
  platformName === null
    ? `Département ${department}, où aucune plateforme ne couvre sa commune`
    : `${platformName} (${department})`;

/** What the form that opens a case says of it. */
const openingOf = ({ platformName, department, closed }: Followed): Pick<Opening, 'owner' | 'state'> =>
  platformName === null
    ? { owner: `département ${department}`, state: 'uncovered' }
    : { owner: `${platformName} (${department})`, state: closed ? 'closed' : 'followed' };

function titleOf(followed: readonly Followed[]): string {
  if (followed.length === 0) return 'Aucune plateforme ne suit cette personne.';
  if (followed.every(({ closed }) => closed)) return 'Cette personne a été suivie ; elle ne l’est plus.';
  return followed.some(({ platformName, closed }) => platformName !== null && !closed)
    ? 'Cette personne est suivie.'
    : 'Cette personne est sur une liste, et aucune plateforme ne la suit encore.';
}

/**
 * Which platforms follow somebody, or did; their case only when it is ours to open. `onOpen`: begins to open one of another territory
 * without waiting for an answer; none, for whoever may not.
 */
export function FollowedBy({
  found: { findingId, followed },
  onOpen,
}: {
  readonly found: Found;
  readonly onOpen?: ((which: Omit<Opening, 'reason' | 'statement'>) => void) | undefined;
}) {
  const elsewhere = followed.filter(({ caseId }) => caseId === null);
  return (
    <section className="panel" aria-labelledby="suivi">
      <div role="status">
        <h2 id="suivi">{titleOf(followed)}</h2>
      </div>
      <ul className="followed">
        {followed.map((one, place) => (
          <li key={`${ownerOf(one)} ${one.caseId ?? place}`}>
            {ownerOf(one)}
            {one.closed && ' ; son dossier y est clos'}
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
                  onClick={() => onOpen({ findingId, place, ...openingOf(one) })}
                >
                  Ouvrir sans attendre…
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 && findingId !== null && <Ask findingId={findingId} elsewhere={elsewhere} />}
    </section>
  );
}
