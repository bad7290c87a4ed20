import type { Change } from './use-change.ts';

/** What went wrong, and where to go for a second factor. */
export function ProblemLine({ problem, stronger }: Pick<Change, 'problem' | 'stronger'>) {
  if (problem === undefined) return null;
  return (
    <p className="warning" role="alert">
      {problem}{' '}
      {stronger !== undefined && <a href={stronger}>Confirmer que c’est bien vous, puis recommencer</a>}
    </p>
  );
}
