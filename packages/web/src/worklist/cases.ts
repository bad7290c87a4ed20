import type { CaseGrouping, CaseRow, PartnerNews } from '@raccroche/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call, type RouteInput } from '../client/call.ts';
import { noteReached } from '../client/outbox.ts';
import { part } from '../frame/missing-parts.tsx';
import { filterOf, type PlaceNames, sortOf } from './filters.ts';

const PAGE = 100;

export interface Cases {
  readonly rows: readonly CaseRow[];
  /** What a partner told of them since one last opened them, by case. */
  readonly news: ReadonlyMap<string, PartnerNews>;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  /** What is shown is the answer to the question before. */
  readonly isStale: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

interface CasesOptions {
  /** More of the filter than the address says. */
  readonly narrowed?: Readonly<Record<string, string>>;
  /** Cases of a page. */
  readonly limit?: number;
  readonly enabled?: boolean;
}

/** The cases of a platform that the address asks for, page after page. */
export function useCases(
  platform: string | undefined,
  url: URLSearchParams,
  { narrowed = {}, limit = PAGE, enabled = true }: CasesOptions = {},
): Cases {
  const asked = {
    ...filterOf(url),
    ...narrowed,
    platform: platform ?? '',
    sort: sortOf(url),
    limit,
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
    enabled: enabled && platform !== undefined,
  });
  return {
    rows: pages.data?.pages.flatMap((page) => page.cases) ?? [],
    news: new Map(
      pages.data?.pages.flatMap((page) => page.news.map(({ caseId, kind }) => [caseId, kind] as const)),
    ),
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
    meta: part('les comptes des vues'),
  });

/** Who may be referent on the platform, by id. */
export const useColleagues = (platform: string | undefined) =>
  useQuery({
    queryKey: ['colleagues', platform],
    queryFn: ({ signal }) => call('colleagues', { query: { platform: platform ?? '' } }, signal),
    enabled: platform !== undefined,
    staleTime: 300_000,
    meta: part('les collègues'),
  });

/** How many cases of a filter stand in each group, the largest first. */
export const useGroups = (
  platform: string | undefined,
  by: CaseGrouping,
  filter: Readonly<Record<string, string>>,
  enabled = true,
) =>
  useQuery({
    queryKey: ['groups', platform, by, filter],
    queryFn: ({ signal }) =>
      call('caseGroups', { query: { ...filter, platform: platform ?? '', by } }, signal),
    enabled: enabled && platform !== undefined,
    placeholderData: keepPreviousData,
  });

/** Communes and schools of a platform, with their names where they have one, whatever the filter. */
export function usePlaces(platform: string | undefined) {
  const communes = useGroups(platform, 'commune', OPEN).data?.groups ?? [];
  const schools = useGroups(platform, 'school', OPEN).data?.groups ?? [];
  const names: PlaceNames = new Map(
    communes.flatMap(({ value, name }) => (value === null || name === null ? [] : [[value, name]])),
  );
  return { communes, schools, names };
}
/** Whatever the filter: those who are followed. */
export const OPEN = { open: 'true' };
