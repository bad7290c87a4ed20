import type { NewMeetingDecision } from '@raccroche/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { refreshCases } from '../client/act.ts';
import { call, type RouteOutput } from '../client/call.ts';
import { tell } from '../client/notices.ts';
import { ApiProblem } from '../client/problem.ts';
import { newRequestKey } from '../client/request-key.ts';

export type Agenda = RouteOutput<'meeting'>;
export type Meeting = Agenda['meeting'];
export type AgendaTopic = Agenda['topics'][number];
export type AgendaCase = AgendaTopic['cases'][number];
export type Decision = Agenda['decisions'][number];
/** A decision before it names its case. */
export type Wanted = Omit<z.input<typeof NewMeetingDecision>, 'caseId' | 'version' | 'topic'>;

/** A colleague may decide at the same table: what they did is seen before long. */
const AGAIN_MS = 15_000;

export const useMeetings = (platform: string | undefined) =>
  useQuery({
    queryKey: ['meetings', platform],
    queryFn: ({ signal }) => call('meetings', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== undefined,
  });

export const useAgenda = (meetingId: string) =>
  useQuery({
    queryKey: ['meeting', meetingId],
    queryFn: ({ signal }) => call('meeting', { params: { meetingId } }, signal),
    refetchInterval: AGAIN_MS,
  });

/** What went wrong, in words. */
export const problemText = (error: unknown): string =>
  error instanceof ApiProblem ? error.message : 'Connexion perdue : rien n’a été enregistré. Réessayez.';

/** Reads meetings and agendas again, and whatever else shows the cases. */
export function useRefreshMeetings(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['meeting'] }),
      client.invalidateQueries({ queryKey: ['meetings'] }),
      refreshCases(client),
    ]);
  };
}

/** A case as it was read: one that was undone is another version. */
export const versionKey = ({ caseId, version }: Pick<AgendaCase['case'], 'caseId' | 'version'>): string =>
  `${caseId} ${version}`;

export interface Deciding {
  readonly busy: boolean;
  readonly problem: string | undefined;
  /** Versions of cases decided here: one goes to the next at once, before the server has said it again. */
  readonly decided: ReadonlySet<string>;
  readonly decide: (one: AgendaCase['case'], topic: AgendaTopic['topic'], wanted: Wanted) => Promise<void>;
}

/** Decides of a case, with its undo. */
export function useDecide(meetingId: string, done: Readonly<Record<Wanted['decision'], string>>): Deciding {
  const refresh = useRefreshMeetings();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  return {
    busy,
    problem,
    decided,
    async decide({ caseId, version }, topic, wanted) {
      setBusy(true);
      setProblem(undefined);
      const params = { meetingId };
      try {
        const { decisionId } = await call('decideInMeeting', {
          params,
          body: { ...wanted, caseId, version, topic },
          requestKey: newRequestKey(),
        } as Parameters<typeof call<'decideInMeeting'>>[1]);
        const undo = async () => {
          await call('undoMeetingDecision', { params, body: { decisionId } });
          tell({ tone: 'done', text: 'Décision annulée.' });
          await refresh();
        };
        tell({
          tone: 'done',
          text: `${done[wanted.decision]}.`,
          ...(wanted.decision === 'hand_over' ? {} : { undo }),
        });
        setDecided((before) => new Set(before).add(versionKey({ caseId, version })));
      } catch (error) {
        setProblem(problemText(error));
      } finally {
        setBusy(false);
      }
      await refresh();
    },
  };
}
