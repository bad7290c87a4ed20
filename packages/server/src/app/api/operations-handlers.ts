import type { Database } from '../../platform/postgres/database.ts';
import { requireReady } from '../operations/readiness.ts';

interface Context {
  readonly database: Database;
}

/** Handlers of the routes for whoever keeps the service running. */
export const OPERATIONS_HANDLERS = {
  health: async ({ database }: Context) => ({ status: 'ok' as const, engine: database.engine }),
  async ready({ database }: Context) {
    await requireReady(database);
    return { status: 'ready' as const };
  },
};
