import PgBoss from 'pg-boss';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Transaction } from './database.ts';

/** Schema of the queue's own tables, which pg-boss makes and mends. They hold no personal data and are in no backup. */
const SCHEMA = 'pgboss';

/** A kind of job. Doing one twice must be as doing it once: a job that was cut short is done again. */
export interface JobKind {
  readonly name: string;
  /** When it comes by itself: five fields of cron, Paris time. */
  readonly cron?: string;
  /** Minutes after which it counts as cut short. */
  readonly minutes: number;
  run(payload: Readonly<Record<string, unknown>>): Promise<void>;
}

/** How a job ended. `code`: of an error, never its message, which may quote data. */
export interface JobEnd {
  readonly job: string;
  readonly outcome: 'done' | 'failed';
  readonly ms: number;
  readonly code?: string;
}

export interface JobQueue {
  /** Hands a job over, within a transaction of the owner. A `notBefore` of the payload, an ISO instant, puts it off until then. */
  send(transaction: Transaction, job: string, payload: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes no new job, and waits for those under way, a minute at most. */
  close(): Promise<void>;
}

const RETRIES = 3;
const STOP_MS = 60_000;
const SEVERAL = /;\s*\S/;

/** What pg-boss asks for: one statement gives rows; several open and end a transaction of their own, inside of ours. */
async function execute(transaction: Transaction, text: string, values?: readonly unknown[]) {
  if ((values ?? []).length === 0 && SEVERAL.test(text)) {
    await transaction.script(text);
    return { rows: [] };
  }
  const { rows } = await transaction.query(text, values);
  return { rows };
}

/**
 * Opens the queue of a base, makes its tables, and does the jobs of `kinds` one at a time a kind. `ended` hears of each.
 * `pollSeconds`: how often it looks for work.
 */
export async function openJobQueue(
  database: Database,
  kinds: readonly JobKind[],
  given: { ended: (end: JobEnd) => void; pollSeconds: number; clock: Clock },
): Promise<JobQueue> {
  const { ended, pollSeconds } = given;
  const pending = new Set<Promise<unknown>>();
  const boss = new PgBoss({
    schema: SCHEMA,
    db: {
      executeSql(text: string, values: unknown[]) {
        const asked = database.transaction({}, (transaction) => execute(transaction, text, values));
        const settled = asked.catch(() => {}).finally(() => pending.delete(settled));
        pending.add(settled);
        return asked;
      },
    },
    pollingIntervalSeconds: pollSeconds,
    retryLimit: RETRIES,
    retryDelay: 30,
    retryBackoff: true,
    deleteAfterDays: 14,
  });
  boss.on('error', (error) => ended({ job: 'queue', outcome: 'failed', ms: 0, code: codeOf(error) }));
  await boss.start();
  for (const kind of kinds) {
    // A queue that is there is left as it is; `singleton`: one of a kind at a time.
    await boss.createQueue(kind.name, {
      name: kind.name,
      policy: 'singleton',
      expireInMinutes: kind.minutes,
    });
    if (kind.cron !== undefined) await boss.schedule(kind.name, kind.cron, {}, { tz: 'Europe/Paris' });
    await boss.work(kind.name, { pollingIntervalSeconds: pollSeconds }, async ([job]) => {
      await perform(kind, (job?.data ?? {}) as Readonly<Record<string, unknown>>, given);
    });
  }
  return {
    async send(transaction, job, payload) {
      await boss.send(job, payload, {
        ...(typeof payload.notBefore === 'string' ? { startAfter: payload.notBefore } : {}),
        db: { executeSql: (text: string, values: unknown[]) => execute(transaction, text, values) },
      });
    },
    async close() {
      await boss.stop({ graceful: true, timeout: STOP_MS });
      await Promise.all(pending);
    },
  };
}

async function perform(
  kind: JobKind,
  payload: Readonly<Record<string, unknown>>,
  { ended, clock }: { ended: (end: JobEnd) => void; clock: Clock },
): Promise<void> {
  const start = clock.elapsedMs();
  const end = (outcome: JobEnd['outcome'], code?: string) =>
    ended({
      job: kind.name,
      outcome,
      ms: Math.round(clock.elapsedMs() - start),
      ...(code === undefined ? {} : { code }),
    });
  try {
    await kind.run(payload);
  } catch (error) {
    end('failed', codeOf(error));
    // What the queue keeps of an error is its message.
    const kept = new Error(codeOf(error));
    kept.stack = '';
    throw kept;
  }
  end('done');
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
