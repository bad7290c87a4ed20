import type { NetworkPlatform, ZoneCommune } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { shortDate } from '../words/dates.ts';
import { counted } from '../words/texts.ts';
import { ZoneEditor } from './zone-editor.tsx';

type Names = ReadonlyMap<string, string>;

/** Communes that came or left on the same day. */
interface Step {
  readonly day: string;
  readonly came: readonly string[];
  readonly left: readonly string[];
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The days on which the zone changed or will, the latest first. A commune that leaves and comes back on one day did not move. */
function stepsOf(communes: readonly ZoneCommune[]): readonly Step[] {
  const days = new Map<string, { came: string[]; left: string[] }>();
  const on = (day: string) => {
    const step = days.get(day) ?? { came: [], left: [] };
    days.set(day, step);
    return step;
  };
  for (const { commune, validFrom, validTo } of communes) {
    on(validFrom).came.push(commune);
    if (validTo !== null) on(dayAfter(validTo)).left.push(commune);
  }
  return [...days]
    .map(([day, { came, left }]) => ({
      day,
      came: came.filter((one) => !left.includes(one)),
      left: left.filter((one) => !came.includes(one)),
    }))
    .filter(({ came, left }) => came.length + left.length > 0)
    .sort((one, other) => (one.day < other.day ? 1 : -1));
}

const listed = (codes: readonly string[], names: Names) =>
  codes.map((code) => names.get(code) ?? code).join(', ');

function History({ communes, names }: { readonly communes: readonly ZoneCommune[]; readonly names: Names }) {
  const steps = stepsOf(communes);
  if (steps.length === 0) return null;
  return (
    <details className="admin-details">
      <summary>Ce qui a changé et changera</summary>
      <ol>
        {steps.map(({ day, came, left }) => (
          <li key={day}>
            <p>
              <strong>{shortDate(day)}</strong>
              {day > today() && <span className="tag">à venir</span>}{' '}
              {came.length > 0 && counted(came.length, 'commune arrive', 'communes arrivent')}
              {came.length > 0 && left.length > 0 && ', '}
              {left.length > 0 && counted(left.length, 'commune part', 'communes partent')}
            </p>
            {came.length > 0 && <p className="quiet">Arrivent : {listed(came, names)}</p>}
            {left.length > 0 && <p className="quiet">Partent : {listed(left, names)}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Communes({ communes, names }: { readonly communes: readonly ZoneCommune[]; readonly names: Names }) {
  const here = communes
    .filter(({ validFrom, validTo }) => validFrom <= today() && (validTo === null || validTo >= today()))
    .map(({ commune }) => commune);
  return (
    <>
      <p>
        <strong>{counted(here.length, 'commune', 'communes')} aujourd’hui</strong>
        {here.length > 0 && ` : ${listed(here.slice(0, 12), names)}`}
        {here.length > 12 && '…'}
      </p>
      {here.length > 12 && (
        <details className="admin-details">
          <summary>Toutes les communes</summary>
          <p>{listed(here, names)}</p>
        </details>
      )}
      <History communes={communes} names={names} />
    </>
  );
}

/** The communes of a platform, their dates, and how to change them. */
export function Zone({
  platform,
  mayWrite,
}: {
  readonly platform: NetworkPlatform;
  readonly mayWrite: boolean;
}) {
  const [url, setUrl] = useUrlState();
  const { platformId, department } = platform;
  const zone = useQuery({
    queryKey: ['zone', platformId],
    queryFn: ({ signal }) => call('zone', { params: { platformId } }, signal),
  });
  const places = useQuery({
    queryKey: ['communes', department],
    queryFn: ({ signal }) => call('departmentCommunes', { params: { department } }, signal),
  });
  const error = zone.error ?? places.error;
  const names: Names = new Map(places.data?.communes.map(({ commune, name }) => [commune, name]));
  const editing = mayWrite && url.get('faire') === 'zone';
  return (
    <section className="stack">
      <h2>Zone</h2>
      {(zone.isPending || places.isPending) && error === null && <Skeleton lines={3} />}
      {error !== null && (
        <Failed
          error={error}
          what="la zone"
          onRetry={() => void Promise.all([zone.refetch(), places.refetch()])}
        />
      )}
      {zone.data && places.data && (
        <>
          <Communes communes={zone.data.communes} names={names} />
          {mayWrite && !editing && (
            <p className="actions">
              <button
                type="button"
                className="button"
                onClick={() => setUrl({ faire: 'zone', acte: undefined })}
              >
                Changer la zone
              </button>
            </p>
          )}
          {editing && (
            <ZoneEditor
              platformId={platformId}
              platforms={places.data.platforms}
              communes={places.data.communes}
              onDone={() => setUrl({ faire: undefined })}
            />
          )}
        </>
      )}
    </section>
  );
}
