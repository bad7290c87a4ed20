/** The server of the load test, in its own process: the API as `serve` makes it, and one route that reads a row by its key. */
import { createRateLimits } from '../packages/server/src/app/api/rate-limits.ts';
import { createApi } from '../packages/server/src/app/api/server.ts';
import { createMetrics } from '../packages/server/src/app/operations/metrics.ts';
import { systemClock } from '../packages/server/src/kernel/clock.ts';
import { openDatabaseAt } from '../packages/server/src/platform/postgres/open-database.ts';

const [url = '', port = '0', poolSize = '10'] = process.argv.slice(2);
const metrics = createMetrics(systemClock.elapsedMs);
const database = metrics.watch(await openDatabaseAt({ url, folder: '', poolSize: Number(poolSize) }));
const limits = createRateLimits({ session: 300, open: 120, signIn: 10 }, systemClock.elapsedMs);
const api = createApi({ database, clock: systemClock, version: '0', demo: false, limits }, metrics.request);
api.get<{ Params: { id: string } }>('/bench/one-row/:id', async ({ params }) => {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query('SELECT name FROM access.platforms WHERE platform_id = $1', [params.id]),
  );
  return rows[0];
});
await api.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('listening');
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1e6, memory: process.memoryUsage().rss });
});
