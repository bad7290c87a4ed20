import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../client/call.ts';
import { useUrlState } from '../frame/url-state.ts';
import { useSchoolAnswers } from '../schools/school-data.ts';

const AHEAD = 20;

export interface Series {
  /** The case to verify now; undefined when none is left. */
  readonly caseId: string | undefined;
  readonly done: number;
  readonly remaining: number;
  readonly deferred: number;
  /** Somebody was answered for already, on this screen. */
  readonly hasBegun: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** One goes to the next at once, before the server has said it again. */
  readonly leave: (caseId: string) => void;
  readonly comeBack: (caseId: string) => void;
}

/** The cases to verify of a platform, one after the other; the one of the address first. */
export function useSeries(platform: string | undefined): Series {
  const client = useQueryClient();
  const [url, setUrl] = useUrlState();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const query = useQuery({
    queryKey: ['to-verify', platform],
    queryFn: ({ signal }) =>
      call('nextToVerify', { query: { platform: platform ?? '', limit: AHEAD } }, signal),
    enabled: platform !== undefined,
  });
  const answered = useSchoolAnswers(platform).map((one) => one.case.caseId);
  // Those of whom a school said something come first: one key confirms it.
  const waiting = [...new Set([...answered, ...(query.data?.caseIds ?? [])])].filter(
    (caseId) => !left.has(caseId),
  );
  const asked = url.get('dossier');
  const caseId = asked ?? waiting[0];
  const next = waiting.find((one) => one !== caseId);
  useEffect(() => {
    if (next === undefined) return;
    void client.prefetchQuery({
      queryKey: ['case', next],
      queryFn: ({ signal }) => call('caseDetail', { params: { caseId: next } }, signal),
    });
  }, [client, next]);
  return {
    caseId,
    done: query.data?.done ?? 0,
    remaining: query.data?.remaining ?? 0,
    deferred: query.data?.deferred ?? 0,
    hasBegun: left.size > 0,
    isPending: query.isPending && asked === null,
    error: query.data === undefined ? query.error : null,
    retry: () => void query.refetch(),
    leave: (one) => {
      setLeft((before) => new Set(before).add(one));
      setUrl({ dossier: undefined }, { replace: true });
    },
    comeBack: (one) => {
      setLeft((before) => new Set([...before].filter((other) => other !== one)));
      if (window.location.pathname === '/a-verifier') setUrl({ dossier: one }, { replace: true });
    },
  };
}
