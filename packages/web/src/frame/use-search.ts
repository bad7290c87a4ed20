import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, type RouteOutput } from '../client/call.ts';

export type Found = RouteOutput<'search'>['found'];

const TYPING_MS = 250;
const SHORTEST = 2;

/** What is typed, once the fingers rest. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}

/** Who answers to what is typed. `isOpen`: something was looked for, and there is an answer, or none could come (`data` is undefined). */
export function useSearch(typed: string): {
  readonly data: { found: Found } | undefined;
  readonly isOpen: boolean;
} {
  const wanted = useRested(typed.trim());
  const { data, error } = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => call('search', { query: { q: wanted } }, signal),
    enabled: wanted.length >= SHORTEST,
    gcTime: 0,
  });
  return { data, isOpen: typed.trim().length >= SHORTEST && (data !== undefined || error !== null) };
}
