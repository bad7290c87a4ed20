import type { NetworkPlatform } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { daysBetween, shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';

/** Long enough for the région to sign another act. */
const WARNED_DAYS = 90;

/** What is wrong or soon will be with the designations of a platform; undefined when nothing is. */
function designationWarning({ designations }: NetworkPlatform, now: string): string | undefined {
  if (designations.length === 0) return 'Aucune structure désignée : personne n’y reçoit la liste';
  const ending = designations.filter(
    ({ validTo }) => validTo !== null && daysBetween(now, validTo) <= WARNED_DAYS,
  );
  const [first] = ending;
  if (!first?.validTo) return undefined;
  const others = ending.length > 1 ? ` (et ${ending.length - 1} de plus)` : '';
  return `${first.organisation} : désignation finie le ${shortDate(first.validTo)}${others}`;
}

function PlatformTable({ platforms }: { readonly platforms: readonly NetworkPlatform[] }) {
  return (
    <table className="plain-table admin-table">
      <caption className="visually-hidden">Plateformes</caption>
      <thead>
        <tr>
          <th scope="col">Plateforme</th>
          <th scope="col">Communes</th>
          <th scope="col">Membres</th>
          <th scope="col">Désignations</th>
        </tr>
      </thead>
      <tbody>
        {platforms.map((one) => {
          const warning = designationWarning(one, today());
          return (
            <tr key={one.platformId}>
              <th scope="row">
                <Link href={`/reseau/plateformes/${one.platformId}`} className="row-link">
                  {one.name}
                </Link>
                <span className="row-sub">
                  {one.departmentName} ({one.department})
                </span>
              </th>
              <td data-label="Communes">{one.communes}</td>
              <td data-label="Membres">{one.members}</td>
              <td data-label="Désignations">
                {warning === undefined ? (
                  counted(one.designations.length, 'structure désignée', 'structures désignées')
                ) : (
                  <span className="duty-late">{warning}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Summary({ platforms }: { readonly platforms: readonly NetworkPlatform[] }) {
  const warned = platforms.filter((one) => designationWarning(one, today()) !== undefined).length;
  const empty = platforms.filter(({ communes }) => communes === 0).length;
  return (
    <p role="status">
      {counted(platforms.length, 'plateforme', 'plateformes')}.{' '}
      {warned > 0 && (
        <strong>
          {counted(warned, 'plateforme a une désignation', 'plateformes ont une désignation')} à renouveler.{' '}
        </strong>
      )}
      {empty > 0 && `${counted(empty, 'n’a aucune commune', 'n’ont aucune commune')}.`}
    </p>
  );
}

/** Réseau, plateformes: those of one's territory, what they have and what designates them. */
export default function PlatformsPage() {
  const [url, setUrl] = useUrlState();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['network'],
    queryFn: ({ signal }) => call('network', {}, signal),
  });
  const all = data?.platforms ?? [];
  const departments = [...new Map(all.map((one) => [one.department, one.departmentName]))];
  const asked = url.get('departement');
  const shown = asked === null ? all : all.filter(({ department }) => department === asked);
  return (
    <>
      <h1>Plateformes et zones</h1>
      <p className="lead">
        Une structure n’a de dossiers que si la région l’a désignée ; un jeune est suivi par la plateforme qui
        a sa commune.
      </p>
      {isPending && <Skeleton lines={5} />}
      {error !== null && <Failed error={error} what="les plateformes" onRetry={() => void refetch()} />}
      {data && all.length === 0 && <Empty title="Aucune plateforme sur votre territoire." />}
      {all.length > 0 && (
        <>
          {departments.length > 1 && (
            <label className="field admin-choose">
              <span>Département</span>
              <select
                value={asked ?? ''}
                onChange={(event) => setUrl({ departement: event.target.value }, { replace: true })}
              >
                <option value="">Tous</option>
                {departments.map(([code, name]) => (
                  <option key={code} value={code}>
                    {code} · {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Summary platforms={shown} />
          <PlatformTable platforms={shown} />
        </>
      )}
    </>
  );
}
