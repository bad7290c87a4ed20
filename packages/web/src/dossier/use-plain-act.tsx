import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { refreshCases } from '../client/act.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';

export interface PlainAct {
  readonly busy: boolean;
  /** What went wrong, to show beside the form; null when nothing did. */
  readonly trouble: ReactNode;
  /** Does it, tells `done`, reads again what may have changed. `undo`: what takes it back. */
  readonly run: (
    work: () => Promise<unknown>,
    done: string,
    undo?: () => Promise<unknown>,
  ) => Promise<boolean>;
}

/** Something that is no act on one case alone: two cases, another platform, one's own day. */
export function usePlainAct(): PlainAct {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run: PlainAct['run'] = async (work, done, undo) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'Connexion perdue : rien n’a été enregistré.');
      setBusy(false);
      return false;
    }
    setBusy(false);
    const takeBack = undo && {
      undo: async () => {
        await undo();
        tell({ tone: 'done', text: `Annulé : ${done.toLowerCase()}.` });
        await refreshCases(client);
      },
    };
    tell({ tone: 'done', text: `${done}.`, ...takeBack });
    await refreshCases(client);
    return true;
  };
  const trouble =
    problem === undefined ? null : (
      <p className="warning" role="alert">
        {problem}
      </p>
    );
  return { busy, trouble, run };
}
