import { systemClock } from '../../../kernel/clock.ts';
import { csrfTokenOf } from '../../api/session-cookie.ts';

/** Somebody at work, with the platform that they work for. */
export interface LoadUser {
  readonly platformId: string;
  /** Of their session. */
  readonly token: string;
}

export interface CallersOptions {
  /** Where the server is at present. */
  address(): string;
  /** Time to think between two requests, in the mean. */
  readonly thinkMs: number;
  /** Time to wait before asking again a server that did not answer. */
  readonly retryMs: number;
  /** What is asked of the worklist, besides the platform: `&sort=…`; one drawn each time. */
  readonly queries: readonly string[];
  /** Also reads the row by its key, to hold the others against. */
  readonly reference?: boolean;
  /** Hears how long each answer took. */
  answered?(route: string, ms: number): void;
  /** Hears of an answer that is neither good nor a conflict. */
  refused?(route: string, status: number, body: unknown): void;
}

/** Callers at work until they are stopped. */
export interface Callers {
  /** Attempts by case: acknowledged, and sent but never answered. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly unanswered: ReadonlyMap<string, number>;
  /** `conflicts`: told to who came second; `cut`: requests without an answer. */
  readonly counts: { readonly errors: number; readonly conflicts: number; readonly cut: number };
  /** Everybody ends what they are doing. */
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The same draws in every run. Source: mulberry32. */
function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Of these attempts, all together. */
export const totalOf = (attempts: ReadonlyMap<string, number>) =>
  [...attempts.values()].reduce((sum, one) => sum + one, 0);

/** One request, timed from its first byte to the last of the answer. Undefined when the server died under it. */
async function ask(
  { options, counts }: Pick<Work, 'options' | 'counts'>,
  user: LoadUser,
  route: string,
  path: string,
  body?: object,
): Promise<Answer | undefined> {
  const start = systemClock.elapsedMs();
  let answer: Answer;
  try {
    const response = await globalThis.fetch(options.address() + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie: `__Host-raccroche=${user.token}`,
        ...(body ? { 'content-type': 'application/json', 'x-csrf-token': csrfTokenOf(user.token) } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch {
    counts.cut += 1;
    await pause(options.retryMs);
    return undefined;
  }
  options.answered?.(route, systemClock.elapsedMs() - start);
  if (answer.status === 409) counts.conflicts += 1;
  else if (answer.status !== 200) {
    counts.errors += 1;
    options.refused?.(route, answer.status, answer.body);
  }
  return answer;
}

/** What all callers have in common. */
interface Work {
  readonly options: CallersOptions;
  readonly counts: { errors: number; conflicts: number; cut: number };
  readonly acknowledged: Map<string, number>;
  readonly unanswered: Map<string, number>;
  over: boolean;
}

/** A caseworker, from their worklist to an attempt on a case, again and again. */
async function workAs(user: LoadUser, work: Work, draw: () => number): Promise<void> {
  const { queries, reference, thinkMs } = work.options;
  const add = (to: Map<string, number>, key: string) => to.set(key, (to.get(key) ?? 0) + 1);
  const think = () => pause(-Math.log(1 - draw()) * thinkMs);
  await think();
  while (!work.over) {
    const query = queries[Math.floor(draw() * queries.length)] ?? '';
    const list = await ask(work, user, 'worklist', `/api/cases?platform=${user.platformId}${query}`);
    await think();
    if (reference) await ask(work, user, 'one row by key', `/bench/one-row/${user.platformId}`);
    const cases = (list?.body.cases ?? []) as { caseId: string }[];
    const chosen = cases[Math.floor(draw() * cases.length)];
    if (!chosen || work.over) continue;
    const detail = await ask(work, user, 'case', `/api/cases/${chosen.caseId}`);
    await think();
    if (detail?.status !== 200 || work.over) continue;
    const attempt = { version: detail.body.version, channel: 'phone', outcome: 'no_answer' };
    const told = await ask(work, user, 'attempt', `/api/cases/${chosen.caseId}/attempts`, attempt);
    if (told === undefined) add(work.unanswered, chosen.caseId);
    else if (told.status === 200) add(work.acknowledged, chosen.caseId);
    await think();
  }
}

/** Caseworkers at work, all at once. */
export function startCallers(users: readonly LoadUser[], options: CallersOptions): Callers {
  const work: Work = {
    options,
    counts: { errors: 0, conflicts: 0, cut: 0 },
    acknowledged: new Map(),
    unanswered: new Map(),
    over: false,
  };
  const working = users.map((user, caller) => workAs(user, work, drawFrom(caller)));
  return {
    acknowledged: work.acknowledged,
    unanswered: work.unanswered,
    counts: work.counts,
    async stop() {
      work.over = true;
      await Promise.all(working);
    },
  };
}
