import { type ReactNode, useEffect, useState } from 'react';
import { dropDraft, findDraft, keepDraft, strongSignInAddress } from '../client/draft.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem, hasCode, Unreachable } from '../client/problem.ts';
import { useMe } from '../client/session.ts';

/** What is typed in a form. It comes back, once, to who left it for a second factor. */
export function useDraft<T extends object>(
  name: string,
  initial: T,
): { readonly values: T; readonly set: (change: Partial<T>) => void; readonly isBack: boolean } {
  const { data: me } = useMe();
  const [kept] = useState(() => findDraft(name, me?.personId) as T | undefined);
  const [values, setValues] = useState<T>({ ...initial, ...kept });
  useEffect(() => {
    if (kept !== undefined) dropDraft();
  }, [kept]);
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    isBack: kept !== undefined,
  };
}

/** Says that a second factor is asked, and leads to it. `onLeave`: keeps what was typed on the way. */
export function StepUp({ onLeave }: { readonly onLeave?: (() => void) | undefined }) {
  return (
    <div className="warning" role="alert">
      <p>
        <strong>Confirmez d’abord que c’est bien vous.</strong> Cet acte demande un second facteur, donné
        depuis moins de dix minutes. Vous allez chez votre fournisseur d’identité, puis vous revenez ici
        {onLeave && ' : ce que vous avez saisi vous attend'}.
      </p>
      <button
        type="button"
        className="button"
        onClick={() => {
          onLeave?.();
          window.location.assign(strongSignInAddress());
        }}
      >
        Confirmer mon identité
      </button>
    </div>
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof Unreachable)
    return 'Connexion perdue : rien n’est parti. Votre saisie est toujours là ; réessayez dans un instant.';
  return error instanceof ApiProblem ? error.message : 'Cela n’a pas pu être enregistré.';
}

export interface Change {
  readonly busy: boolean;
  /** What went wrong, beside the form; null when nothing did. */
  readonly trouble: ReactNode;
  /** Does it; true when it is done. `done`: told then, in the past. */
  readonly send: (work: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

/** A change that may ask for a second factor. `draft`: what comes back to the form after it; none, where nothing is typed. */
export function useChange(draft?: { readonly name: string; readonly values: object }): Change {
  const { data: me } = useMe();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const keep = () => {
    if (me && draft) keepDraft({ personId: me.personId, ...draft });
  };
  const trouble = hasCode(error, 'stronger_sign_in_needed') ? (
    <StepUp onLeave={draft && keep} />
  ) : error === undefined ? null : (
    <p className="warning" role="alert">
      {sentenceOf(error)}
    </p>
  );
  return {
    busy,
    trouble,
    async send(work, done) {
      setBusy(true);
      setError(undefined);
      try {
        await work();
        if (done !== undefined) tell({ tone: 'done', text: done });
        return true;
      } catch (problem) {
        setError(problem);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Said once somebody is back from their second factor. */
export function Back({ isBack }: { readonly isBack: boolean }) {
  if (!isBack) return null;
  return <p role="status">C’est confirmé. Votre saisie est là : vous pouvez l’enregistrer.</p>;
}
