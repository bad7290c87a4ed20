import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { minutesSince } from '../client/clock.ts';

/** Younger than that, what is shown is of now. */
const FRESH_MINUTES = 2;
const LOOK_MS = 15_000;

/** When the oldest of what is on screen was read; undefined: nothing was. */
function readAt(client: QueryClient, of: string): number | undefined {
  const instants = client
    .getQueryCache()
    .findAll({ queryKey: [of], type: 'active' })
    .flatMap(({ state: { dataUpdatedAt } }) => (dataUpdatedAt > 0 ? [dataUpdatedAt] : []));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** « Mis à jour il y a 4 min », once what the queries `of` this name show is no longer of now; with the way to read it again. */
export function Updated({ of }: { readonly of: string }) {
  const client = useQueryClient();
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const look = () => {
      const at = readAt(client, of);
      setMinutes(at === undefined ? 0 : minutesSince(at));
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [client, of]);
  if (minutes < FRESH_MINUTES) return null;
  const again = async () => {
    await client.invalidateQueries({ queryKey: [of] });
    const at = readAt(client, of);
    setMinutes(at === undefined ? 0 : minutesSince(at));
  };
  return (
    <p className="updated quiet">
      Mis à jour il y a {minutes}
      {'\u00A0'}min.{' '}
      <button type="button" className="link" onClick={() => void again()}>
        Actualiser
      </button>
    </p>
  );
}
