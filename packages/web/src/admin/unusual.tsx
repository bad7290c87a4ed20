import type { UnusualReading } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../client/call.ts';
import { Empty, Failed, Skeleton } from '../frame/states.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { Openings } from '../warnings/openings.tsx';
import { shortDate } from '../words/dates.ts';
import { counted, number } from '../words/texts.ts';

const PERIODS = { '7': '7 jours', '30': '30 jours', '90': '90 jours' } as const;

const usualWords = ({ usual, ofRole }: UnusualReading): string => {
  if (usual === null) return 'pas encore connu';
  return `${number(usual)} par jour${ofRole ? ', dans son rôle' : ''}`;
};

function DayTable({ days }: { readonly days: readonly UnusualReading[] }) {
  return (
    <table className="plain-table admin-table">
      <caption className="visually-hidden">Jours inhabituels</caption>
      <thead>
        <tr>
          <th scope="col">Qui</th>
          <th scope="col">Le</th>
          <th scope="col">Dossiers ouverts</th>
          <th scope="col">D’habitude</th>
          <th scope="col">Voir</th>
        </tr>
      </thead>
      <tbody>
        {days.map((one) => (
          <tr key={`${one.personId} ${one.day}`}>
            <th scope="row">{one.displayName}</th>
            <td data-label="Le">{shortDate(one.day)}</td>
            <td data-label="Dossiers ouverts">{number(one.opened)}</td>
            <td data-label="D’habitude">{usualWords(one)}</td>
            <td data-label="Voir">
              <Link href={`/administration?qui=${one.personId}&acte=case.read&du=${one.day}&au=${one.day}`}>
                Lesquels
                <span className="visually-hidden">
                  {' '}
                  : dossiers ouverts par {one.displayName} le {shortDate(one.day)}
                </span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Administration, jours inhabituels: days on which somebody opened far more cases than they usually do. */
export default function UnusualPage() {
  const [url, setUrl] = useUrlState();
  const asked = url.get('depuis') ?? '';
  const days = asked in PERIODS ? asked : '30';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['unusual', days],
    queryFn: ({ signal }) => call('unusualReading', { query: { days } }, signal),
  });
  return (
    <>
      <h1>Jours inhabituels</h1>
      <p className="lead">
        Trois fois plus de dossiers ouverts que d’habitude, et trente au moins : ce n’est pas une faute, c’est
        une question à poser. Qui n’a pas encore d’habitude est comparé à son rôle.
      </p>
      <label className="field admin-choose">
        <span>Depuis</span>
        <select value={days} onChange={(event) => setUrl({ depuis: event.target.value }, { replace: true })}>
          {Object.entries(PERIODS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {isPending && <Skeleton lines={4} />}
      {error !== null && <Failed error={error} what="ces jours" onRetry={() => void refetch()} />}
      {data && data.days.length === 0 && <Empty title="Aucun jour inhabituel." />}
      {data && data.days.length > 0 && (
        <>
          <p role="status">{counted(data.days.length, 'jour inhabituel', 'jours inhabituels')}.</p>
          <DayTable days={data.days} />
        </>
      )}
      <section className="stack">
        <h2>Dossiers ouverts hors territoire</h2>
        <Openings withTrail />
      </section>
    </>
  );
}
