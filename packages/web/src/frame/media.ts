import { useSyncExternalStore } from 'react';

/** Narrower than a table can be read. Same width as in the style sheets. */
const NARROW = '(max-width: 767px)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

export const useIsNarrow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
