import type { Litige } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshCases } from '../client/act.ts';
import { call } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { keep, noteReached } from '../client/outbox.ts';
import { ApiProblem, Unreachable } from '../client/problem.ts';
import { newRequestKey } from '../client/request-key.ts';
import { useMe } from '../client/session.ts';
import { DONE_WORDS, type Verdict } from './litige-words.ts';

export interface Answering {
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly answer: (verdict: Verdict, reason: string) => void;
}

/** Takes one's own answer back, and reads what shows it again. */
export function useWithdraw(): (decisionId: number) => Promise<void> {
  const client = useQueryClient();
  return async (decisionId) => {
    await call('withdrawLitigeDecision', { body: { decisionId } });
    tell({ tone: 'done', text: 'Réponse reprise : la question est de nouveau posée.' });
    await Promise.all([client.invalidateQueries({ queryKey: ['litiges'] }), refreshCases(client)]);
  };
}

/** Answers a question, offers to take it back for ten seconds; keeps it when the network is cut. */
export function useAnswer(
  litige: Litige,
  { onAnswered, onUndone }: { readonly onAnswered: () => void; readonly onUndone: () => void },
): Answering {
  const client = useQueryClient();
  const { data: me } = useMe();
  const withdraw = useWithdraw();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async (verdict: Verdict, reason: string) => {
    setBusy(true);
    setProblem(undefined);
    const body = {
      siei1: litige.siei1,
      siei2: litige.siei2,
      verdict,
      reason,
      seen: litige.decisions[0]?.decisionId ?? 0,
    };
    const input = { body, requestKey: newRequestKey() };
    const done = DONE_WORDS[litige.kind][verdict];
    try {
      const { decisionId } = await call('decideLitige', input);
      noteReached(true);
      tell({
        tone: 'done',
        text: `${done}.`,
        undo: async () => {
          await withdraw(decisionId);
          onUndone();
        },
      });
      onAnswered();
    } catch (error) {
      if (error instanceof Unreachable && me) {
        keep({ personId: me.personId, name: 'decideLitige', input, label: done });
        onAnswered();
      } else setProblem(error instanceof ApiProblem ? error.message : 'Cela n’a pas pu être enregistré.');
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['litiges'] });
    }
  };
  return { busy, problem, answer: (verdict, reason) => void send(verdict, reason) };
}
