import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { useMe } from '../client/session.ts';
import { part } from '../frame/missing-parts.tsx';
import { usePlatform } from '../frame/platform.ts';

/** Name of whoever receives, for the reader. */
export function useReceiver(personId: string | null): string {
  const { data: me } = useMe();
  const platform = usePlatform()?.platformId ?? '';
  const { data } = useQuery({
    queryKey: ['colleagues', platform],
    queryFn: ({ signal }) => call('colleagues', { query: { platform } }, signal),
    enabled: platform !== '',
    meta: part('les collègues'),
  });
  if (personId === null) return 'personne encore';
  if (personId === me?.personId) return 'vous';
  return data?.colleagues.find((one) => one.personId === personId)?.displayName ?? 'quelqu’un d’autre';
}
