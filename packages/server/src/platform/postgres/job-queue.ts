import PgBoss from 'pg-boss';
import type { Clock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Database, Transaction, TransactionOptions } from './database.ts';
import { ownsBase } from './ownership.ts';

/** Schema of the queue's own tables, which pg-boss makes and mends for the owner. They hold no personal data and are in no backup. */
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
  /** Hands a job over, within a transaction of the worker or the owner. A `notBefore` of the payload, an ISO instant, puts it off until then. */
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

/** The worker's rights of the queue: what doing jobs, telling how they ended and putting old ones away needs, and no table of its own. */
const RIGHTS = `
  GRANT USAGE ON SCHEMA ${SCHEMA} TO raccroche_worker;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${SCHEMA}.job TO raccroche_worker;
  GRANT SELECT, INSERT, DELETE ON ${SCHEMA}.archive TO raccroche_worker;
  GRANT SELECT, INSERT, UPDATE ON ${SCHEMA}.schedule TO raccroche_worker;
  GRANT SELECT ON ${SCHEMA}.queue TO raccroche_worker;
  GRANT SELECT, UPDATE (maintained_on, monitored_on, cron_on) ON ${SCHEMA}.version TO raccroche_worker`;
const RIGHTS_LOCK = 7_271_641;
/** The queue through which pg-boss itself hands out what the calendar brings. */
const OWN_QUEUE = '__pgboss__send-it';

function connect(database: Database, options: TransactionOptions, pending: Set<Promise<unknown>>) {
  return {
    executeSql(text: string, values: unknown[]) {
      const asked = database.transaction(options, (transaction) => execute(transaction, text, values));
      const settled = asked.catch(() => {}).finally(() => pending.delete(settled));
      pending.add(settled);
      return asked;
    },
  };
}

/** Makes the queue's tables, one queue a kind, and what `raccroche_worker` may of them. Owner only; doing it again changes nothing. */
export async function makeJobQueue(
  database: Database,
  kinds: readonly Pick<JobKind, 'name' | 'minutes'>[],
): Promise<void> {
  const db = connect(database, {}, new Set());
  const boss = new PgBoss({ schema: SCHEMA, db, supervise: false, schedule: false });
  await boss.start();
  // A queue that is there is left as it is; `singleton`: one of a kind at a time.
  for (const { name, minutes } of kinds)
    await boss.createQueue(name, { name, policy: 'singleton', expireInMinutes: minutes });
  await boss.createQueue(OWN_QUEUE);
  await boss.stop({ graceful: false });
  await database.transaction({}, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [RIGHTS_LOCK]);
    await transaction.script(RIGHTS);
  });
}

/** Throws a RaccrocheError `queue_not_ready` where the owner did not make the queue of these kinds. */
async function requireJobQueue(database: Database, kinds: readonly JobKind[]): Promise<void> {
  const isReady = await database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
    const { rows } = await transaction.query<{ open: boolean }>(
      "SELECT has_schema_privilege(oid, 'USAGE') AS open FROM pg_namespace WHERE nspname = $1",
      [SCHEMA],
    );
    if (!rows[0]?.open) return false;
    const queues = await transaction.query<{ name: string }>(`SELECT name FROM ${SCHEMA}.queue`);
    const there = new Set(queues.rows.map(({ name }) => name));
    return [...kinds.map(({ name }) => name), OWN_QUEUE].every((name) => there.has(name));
  });
  if (!isReady)
    throw new RaccrocheError(
      'queue_not_ready',
      'La file des travaux n’est pas prête pour cette version du programme. Avec le compte qui possède la base, lancez « raccroche db migrate ».',
      EXIT_CODES.usage,
    );
}

/**
 * Opens the queue of a base and does the jobs of `kinds` one at a time a kind, as `raccroche_worker`. `ended` hears of each.
 * `pollSeconds`: how often it looks for work. Its tables are made first under the login that owns the base; under another they must
 * be there. Throws a RaccrocheError `queue_not_ready`.
 */
export async function openJobQueue(
  database: Database,
  kinds: readonly JobKind[],
  given: { ended: (end: JobEnd) => void; pollSeconds: number; clock: Clock },
): Promise<JobQueue> {
  const { ended, pollSeconds } = given;
  if (await ownsBase(database)) await makeJobQueue(database, kinds);
  else await requireJobQueue(database, kinds);
  const pending = new Set<Promise<unknown>>();
  const boss = new PgBoss({
    schema: SCHEMA,
    db: connect(database, { role: 'raccroche_worker' }, pending),
    migrate: false,
    pollingIntervalSeconds: pollSeconds,
    retryLimit: RETRIES,
    retryDelay: 30,
    retryBackoff: true,
    deleteAfterDays: 14,
  });
  boss.on('error', (error) => ended({ job: 'queue', outcome: 'failed', ms: 0, code: codeOf(error) }));
  await boss.start();
  for (const kind of kinds) {
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
