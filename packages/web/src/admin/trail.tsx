import type { TrailEntry } from '@raccroche/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Older } from '../frame/older.tsx';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { hour, shortDate, since } from '../words/dates.ts';
import { capital, counted, number } from '../words/texts.ts';
import { TrailFilters } from './trail-filters.tsx';
import { actionWords, actorWords, purposeWords } from './trail-words.ts';

/** What is looked for, from the address; undefined while nothing is: a search is itself written down. */
function askedOf(url: URLSearchParams) {
  const asked = {
    subject: url.get('dossier') ?? undefined,
    actor: url.get('qui') ?? undefined,
    action: url.get('acte') ?? undefined,
    purpose: url.get('pour') ?? undefined,
    since: url.get('du') ?? undefined,
    until: url.get('au') ?? undefined,
  };
  return Object.values(asked).some((value) => value !== undefined) ? asked : undefined;
}

const SUBJECTS_SHOWN = 3;

function Subjects({ subjects }: { readonly subjects: readonly string[] }) {
  const [url, setUrl] = useUrlState();
  if (subjects.length === 0) return <span className="quiet">personne en particulier</span>;
  return (
    <>
      {subjects.slice(0, SUBJECTS_SHOWN).map((subject) =>
        subject === url.get('dossier') ? (
          <span key={subject} className="admin-id">
            {subject}{' '}
          </span>
        ) : (
          <button
            key={subject}
            type="button"
            className="link admin-id"
            onClick={() => setUrl({ dossier: subject })}
          >
            {subject}
          </button>
        ),
      )}
      {subjects.length > SUBJECTS_SHOWN && (
        <span className="quiet"> et {counted(subjects.length - SUBJECTS_SHOWN, 'autre', 'autres')}</span>
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly TrailEntry[] }) {
  return (
    <table className="plain-table admin-table admin-trail">
      <caption className="visually-hidden">Lignes de la trace, la plus récente d’abord</caption>
      <thead>
        <tr>
          <th scope="col">Quand</th>
          <th scope="col">Qui</th>
          <th scope="col">A fait quoi, pour quoi</th>
          <th scope="col">Sur qui, sur quoi</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((one) => (
          <tr key={one.entryId}>
            <th scope="row">
              {shortDate(one.at)}
              <span className="row-sub">{hour(one.at)}</span>
            </th>
            <td data-label="Qui">{actorWords(one.actor, one.displayName)}</td>
            <td data-label="Acte">
              {capital(actionWords(one.action))}
              {one.purpose !== '' && <span className="row-sub">pour {purposeWords(one.purpose)}</span>}
            </td>
            <td data-label="Sur">
              <Subjects subjects={one.subjects} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Results() {
  const [url] = useUrlState();
  const asked = askedOf(url);
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: ['trail', asked],
      queryFn: ({ signal, pageParam }) =>
        call('auditSearch', { query: { ...asked, after: pageParam } }, signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      enabled: asked !== undefined,
      // A look is written down: none is made without being asked.
      staleTime: Number.POSITIVE_INFINITY,
    });
  if (asked === undefined)
    return (
      <Empty title="Que cherchez-vous ?">
        <p>
          Un jour, un acte, une personne ou un dossier. Chaque recherche est elle-même écrite dans la trace.
        </p>
      </Empty>
    );
  if (error !== null) return <Failed error={error} what="la trace" onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton lines={8} />;
  const entries = data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <Empty title="Rien de tel dans la trace." />;
  return (
    <>
      <p role="status">
        {counted(entries.length, 'ligne', 'lignes')}
        {hasNextPage && ', il y en a d’autres'}.
      </p>
      <Entries entries={entries} />
      <Older hasMore={hasNextPage} busy={isFetchingNextPage} onMore={fetchNextPage} label="Voir la suite" />
    </>
  );
}

function State() {
  const { data } = useQuery({
    queryKey: ['trail-state'],
    queryFn: ({ signal }) => call('trailState', {}, signal),
  });
  if (!data) return <p className="lead">Qui a vu quoi, quand, pour quoi.</p>;
  const { entries, sealed, seals, verified } = data;
  return (
    <>
      <p className="lead">
        {number(entries)} lignes, que personne ne peut réécrire sans que cela se voie.{' '}
        {verified === null
          ? 'La vérification de la nuit n’est pas encore passée.'
          : verified.sound && `Vérifiée ${since(verified.at, today())} : intacte.`}{' '}
        {sealed === null
          ? 'Aucun sceau : « raccroche audit seal » en pose un par jour.'
          : `Dernier sceau ${since(sealed.day, today())} (${counted(seals, 'sceau', 'sceaux')}, clé ${sealed.keyId}).`}
      </p>
      {verified?.sound === false && (
        <p className="warning" role="alert">
          La vérification du {shortDate(verified.at)} a échoué ({verified.code ?? 'sans code'}). « raccroche
          audit verify » dit où : prévenez qui répond de la sécurité.
        </p>
      )}
    </>
  );
}

/** Administration, trace: who saw what, by case, person, day and kind; and whether the trail is whole. */
export default function TrailPage() {
  return (
    <>
      <h1>Trace</h1>
      <State />
      <TrailFilters />
      <Results />
    </>
  );
}
