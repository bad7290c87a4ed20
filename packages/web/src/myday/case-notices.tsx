import type { CASE_NOTICE_KINDS } from '@raccroche/contract';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, type RouteOutput } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { usePlainAct } from '../dossier/use-plain-act.tsx';
import { part } from '../frame/missing-parts.tsx';
import { Older } from '../frame/older.tsx';
import { since } from '../words/dates.ts';
import { fullName } from '../words/texts.ts';
import { caseLink } from '../worklist/case-link.ts';

type Notice = RouteOutput<'caseNotices'>['notices'][number];

const KEY = 'case-notices';
const WORDS = {
  found: 'une autre plateforme cherche cette personne',
  access_asked: 'une autre plateforme demande l’accès à ce dossier',
  transfer_asked: 'une autre plateforme demande que ce dossier lui soit transféré',
  signalled: 'signalé hors liste',
  handed_over: 'transféré par une autre plateforme',
  situation_reported: 'un partenaire a dit sa situation',
} as const satisfies Record<(typeof CASE_NOTICE_KINDS)[number], string>;

function Item({ notice }: { readonly notice: Notice }) {
  const client = useQueryClient();
  const { busy, trouble, run } = usePlainAct();
  const see = async () => {
    await run(() => call('seeCaseNotice', { body: { noticeId: notice.noticeId } }), 'Avis vu');
    await client.invalidateQueries({ queryKey: [KEY] });
  };
  return (
    <li className="duty">
      <div>
        <p className="duty-who">
          <Link href={caseLink(notice.caseId)}>{fullName(notice)}</Link>
        </p>
        <p className="quiet">
          {WORDS[notice.kind]}, {since(notice.at, today())}
        </p>
        {trouble}
      </div>
      <p className="duty-actions">
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          aria-label={`Vu : ${fullName(notice)}`}
          onClick={() => void see()}
        >
          Vu
        </button>
      </p>
    </li>
  );
}

/** These wait for an answer above, where it is given. */
const ANSWERED_ABOVE: ReadonlySet<Notice['kind']> = new Set(['access_asked', 'transfer_asked']);

/** What others did about our cases, until somebody of the platform has seen it. */
export function CaseNotices({ platform }: { readonly platform: string }) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [KEY, platform],
    queryFn: ({ pageParam, signal }) =>
      call(
        'caseNotices',
        { query: { platform, unseen: 'true', ...(pageParam === null ? {} : { after: String(pageParam) }) } },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    meta: part('les avis d’autres plateformes'),
  });
  const notices = (data?.pages ?? [])
    .flatMap((page) => page.notices)
    .filter(({ kind }) => !ANSWERED_ABOVE.has(kind));
  if (notices.length === 0 && !hasNextPage) return null;
  return (
    <section className="stack">
      <h2>Avis des autres</h2>
      <ul>
        {notices.map((notice) => (
          <Item key={notice.noticeId} notice={notice} />
        ))}
      </ul>
      <Older hasMore={hasNextPage} busy={isFetchingNextPage} onMore={fetchNextPage} />
    </section>
  );
}
