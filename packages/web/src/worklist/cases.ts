import type { CaseRow } from '@raccroche/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call, type RouteInput } from '../client/call.ts';
import { noteReached } from '../client/outbox.ts';
import { filterOf, sortOf } from './filters.ts';

const PAGE = 100;

export interface Cases {
  readonly rows: readonly CaseRow[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  /** What is shown is the answer to the question before. */
  readonly isStale: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** The cases of a platform that the address asks for, page after page. */
export function useCases(platform: string | undefined, url: URLSearchParams): Cases {
  const asked = {
    ...filterOf(url),
    platform: platform ?? '',
    sort: sortOf(url),
    limit: PAGE,
  };
  const pages = useInfiniteQuery({
    queryKey: ['worklist', asked],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...asked, cursor: pageParam } as RouteInput<'worklist'>['query'];
      const page = await call('worklist', { query }, signal);
      noteReached(true);
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: platform !== undefined,
  });
  return {
    rows: pages.data?.pages.flatMap((page) => page.cases) ?? [],
    isPending: pages.isPending,
    error: pages.data === undefined ? pages.error : null,
    hasMore: pages.hasNextPage,
    isStale: pages.isPlaceholderData,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => {
      if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
    },
    retry: () => void pages.refetch(),
  };
}

/** How many cases each view holds. */
export const useCounts = (platform: string | undefined) =>
  useQuery({
    queryKey: ['counts', platform],
    queryFn: ({ signal }) => call('worklistCounts', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== undefined,
  });

/** Who may be referent on the platform, by id. */
export const useColleagues = (platform: string | undefined) =>
  useQuery({
    queryKey: ['colleagues', platform],
    queryFn: ({ signal }) => call('colleagues', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== undefined,
    staleTime: 300_000,
  });
