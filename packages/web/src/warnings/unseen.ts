import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';

export const UNSEEN_KEY = ['unseen-notices'] as const;
const REFRESH_MS = 300_000;

/** How many notices of the last month were not seen yet; 0 while it is not known. */
export function useUnseen(): number {
  const { data } = useQuery({
    queryKey: UNSEEN_KEY,
    queryFn: ({ signal }) => call('unseenNotices', {}, signal),
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS,
  });
  return data?.count ?? 0;
}
