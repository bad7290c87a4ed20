import type { Notice } from '@raccroche/contract';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { may, useMe } from '../client/session.ts';
import { Older } from '../frame/older.tsx';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { since } from '../words/dates.ts';
import { DepartmentRequests } from './department-requests.tsx';
import { noticeLink, noticeWords } from './notice-words.ts';
import { Openings } from './openings.tsx';
import { QuotaRequests } from './quota-requests.tsx';
import { UNSEEN_KEY } from './unseen.ts';

/** Notices of a page of the server. */
const PAGE = 100;

function Row({ notice, isNew }: { readonly notice: Notice; readonly isNew: boolean }) {
  const { title, more } = noticeWords(notice);
  const link = noticeLink(notice);
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <strong>{title}</strong> {isNew && <span className="tag">nouveau</span>}
        </p>
        {more !== '' && <p>{more}</p>}
        <p className="quiet">{since(notice.at, today())}</p>
      </div>
      {link !== undefined && (
        <p className="duty-actions">
          <Link className="button button-quiet" href={link} aria-label={`Voir : ${title}`}>
            Voir
          </Link>
        </p>
      )}
    </li>
  );
}

function useNotices() {
  return useInfiniteQuery({
    queryKey: ['notices'],
    queryFn: ({ pageParam, signal }) =>
      call('notices', { query: pageParam === 0 ? {} : { before: pageParam } }, signal),
    initialPageParam: 0,
    getNextPageParam: ({ notices }) => (notices.length < PAGE ? undefined : notices.at(-1)?.noticeId),
    staleTime: 0,
  });
}

/** What is shown counts as seen; what was new stays marked as long as the page is open. */
function useSeeing(notices: readonly Notice[]): ReadonlySet<number> {
  const client = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const unseen = notices.filter(({ seen }) => !seen).map(({ noticeId }) => noticeId);
    const [newest] = unseen;
    if (newest === undefined) return;
    setFresh((before) => new Set([...before, ...unseen]));
    void call('seeNotices', { body: { upTo: newest } }).then(
      () => client.invalidateQueries({ queryKey: UNSEEN_KEY }),
      () => undefined,
    );
  }, [notices, client]);
  return fresh;
}

const NONE: readonly Notice[] = [];

/** Avertissements: what one is told, and who asks for more than their day allows. */
export default function Warnings() {
  const { data: me } = useMe();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useNotices();
  const [first] = data?.pages ?? [];
  const fresh = useSeeing(first?.notices ?? NONE);
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  return (
    <div className="page admin">
      <title>Avertissements · Raccroche</title>
      <h1>Avertissements</h1>
      <p className="lead">
        Ce qui vous concerne, votre plateforme ou votre contrôle : un droit qui finit, une échéance, un
        dossier ouvert d’ailleurs.
      </p>
      {me && may(me, 'quota.raise') && <QuotaRequests />}
      {me && may(me, 'case.assign') && <DepartmentRequests />}
      {isPending && <Skeleton lines={4} />}
      {error !== null && <Failed error={error} what="vos avertissements" onRetry={() => void refetch()} />}
      {data && notices.length === 0 && <Empty title="Aucun avertissement." />}
      <section className="stack">
        <ul>
          {notices.map((notice) => (
            <Row key={notice.noticeId} notice={notice} isNew={fresh.has(notice.noticeId)} />
          ))}
        </ul>
        <Older hasMore={hasNextPage} busy={isFetchingNextPage} onMore={fetchNextPage} />
      </section>
      {me && may(me, 'case.assign') && (
        <section className="stack">
          <h2>Dossiers ouverts hors territoire</h2>
          <Openings />
        </section>
      )}
    </div>
  );
}
