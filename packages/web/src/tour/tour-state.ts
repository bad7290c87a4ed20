import { useSyncExternalStore } from 'react';

const STORAGE_KEY = 'raccroche.visite';
const CLOSED = 'faite';

/** `offered`: not yet taken; `open`: under way; `closed`: for ever, unless it is asked for again. */
type Standing = 'offered' | 'open' | 'closed';

let standing: Standing = localStorage.getItem(STORAGE_KEY) === CLOSED ? 'closed' : 'offered';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setTour(next: Exclude<Standing, 'offered'>): void {
  standing = next;
  // Kept by this browser alone: once begun, it is not offered again.
  localStorage.setItem(STORAGE_KEY, CLOSED);
  for (const listener of listeners) listener();
}

export const useTour = (): Standing => useSyncExternalStore(subscribe, () => standing);
