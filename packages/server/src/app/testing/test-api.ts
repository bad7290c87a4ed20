import type { RouteDefinition, RouteName } from '@raccroche/contract';
import { ROUTES } from '@raccroche/contract';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { ApiContext } from '../api/handler-types.ts';
import type { LogLine } from '../api/request-log.ts';
import { createApi } from '../api/server.ts';
import { csrfTokenOf } from '../api/session-cookie.ts';
import { SERVICE_ROLES } from '../store/service-login.ts';

/** The present of the tests: after the campaigns that they publish. */
export const NOW = '2025-11-20T10:00:00.000Z';
const clock: Clock = { now: () => NOW, elapsedMs: () => 0 };

export interface TestApi {
  readonly api: FastifyInstance;
  readonly log: readonly LogLine[];
}

export function createTestApi(
  database: Database,
  demo = true,
  more: Pick<ApiContext, 'campaigns' | 'limits' | 'partners' | 'provider' | 'tracing'> = {},
): TestApi {
  const log: LogLine[] = [];
  const context = { database: asService(database), clock, version: '0', demo, ...more };
  return { api: createApi(context, (line) => log.push(line)), log };
}

/** As a login that owns nothing has it, on either engine: none but the roles of `serve`, and without one hardly anything. */
const asService = (database: Database): Database => ({
  ...database,
  async transaction({ role = 'raccroche_monitor', ...options }, work) {
    if (!(SERVICE_ROLES.serve as readonly string[]).includes(role))
      throw new Error(`serve is no member of ${role}`);
    return database.transaction({ ...options, role }, work);
  },
});

export interface Call {
  /** Session token; none: nobody. */
  readonly token?: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a route as the web application does: with the cookie, and the CSRF token when something is to change. */
export async function call(api: FastifyInstance, name: RouteName, given: Call = {}) {
  const route: RouteDefinition = ROUTES[name];
  const url = Object.entries(given.params ?? {}).reduce<string>(
    (path, [parameter, value]) => path.replace(`{${parameter}}`, value),
    route.path,
  );
  const response = await api.inject({
    method: route.method,
    url,
    query: given.query ?? {},
    headers: {
      ...(given.token === undefined ? {} : { cookie: `__Host-raccroche=${given.token}` }),
      ...(given.token !== undefined && route.method === 'POST'
        ? { 'x-csrf-token': csrfTokenOf(given.token) }
        : {}),
      ...given.headers,
    },
    ...(given.body === undefined ? {} : { payload: given.body }),
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson(response.headers['content-type']) ? response.json<Record<string, unknown>>() : {},
  };
}

const isJson = (type: unknown) => typeof type === 'string' && /^application\/(problem\+)?json/.test(type);
