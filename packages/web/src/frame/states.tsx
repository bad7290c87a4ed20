import type { ReactNode } from 'react';
import { ApiProblem, hasCode, Unreachable } from '../client/problem.ts';
import { OverQuota } from '../warnings/over-quota.tsx';

/** Lines of the height of what is coming: nothing jumps. */
export function Skeleton({ lines, height = 56 }: { readonly lines: number; readonly height?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Chargement…</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <div key={line} className="skeleton-line" style={{ height }} />
      ))}
    </div>
  );
}

/** Nothing there, for a good reason or by the filters. `isPage`: it is all there is on the page. */
export function Empty({
  title,
  isPage = false,
  children,
}: {
  readonly title: string;
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className="state">
      <Title className="state-title">{title}</Title>
      {children}
    </div>
  );
}

/** A page whose code is on its way. */
export function PageLoading() {
  return (
    <>
      <h1 className="visually-hidden">Chargement de la page</h1>
      <Skeleton lines={6} />
    </>
  );
}

/** Whom to ask when a right is missing. */
export function NoRight({ what }: { readonly what: string }) {
  return (
    <div className="state">
      <h1 className="state-title">Vous n’avez pas accès à {what}.</h1>
      <p>
        Les droits sont donnés par les co-responsables de votre plateforme, d’après la désignation de votre
        structure. Demandez-les-leur.
      </p>
    </div>
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof Unreachable) return 'Le service ne répond pas. Vérifiez votre connexion.';
  if (error instanceof ApiProblem) return error.message;
  return 'L’application n’a pas compris la réponse du service. Rien n’a été modifié.';
}

/** What happened, what is saved, what to do, what to quote. */
export function Failed({
  error,
  what,
  onRetry,
}: {
  readonly error: unknown;
  readonly what: string;
  readonly onRetry: () => void;
}) {
  if (hasCode(error, 'not_allowed')) return <NoRight what={what} />;
  if (hasCode(error, 'quota_reached')) return <OverQuota onRetry={onRetry} />;
  const reference = error instanceof ApiProblem ? error.reference : undefined;
  return (
    <div className="state state-problem" role="alert">
      <p className="state-title">Impossible d’afficher {what}.</p>
      <p>{sentenceOf(error)} Ce que vous aviez enregistré l’est toujours.</p>
      <p>
        <button type="button" className="button" onClick={onRetry}>
          Réessayer
        </button>
      </p>
      {reference && <p className="quiet">Référence à donner à l’assistance : {reference}</p>}
    </div>
  );
}
