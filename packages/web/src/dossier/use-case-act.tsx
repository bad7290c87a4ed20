import type { CaseDetail } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Act, type ActRoute, useAct } from '../client/act.ts';
import { call } from '../client/call.ts';
import { ApiProblem, hasCode } from '../client/problem.ts';
import { useMe } from '../client/session.ts';
import { Conflict } from './conflict.tsx';

/** What is about to be done to a case, without its version. */
export interface Wanted {
  readonly route: ActRoute;
  readonly body: Readonly<Record<string, unknown>>;
  readonly done: string;
  /** In words, for when a colleague was there first. */
  readonly mine: string;
  /** Something is asked next, once this is recorded. */
  readonly goesOn?: boolean;
}

export interface CaseAct {
  readonly busy: boolean;
  /** What went wrong, to show beside the form; null when nothing did. */
  readonly trouble: ReactNode;
  /** A colleague was there first: there is a choice to make before anything else. */
  readonly hasClash: boolean;
  readonly send: (wanted: Wanted) => Promise<void>;
}

/**
 * Does something to a case; a conflict shows both versions and lets one choose. `onDone` once it is recorded or kept:
 * told true when it is recorded and something is asked next.
 */
export function useCaseAct(
  one: CaseDetail,
  onDone: (goesOn: boolean) => void,
  onUndone?: () => void,
): CaseAct {
  const act = useAct();
  const client = useQueryClient();
  const { data: me } = useMe();
  const [busy, setBusy] = useState(false);
  const [clash, setClash] = useState<Wanted>();
  const [problem, setProblem] = useState<string>();
  const attempt = async (wanted: Wanted, version: number) => {
    setBusy(true);
    setProblem(undefined);
    setClash(undefined);
    const asked: Act = {
      route: wanted.route,
      caseId: one.caseId,
      body: { ...wanted.body, version },
      done: wanted.done,
      onUndone,
    };
    try {
      const row = await act(asked);
      onDone(row !== null && wanted.goesOn === true);
    } catch (error) {
      if (hasCode(error, 'conflict')) {
        const fresh = await call('caseDetail', { params: { caseId: one.caseId } });
        client.setQueryData(['case', one.caseId], fresh);
        setClash(wanted);
      } else setProblem(error instanceof ApiProblem ? error.message : 'Cela n’a pas pu être enregistré.');
    } finally {
      setBusy(false);
    }
  };
  const trouble = clash ? (
    <Conflict
      one={one}
      me={me?.personId}
      mine={clash.mine}
      onKeepMine={() => void attempt(clash, one.version)}
      onGiveUp={() => {
        setClash(undefined);
        onDone(false);
      }}
    />
  ) : problem !== undefined ? (
    <p className="warning" role="alert">
      {problem}
    </p>
  ) : null;
  return { busy, trouble, hasClash: clash !== undefined, send: (wanted) => attempt(wanted, one.version) };
}
