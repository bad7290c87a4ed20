import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from './call.ts';
import { instantAfter, isPast, msUntil } from './clock.ts';
import { hasCode } from './problem.ts';
import { ME_KEY, type Me, readMe } from './session.ts';

const MINUTE_MS = 60_000;
/** Time left at which a session in use is renewed: a browser slows down the timers of what it hides, and a machine sleeps. */
const EARLY_MS = 45 * MINUTE_MS;
/** The provider is not asked more often, whatever it answers. */
const AGAIN_MS = 5 * MINUTE_MS;
/** One page at a time of all those that hold this session. */
const LOCK = 'raccroche.session';
const SIGNS_OF_USE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

const isEnding = (me: Me | null | undefined): me is Me =>
  me?.signIn.kind === 'provider' && msUntil(me.signIn.expiresAt) < EARLY_MS;

/** The end of the session, renewed when no other page has just done it. Gives who is signed in, null for nobody. */
async function renew(): Promise<Me | null> {
  const me = await readMe();
  if (!isEnding(me)) return me;
  const { expiresAt } = await call('renewSession', {});
  return { ...me, signIn: { ...me.signIn, expiresAt } };
}

/**
 * Renews the session before its end while the page is used; one that nobody uses ends. Says nothing where nothing can be renewed.
 * Returns what stops it.
 */
function startRenewal(read: () => Me | null | undefined, show: (me: Me | null) => void): () => void {
  let used = true;
  /** Not before; null: never. */
  let next: string | null = instantAfter(0);
  const look = () => {
    if (!used || next === null || !isPast(next) || !isEnding(read())) return;
    next = instantAfter(AGAIN_MS);
    navigator.locks.request(LOCK, renew).then(
      (me) => {
        used = false;
        show(me);
      },
      (error: unknown) => {
        // For this session never; what the network or the provider did not answer is asked again.
        if (hasCode(error, 'not_possible')) next = null;
        if (hasCode(error, 'not_signed_in')) show(null);
      },
    );
  };
  const note = () => {
    used = true;
  };
  look();
  const timer = setInterval(look, MINUTE_MS);
  document.addEventListener('visibilitychange', look);
  for (const sign of SIGNS_OF_USE) window.addEventListener(sign, note, { passive: true });
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    for (const sign of SIGNS_OF_USE) window.removeEventListener(sign, note);
  };
}

/** For as long as somebody is signed in. */
export function useRenewal(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      startRenewal(
        () => client.getQueryData<Me | null>(ME_KEY),
        (me) => client.setQueryData(ME_KEY, me),
      ),
    [client],
  );
}
