import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshCases } from '../client/act.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';

interface Outcome<R> {
  readonly done: readonly R[];
  readonly left: readonly { readonly why: string }[];
}

/** Something done to several cases: tells how many it was done to, and why others were left out. True once some were done. */
export function useBulk() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const run = async <R>(
    work: () => Promise<Outcome<R>>,
    told: (count: number) => string,
  ): Promise<boolean> => {
    setBusy(true);
    let count = 0;
    try {
      const { done, left } = await work();
      count = done.length;
      tell({
        tone: left.length > 0 ? 'problem' : 'done',
        text: [told(count), ...new Set(left.map(({ why }) => why))].join(' '),
      });
    } catch (error) {
      const why = error instanceof ApiProblem ? error.message : 'Connexion perdue.';
      tell({ tone: 'problem', text: `Rien n’a été fait. ${why}` });
    }
    setBusy(false);
    await refreshCases(client);
    return count > 0;
  };
  return { busy, run };
}
