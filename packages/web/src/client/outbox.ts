import type { RouteName } from '@raccroche/contract';
import { useSyncExternalStore } from 'react';
import { callPlain, type PlainInput } from './call.ts';
import { ApiProblem, hasCode, Unreachable } from './problem.ts';

/** Something that was done while the network was cut: codes and ids, never a name. */
interface Kept {
  readonly personId: string;
  readonly name: RouteName;
  readonly input: PlainInput;
  /** What it was, for the notice once it has left. */
  readonly label: string;
}

interface OutboxState {
  readonly kept: readonly Kept[];
  /** The last request found nobody. */
  readonly cut: boolean;
}

const STORAGE_KEY = 'raccroche.outbox';
const AGAIN_MS = 3_000;

let state: OutboxState = { kept: readKept(), cut: false };
let flushing = false;
const listeners = new Set<() => void>();

function readKept(): readonly Kept[] {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]') as readonly Kept[];
  } catch {
    return [];
  }
}

function change(next: OutboxState): void {
  state = next;
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next.kept));
  for (const listener of listeners) listener();
}

/** Says whether the last request found the server. */
export function noteReached(reached: boolean): void {
  if (state.cut === !reached) return;
  change({ ...state, cut: !reached });
}

/** Keeps a change that could not leave; `startOutbox` sends it when the network is back. */
export function keep(one: Kept): void {
  change({ kept: [...state.kept, one], cut: true });
}

interface Sent {
  readonly label: string;
  readonly problem?: ApiProblem;
}

async function flush(personId: string, onSent: (sent: Sent) => void): Promise<void> {
  if (flushing) return;
  flushing = true;
  try {
    if (state.kept.length === 0) await callPlain('health', {});
    for (const one of state.kept.filter((kept) => kept.personId === personId)) {
      const problem = await callPlain(one.name, one.input).then(
        () => undefined,
        (error: unknown) => {
          // Not gone: the network is still cut, or one must sign in again first.
          if (!(error instanceof ApiProblem) || hasCode(error, 'not_signed_in')) throw error;
          return error;
        },
      );
      change({ ...state, kept: state.kept.filter((kept) => kept !== one) });
      onSent({ label: one.label, ...(problem === undefined ? {} : { problem }) });
    }
    noteReached(true);
  } catch (error) {
    if (error instanceof Unreachable) noteReached(false);
  } finally {
    flushing = false;
  }
}

/** From now on sends what `personId` left behind as soon as the network is back. Returns what stops it. */
export function startOutbox(personId: string, onSent: (sent: Sent) => void): () => void {
  const go = () => {
    if (state.cut || state.kept.length > 0) void flush(personId, onSent);
  };
  go();
  const timer = setInterval(go, AGAIN_MS);
  window.addEventListener('online', go);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', go);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useOutbox = (): OutboxState => useSyncExternalStore(subscribe, () => state);
