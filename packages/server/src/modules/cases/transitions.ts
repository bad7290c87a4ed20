import { RaccrocheError } from '../../kernel/errors.ts';
import type { StoredCase } from './change-case.ts';

/** True when an axis lets a case go from `from` to `to`. */
export function canMove<S extends string>(
  transitions: Readonly<Record<S, readonly S[]>>,
  from: S,
  to: S,
): boolean {
  return transitions[from].includes(to);
}

/** Throws `not_possible` when an axis does not let a case go from `from` to `to`. */
export function requireMove<S extends string>(
  transitions: Readonly<Record<S, readonly S[]>>,
  from: S,
  to: S,
): void {
  if (!canMove(transitions, from, to))
    throw new RaccrocheError('not_possible', 'Là où en est le dossier, cette étape n’est pas possible.');
}

/** Throws `not_possible` for a closed case: it is opened again first, on purpose. */
export function requireOpen({ pathway }: StoredCase): void {
  if (pathway === 'closed')
    throw new RaccrocheError('not_possible', 'Ce dossier est clos. Rouvrez-le d’abord.');
}
