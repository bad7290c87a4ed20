import fastify, { type FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readQueueDepth } from '../../modules/jobs/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { LogLine } from '../api/request-log.ts';

/** Seconds. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the service counts of itself. Labels are words of the program: no id, no address, no name, nothing that somebody sent. */
export interface Metrics {
  /** Counts a request that was answered. */
  request(line: LogLine): void;
  /** The same database, whose transactions are counted. */
  watch(database: Database): Database;
  /** Counts a job that ended. */
  job(name: string, outcome: 'done' | 'failed', seconds: number): void;
  /** From now on tells what waits in the queue of this base, as it is whenever the metrics are read. */
  watchQueue(database: Database): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

export function createMetrics(now: () => number): Metrics {
  const registry = new Registry();
  const refreshing: (() => Promise<void>)[] = [];
  collectDefaultMetrics({ register: registry, prefix: 'raccroche_' });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, buckets: DURATIONS, registers: [registry] });
  const requests = histogram('raccroche_http_request_duration_seconds', 'Requests answered.', [
    'method',
    'route',
    'status',
  ]);
  const transactions = histogram('raccroche_transaction_duration_seconds', 'Transactions of the store.', [
    'role',
    'outcome',
  ]);
  const jobs = histogram('raccroche_job_duration_seconds', 'Jobs that ended.', ['job', 'outcome']);
  const defects = new Counter({
    name: 'raccroche_defects_total',
    help: 'Requests that a defect ended.',
    registers: [registry],
  });
  return {
    request({ method, route, status, ms, defect }) {
      requests.observe({ method, route, status }, ms / 1000);
      if (defect !== undefined) defects.inc();
    },
    watch: (database) => ({
      ...database,
      async transaction(options, work) {
        const start = now();
        const ended = (outcome: 'committed' | 'undone') =>
          transactions.observe({ role: options.role ?? 'owner', outcome }, (now() - start) / 1000);
        try {
          const result = await database.transaction(options, work);
          ended('committed');
          return result;
        } catch (error) {
          ended('undone');
          throw error;
        }
      },
    }),
    watchQueue(database) {
      refreshing.push(gaugeQueue(registry, database));
    },
    job: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds),
    async text() {
      for (const refresh of refreshing) await refresh();
      return registry.metrics();
    },
  };
}

/** Gauges of the queue; gives what reads them anew. */
function gaugeQueue(registry: Registry, database: Database): () => Promise<void> {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const labels = ['job', 'state'] as const;
  const jobs = gauge('raccroche_queue_jobs', 'Jobs of the queue that are not done.', labels);
  const age = gauge(
    'raccroche_queue_oldest_seconds',
    'How long the oldest has waited, run or failed.',
    labels,
  );
  const outbox = gauge('raccroche_outbox_jobs', 'Jobs that are asked and not in the queue yet.', []);
  const outboxAge = gauge('raccroche_outbox_oldest_seconds', 'How long the oldest of them has waited.', []);
  return async () => {
    const queue = await database.transaction({ role: 'raccroche_worker' }, readQueueDepth);
    jobs.reset();
    age.reset();
    for (const { job, state, count, oldest } of queue.depths) {
      jobs.set({ job, state }, count);
      age.set({ job, state }, oldest);
    }
    outbox.set(queue.outbox);
    outboxAge.set(queue.outboxOldest);
  };
}

/** Serves the metrics, to this machine alone: who collects them comes from here, or through its own tunnel. */
export async function serveMetrics(metrics: Metrics, port: number): Promise<FastifyInstance> {
  const server = fastify({ logger: false });
  server.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    return metrics.text();
  });
  await server.listen({ host: '127.0.0.1', port });
  return server;
}
