import type { Me } from '../client/session.ts';
import { useMe } from '../client/session.ts';
import { useUrlState } from './url-state.ts';

export type Platform = Me['platforms'][number];

/** The platform whose people are shown: the one of the address, else the first. */
export function usePlatform(): Platform | undefined {
  const { data: me } = useMe();
  const [url] = useUrlState();
  const asked = url.get('plateforme');
  return me?.platforms.find(({ platformId }) => platformId === asked) ?? me?.platforms[0];
}
