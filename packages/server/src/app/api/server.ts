import { PURPOSES, ROUTES, type RouteDefinition, type RouteName } from '@raccroche/contract';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { RaccrocheError } from '../../kernel/errors.ts';
import { type Caller, withCaller } from '../../modules/access/index.ts';
import { answerOnce } from '../../modules/cases/index.ts';
import type { ApiContext } from './handler-types.ts';
import { afterSignOut, GUARDED_HANDLERS, OPEN_HANDLERS } from './handlers.ts';
import { toProblem } from './problem.ts';
import { endedCookie, isCsrfToken, readSessionToken, sessionCookie } from './session-cookie.ts';
import { type Site, serveSite } from './site.ts';

const BODY_MAX = 64 * 1024;

/** Nothing is shown, framed, cached, embedded or reported elsewhere. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** A line of the log: which route, how it ended, how long. Never an address, a parameter, a name. */
export interface LogLine {
  readonly reference: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** Of a defect: its name and where it happened, without its message, which may quote data. */
  readonly defect?: string;
}

/** The API, and the web application when it is built; not listening yet. `log` receives one line a request. */
export function createApi(context: ApiContext, log: (line: LogLine) => void, site?: Site): FastifyInstance {
  let requests = 0;
  const api = fastify({ logger: false, bodyLimit: BODY_MAX, genReqId: () => `r${++requests}` });
  const defects = new WeakMap<FastifyRequest, string>();
  api.addHook('onSend', async (_request, reply) => {
    // A file of the site says its own policy and how long it may be kept.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
  });
  api.addHook('onResponse', async (request, reply) => {
    const defect = defects.get(request);
    log({
      reference: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(defect === undefined ? {} : { defect }),
    });
  });
  api.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.id);
    if (problem.status >= 500 && error instanceof Error)
      defects.set(
        request,
        `${error.name} ${
          error.stack
            ?.split('\n')
            .find((line) => line.includes(' at '))
            ?.trim() ?? ''
        }`,
      );
    return sendProblem(reply, problem);
  });
  api.setNotFoundHandler((request, reply) =>
    sendProblem(reply, toProblem(new RaccrocheError('not_found', 'Cette adresse n’existe pas.'), request.id)),
  );
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, RouteDefinition][]) {
    if (route.access === 'demo' && !context.demo) continue;
    api.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => route.response.parse(await answer(context, name, request, reply)),
    });
  }
  if (site !== undefined) serveSite(api, site);
  return api;
}

const sendProblem = (reply: FastifyReply, problem: ReturnType<typeof toProblem>) =>
  reply.status(problem.status).type('application/problem+json').send(problem);

type AnyHandler = (...given: readonly unknown[]) => Promise<unknown>;

async function answer(context: ApiContext, name: RouteName, request: FastifyRequest, reply: FastifyReply) {
  const route: RouteDefinition = ROUTES[name];
  const token = readSessionToken(request.headers.cookie);
  refuseOtherSites(route, request);
  if (route.access === 'demo') refuseOtherMachines(request);
  const input = {
    params: route.params?.parse(request.params),
    query: route.query?.parse(request.query),
    body: route.body?.parse(request.body),
  };
  const setSession = (opened: string | null) => {
    reply.header('set-cookie', opened === null ? endedCookie : sessionCookie(opened));
  };
  if (name in OPEN_HANDLERS)
    return (OPEN_HANDLERS[name as keyof typeof OPEN_HANDLERS] as AnyHandler)(context, input, setSession);
  if (token !== undefined && route.method !== 'GET') {
    if (!isCsrfToken(token, headerOf(request, 'x-csrf-token'))) throw foreign();
  }
  const handler = GUARDED_HANDLERS[name as keyof typeof GUARDED_HANDLERS] as AnyHandler;
  const purpose = PURPOSES.find((one) => one === headerOf(request, 'x-purpose'));
  const permission = route.access as Exclude<RouteDefinition['access'], 'public' | 'demo'>;
  const result = await withCaller(context.database, { token, permission, purpose }, (caller) =>
    once(caller, route, request, () => handler(caller, input, { ...context, token: token ?? '' })),
  );
  if (name === 'signOut' && token !== undefined) {
    await afterSignOut(context, token);
    setSession(null);
  }
  return result;
}

/** What a request with an idempotency key changes is done once: a retry after a lost answer gets that answer. */
function once(caller: Caller, route: RouteDefinition, request: FastifyRequest, work: () => Promise<unknown>) {
  const key = route.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
  if (key === undefined) return work();
  if (!IDEMPOTENCY_KEY.test(key))
    throw new RaccrocheError('bad_request', 'Une clé d’idempotence a 8 à 100 lettres, chiffres ou tirets.');
  return answerOnce(caller, key, [route.path, request.params, request.body], work);
}
const IDEMPOTENCY_KEY = /^[\w-]{8,100}$/;

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

const foreign = () => new RaccrocheError('bad_csrf', 'Rechargez la page, puis recommencez.');

/** A change is asked by a page of this very site, whatever cookies came along. */
function refuseOtherSites(route: RouteDefinition, request: FastifyRequest): void {
  if (route.method === 'GET') return;
  const site = headerOf(request, 'sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') throw foreign();
  const origin = headerOf(request, 'origin');
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== request.headers.host) throw foreign();
}

/** The demonstration answers this machine, called by its own name: a page elsewhere cannot borrow the browser for it. */
function refuseOtherMachines(request: FastifyRequest): void {
  const name = request.hostname.replace(/^\[|\]$/g, '');
  if (!isLoopback(request.socket.remoteAddress ?? '') || !(name === 'localhost' || isLoopback(name)))
    throw new RaccrocheError('not_found', 'La démonstration n’est ouverte que sur sa propre machine.');
}

/** True for 127.0.0.0/8 and ::1, also as IPv4 within IPv6. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}
