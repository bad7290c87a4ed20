import type { ACT_ROUTES, CaseRow } from '@raccroche/contract';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { call, callPlain, type PlainInput } from './call.ts';
import { tell } from './notices.ts';
import { keep, noteReached } from './outbox.ts';
import { Unreachable } from './problem.ts';
import { newRequestKey } from './request-key.ts';
import { useMe } from './session.ts';

/** Routes that change one case and answer with its row. */
export type ActRoute = 'recordAttempt' | 'assign' | 'verify' | keyof typeof ACT_ROUTES;

export interface Act {
  readonly route: ActRoute;
  readonly caseId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What was done, in the past: « Tentative notée ». */
  readonly done: string;
  /** After the act was taken back. */
  readonly onUndone?: (() => void) | undefined;
}

/** Everything that a change of a case may show in. */
const SHOWN_IN = ['case', 'worklist', 'counts', 'to-verify', 'my-day'];

export async function refreshCases(client: QueryClient): Promise<void> {
  await Promise.all(SHOWN_IN.map((name) => client.invalidateQueries({ queryKey: [name] })));
}

/** Puts a changed row where it is shown, before the lists are read again. */
function showRow(client: QueryClient, row: CaseRow): void {
  client.setQueryData(['case', row.caseId], (old: object | undefined) =>
    old === undefined ? old : { ...old, ...row },
  );
}

/**
 * Does something to a case: shows it, offers to take it back for ten seconds; keeps it when the network is cut.
 * Answers the row, or null when it waits for the network. Throws `ApiProblem`.
 */
export function useAct(): (act: Act) => Promise<CaseRow | null> {
  const client = useQueryClient();
  const { data: me } = useMe();
  return async ({ route, caseId, body, done, onUndone }) => {
    const input: PlainInput = { params: { caseId }, body, requestKey: newRequestKey() };
    try {
      const row = (await callPlain(route, input)) as CaseRow;
      noteReached(true);
      showRow(client, row);
      const undo = async () => {
        // Shown as it is again before anything is asked of it: the next act names this version.
        showRow(client, await call('undo', { params: { caseId }, body: { version: row.version } }));
        onUndone?.();
        tell({ tone: 'done', text: `Annulé : ${done.toLowerCase()}.` });
        await refreshCases(client);
      };
      tell({ tone: 'done', text: `${done}.`, undo });
      void refreshCases(client);
      return row;
    } catch (error) {
      if (!(error instanceof Unreachable) || !me) throw error;
      keep({ personId: me.personId, name: route, input, label: done });
      return null;
    }
  };
}
