/**
 * The server of a load, in its own process: the API as `serve` makes it, and one route that reads a row by its key. Once loaded it
 * waits to be told its base.
 */
import { once } from 'node:events';
import { systemClock } from '../../../kernel/clock.ts';
import { type DatabaseLocation, openDatabaseAt } from '../../../platform/postgres/open-database.ts';
import { createRateLimits } from '../../api/rate-limits.ts';
import { createApi } from '../../api/server.ts';
import { createMetrics } from '../../operations/metrics.ts';

process.send?.('loaded');
const [location] = (await once(process, 'message')) as [DatabaseLocation];
const metrics = createMetrics(systemClock.elapsedMs);
const database = metrics.watch(await openDatabaseAt(location));
const limits = createRateLimits({ session: 300, open: 120, signIn: 10 }, systemClock.elapsedMs);
const api = createApi({ database, clock: systemClock, version: '0', demo: false, limits }, metrics.request);
api.get<{ Params: { id: string } }>('/bench/one-row/:id', async ({ params }) => {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query('SELECT name FROM access.platforms WHERE platform_id = $1', [params.id]),
  );
  return rows[0];
});
const address = await api.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ address });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1e6, memory: process.memoryUsage().rss });
});
