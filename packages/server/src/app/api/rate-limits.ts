import { createHash } from 'node:crypto';
import { RaccrocheError } from '../../kernel/errors.ts';

/** Too much asked too fast. `retryAfter`: whole seconds after which it is worth trying again. */
export class TooManyRequests extends RaccrocheError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(
      'too_many_requests',
      `Trop de demandes en peu de temps. Recommencez dans ${retryAfter} s ; si vous n’y êtes pour rien, prévenez qui exploite le service.`,
    );
    this.retryAfter = retryAfter;
  }
}

const MINUTE_MS = 60_000;
/** Keys kept at most: beyond, those whose time is over are forgotten, then everybody. */
const KEYS_MAX = 100_000;

/**
 * A bucket a key, of `perMinute` requests, that fills again evenly. Source: generic cell rate algorithm (ITU-T I.371), which
 * keeps one instant a key.
 */
export class Limiter {
  private readonly interval: number;
  private readonly full = new Map<string, number>();

  constructor(perMinute: number) {
    this.interval = MINUTE_MS / perMinute;
  }

  /** Takes one request at `now` (ms); gives 0, or the milliseconds to wait. A refused request takes nothing. */
  take(key: string, now: number): number {
    const wait = this.look(key, now);
    if (wait > 0) return wait;
    if (this.full.size >= KEYS_MAX) this.forget(now);
    this.full.set(key, this.fullUntil(key, now) + this.interval);
    return 0;
  }

  /** What `take` would give, and takes nothing. */
  look(key: string, now: number): number {
    const wait = this.fullUntil(key, now) + this.interval - now - MINUTE_MS;
    // Sums of intervals are not exact: less than a microsecond is nothing.
    return wait > 1e-3 ? wait : 0;
  }

  private fullUntil(key: string, now: number): number {
    return Math.max(this.full.get(key) ?? now, now);
  }

  /** True when this key asked something lately. */
  knows(key: string): boolean {
    return this.full.has(key);
  }

  private forget(now: number): void {
    for (const [key, until] of this.full) if (until <= now) this.full.delete(key);
    if (this.full.size >= KEYS_MAX) this.full.clear();
  }
}

export interface RateLimits {
  /**
   * Counts a request before anything is done for it. `kind`: `sign_in` for an attempt to enter, else `other`.
   * Throws TooManyRequests.
   */
  admit(request: {
    readonly kind: 'sign_in' | 'other';
    readonly address: string;
    readonly token: string | undefined;
  }): void;
  /** Counts for this address a token that opened nothing. */
  refuse(address: string): void;
  /** From now on this session counts for itself and not for its address. Called once it proved to be in force. */
  recognise(token: string): void;
  /** Counts for the system of a partner, wherever it calls from: a `token` that it asks for, or a request. Throws TooManyRequests. */
  admitClient(clientId: string, kind: 'token' | 'request'): void;
}

/** Tokens a minute of one system: each lasts ten minutes. */
const TOKENS_PER_MINUTE = 20;

const tooMany = (waitMs: number) => new TooManyRequests(Math.max(1, Math.ceil(waitMs / 1000)));

const keyOf = (token: string) => createHash('sha256').update(token).digest('base64');

/**
 * Limits of this program, in memory: two programs behind one address each have their own. What comes without a
 * session, and a token that opens nothing, count for the address: guessing is slowed, and many honest people of one address are not.
 * `nowMs`: a clock that never goes back.
 */
export function createRateLimits(
  limits: { readonly session: number; readonly open: number; readonly signIn: number },
  nowMs: () => number,
): RateLimits {
  const sessions = new Limiter(limits.session);
  const open = new Limiter(limits.open);
  const signIns = new Limiter(limits.signIn);
  const clients = { token: new Limiter(TOKENS_PER_MINUTE), request: new Limiter(limits.session) };
  return {
    admitClient(clientId, kind) {
      const wait = clients[kind].take(clientId, nowMs());
      if (wait > 0) throw tooMany(wait);
    },
    admit({ kind, address, token }) {
      const now = nowMs();
      const session = token === undefined ? undefined : keyOf(token);
      const wait =
        kind === 'sign_in'
          ? signIns.take(address, now)
          : session !== undefined && sessions.knows(session)
            ? sessions.take(session, now)
            : session === undefined
              ? open.take(address, now)
              : open.look(address, now);
      if (wait > 0) throw tooMany(wait);
    },
    refuse(address) {
      open.take(address, nowMs());
    },
    recognise(token) {
      const key = keyOf(token);
      if (!sessions.knows(key)) sessions.take(key, nowMs());
    },
  };
}
