import { OpeningGroundLabels } from '@raccroche/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { Older } from '../frame/older.tsx';
import { Failed, Skeleton } from '../frame/states.tsx';
import { hour, shortDate } from '../words/dates.ts';

/** Cases opened outside of somebody's zone, with the reason that was told. `withTrail`: with the way to what the trail says. */
export function Openings({ withTrail = false }: { readonly withTrail?: boolean }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['openings'],
    queryFn: ({ pageParam, signal }) =>
      call('openings', { query: pageParam === null ? {} : { after: pageParam } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (error !== null)
    return (
      <Failed error={error} what="les dossiers ouverts hors territoire" onRetry={() => void refetch()} />
    );
  if (!data) return <Skeleton lines={2} />;
  const openings = data.pages.flatMap((page) => page.openings);
  if (openings.length === 0) return <p className="quiet">Aucun dossier ouvert hors territoire.</p>;
  return (
    <>
      <ul>
        {openings.map((one) => (
          <li key={one.openingId} className="admin-file">
            <p>
              <strong>{one.person.displayName}</strong>, le {shortDate(one.openedAt)} à {hour(one.openedAt)} :{' '}
              {OpeningGroundLabels[one.reason]}
            </p>
            <p>« {one.statement} »</p>
            <p className="quiet">
              Dossier {one.siei}
              {withTrail && (
                <>
                  {' · '}
                  <Link href={`/administration?qui=${one.person.personId}&acte=case.`}>
                    Ce que la trace en dit
                  </Link>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      <Older hasMore={hasNextPage} busy={isFetchingNextPage} onMore={fetchNextPage} />
    </>
  );
}
