import type { Litige } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useUrlState } from '../frame/url-state.ts';
import { litigeKey } from './litige-words.ts';

const AHEAD = 20;

export function useLitiges(platform: string | undefined, show: 'todo' | 'answered') {
  return useQuery({
    queryKey: ['litiges', platform, show],
    queryFn: ({ signal }) =>
      call('litiges', { query: { platform: platform ?? '', limit: AHEAD, show } }, signal),
    enabled: platform !== undefined,
  });
}

export interface Series {
  /** The question to answer now; undefined when none is left. */
  readonly litige: Litige | undefined;
  readonly answered: number;
  readonly remaining: number;
  /** Somebody else is waited for. */
  readonly waiting: number;
  /** One was answered already, on this screen. */
  readonly hasBegun: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly leave: (key: string) => void;
  readonly comeBack: (key: string) => void;
}

/** The identities to decide of a platform, one after the other; the one of the address first. */
export function useSeries(platform: string | undefined): Series {
  const [url, setUrl] = useUrlState();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const todo = useLitiges(platform, 'todo');
  const asked = url.get('question');
  const others = useLitiges(asked === null ? undefined : platform, 'answered');
  const waiting = (todo.data?.litiges ?? []).filter((one) => !left.has(litigeKey(one)));
  const all = [...(todo.data?.litiges ?? []), ...(others.data?.litiges ?? [])];
  const chosen = asked === null ? undefined : all.find((one) => litigeKey(one) === asked);
  const counts = todo.data?.counts;
  return {
    litige: chosen ?? waiting[0],
    answered: counts ? counts.decided + counts.set_aside + counts.waiting : 0,
    remaining: counts ? counts.to_decide + counts.second_opinion : 0,
    waiting: counts?.waiting ?? 0,
    hasBegun: left.size > 0,
    isPending: todo.isPending || (asked !== null && others.isPending),
    error: todo.data === undefined ? todo.error : null,
    retry: () => void todo.refetch(),
    leave: (key) => {
      setLeft((before) => new Set(before).add(key));
      setUrl({ question: undefined }, { replace: true });
    },
    comeBack: (key) => {
      setLeft((before) => new Set([...before].filter((other) => other !== key)));
      if (window.location.pathname === '/litiges') setUrl({ question: key }, { replace: true });
    },
  };
}
