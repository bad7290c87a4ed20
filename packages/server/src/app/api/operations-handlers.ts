import type { Clock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { requireReady } from '../operations/readiness.ts';

interface Context {
  readonly database: Database;
  readonly clock: Clock;
}

/** Handlers of the routes for whoever keeps the service running. */
export const OPERATIONS_HANDLERS = {
  health: async ({ database }: Context) => ({ status: 'ok' as const, engine: database.engine }),
  async ready({ database, clock }: Context) {
    return { status: 'ready' as const, warnings: await requireReady(database, todayOf(clock)) };
  },
};
