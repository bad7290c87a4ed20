import { useSyncExternalStore } from 'react';

export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'problem';
  readonly text: string;
  /** Takes back what the notice tells; offered for ten seconds. */
  readonly undo?: (() => Promise<void>) | undefined;
}

const SHOWN_MS = 10_000;
let notices: readonly Notice[] = [];
let made = 0;
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export function dropNotice(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

/** Tells what was done or what went wrong. Only the last one is kept: one thing to undo at a time. */
export function tell(notice: Omit<Notice, 'id'>): void {
  const id = ++made;
  change([{ ...notice, id }]);
  setTimeout(() => dropNotice(id), SHOWN_MS);
}

/** What `Ctrl+Z` takes back; undefined when nothing can be. */
export const lastUndo = (): Notice | undefined => notices.findLast(({ undo }) => undo !== undefined);

let place: HTMLElement | null = null;

/** Where notices are shown: in the drawer while one is open, since all behind it is out of reach. */
export function setNoticesPlace(element: HTMLElement | null): void {
  place = element;
  change(notices);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useNotices = (): readonly Notice[] => useSyncExternalStore(subscribe, () => notices);

export const useNoticesPlace = (): HTMLElement | null => useSyncExternalStore(subscribe, () => place);
