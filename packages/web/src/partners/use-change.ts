import type { NewSecret } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callPlain, type PlainInput, type RouteInput } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem, hasCode, Unreachable } from '../client/problem.ts';
import { newRequestKey } from '../client/request-key.ts';

type ChangeRoute =
  | 'addPartner'
  | 'addPartnerSecret'
  | 'revokePartnerSecret'
  | 'revokePartner'
  | 'retryPartnerMessage';

const sentenceOf = (error: unknown) =>
  error instanceof ApiProblem || error instanceof Unreachable
    ? error.message
    : 'L’application n’a pas compris la réponse du service.';

/** Where somebody proves again that it is them, and comes back from. */
const STRONGER = '/api/sign-in?strong=true&returnTo=%2Fpartenaires';

export interface Change {
  /** What went wrong last, for people. */
  readonly problem: string | undefined;
  /** Where to give a second factor, when one is asked for. */
  readonly stronger: string | undefined;
  readonly busy: boolean;
  /** Changes something, tells it, and reads the page again; undefined when it was refused. */
  run<N extends ChangeRoute>(
    name: N,
    input: RouteInput<N>,
    done: string,
  ): Promise<Partial<NewSecret> | undefined>;
}

/** What changes a partner: one at a time, with its problem beside it. */
export function useChange(): Change {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  return {
    busy,
    problem: error === undefined ? undefined : sentenceOf(error),
    stronger: hasCode(error, 'stronger_sign_in_needed') ? STRONGER : undefined,
    async run(name, input, done) {
      setBusy(true);
      setError(undefined);
      try {
        const answer = await callPlain(name, { ...(input as PlainInput), requestKey: newRequestKey() });
        tell({ tone: 'done', text: `${done}.` });
        await client.invalidateQueries({ queryKey: ['partners'] });
        return answer as Partial<NewSecret>;
      } catch (caught) {
        setError(caught);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}
