import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { hasCode } from '../client/problem.ts';

/** `meta` of a query that shows nothing while it has nothing: that it failed is told here, under the name of its part. */
export const part = (name: string) => ({ part: name });

const failed = (client: QueryClient) =>
  client.getQueryCache().findAll({
    type: 'active',
    predicate: ({ meta, state: { status, data, error } }) =>
      typeof meta?.part === 'string' &&
      status === 'error' &&
      data === undefined &&
      // Not theirs to read: nothing is missing.
      !hasCode(error, 'not_allowed') &&
      !hasCode(error, 'not_found'),
  });

/** Says which parts of a page could not be read: what is shown is true, and not all there is. */
export function MissingParts() {
  const client = useQueryClient();
  const names = useSyncExternalStore(
    (listener) => client.getQueryCache().subscribe(listener),
    () => [...new Set(failed(client).map(({ meta }) => meta?.part as string))].sort().join(', '),
  );
  if (names === '') return null;
  return (
    <div className="warning missing-parts" role="alert">
      <p>
        <strong>Cette page n’est pas complète.</strong> N’ont pas pu être lus : {names}. Ce que vous aviez
        enregistré l’est toujours.
      </p>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => {
          for (const query of failed(client))
            void client.refetchQueries({ queryKey: query.queryKey, exact: true });
        }}
      >
        Réessayer
      </button>
    </div>
  );
}
