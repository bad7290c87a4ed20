import { PURPOSES, ROUTES, type RouteDefinition, type RouteName } from '@raccroche/contract';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { RaccrocheError } from '../../kernel/errors.ts';
import { type Caller, withCaller } from '../../modules/access/index.ts';
import { answerOnce } from '../../modules/cases/index.ts';
import type { ApiContext, Browser } from './handler-types.ts';
import { GUARDED_HANDLERS, OPEN_HANDLERS } from './handlers.ts';
import { oauthProblem } from './oauth-token.ts';
import { OAUTH_URL, UPLOAD_HANDLERS } from './partner-handlers.ts';
import { type Problem, problemPage, toProblem } from './problem.ts';
import { TooManyRequests } from './rate-limits.ts';
import { type LogLine, logRequests } from './request-log.ts';
import { type Cookies, cookiesOf, isCsrfToken } from './session-cookie.ts';
import { SESSION_HANDLERS } from './session-handlers.ts';
import { type Site, serveSite } from './site.ts';
import { bearerOf, challengeOf } from './system-token.ts';
import { traceRequests } from './trace-requests.ts';

const BODY_MAX = 64 * 1024;
const FORM = 'application/x-www-form-urlencoded';

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

/** Of a page that the provider alone may frame, from its own site. */
const framedHeaders = (issuer: string | undefined) => ({
  'content-security-policy': SECURITY_HEADERS['content-security-policy'].replace(
    "frame-ancestors 'none'",
    `frame-ancestors ${issuer === undefined ? "'none'" : new URL(issuer).origin}`,
  ),
  'cross-origin-resource-policy': 'cross-origin',
});

/** The API, and the web application when it is built; not listening yet. `log` receives one line a request. */
export function createApi(context: ApiContext, log: (line: LogLine) => void, site?: Site): FastifyInstance {
  let requests = 0;
  const api = fastify({
    logger: false,
    bodyLimit: BODY_MAX,
    genReqId: () => `r${++requests}`,
    trustProxy: context.behindProxy ? 'loopback' : false,
  });
  const cookies = cookiesOf(context.provider?.publicUrl ?? context.publicUrl);
  if (context.tracing) traceRequests(api, context.tracing);
  const tellDefect = logRequests(api, log);
  sendHeaders(api);
  api.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
  api.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.id);
    if (problem.status >= 500 && error instanceof Error) tellDefect(request, error);
    const isShown =
      cookies.readSession(request.headers.cookie) !== undefined || bearerOf(request) !== undefined;
    if (problem.code === 'not_signed_in' && isShown) context.limits?.refuse(request.ip);
    if (error instanceof TooManyRequests) reply.header('retry-after', error.retryAfter);
    const refusal = request.routeOptions.url === OAUTH_URL ? oauthProblem(error) : undefined;
    if (refusal) {
      if (refusal.status === 401) {
        context.limits?.refuse(request.ip);
        reply.header('www-authenticate', 'Basic realm="raccroche"');
      }
      return reply.status(refusal.status).send(refusal.body());
    }
    const challenge = challengeOf(request, problem);
    if (challenge !== undefined) reply.header('www-authenticate', challenge);
    return isForBrowser(request) ? sendPage(reply, problem) : sendProblem(reply, problem);
  });
  api.setNotFoundHandler((request, reply) =>
    sendProblem(reply, toProblem(new RaccrocheError('not_found', 'Cette adresse n’existe pas.'), request.id)),
  );
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, RouteDefinition][]) {
    if (route.access === 'demo' && !context.demo) continue;
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const browser = browserOf(cookies, request, reply);
      if (route.framed) reply.headers(framedHeaders(context.provider?.issuer));
      const result = route.response.parse(await answer(context, name, request, browser));
      if (route.redirects) return reply.redirect((result as { location: string }).location);
      return route.text ? reply.type(route.text).send((result as { text: string }).text) : result;
    };
    const served = { method: route.method, url: urlOf(route), handler };
    if (route.uploadMax === undefined) api.route(served);
    else acceptFile(api, context, route, served);
  }
  if (site !== undefined) serveSite(api, site);
  return api;
}

/** A route whose body is a file: who sends it is known before a byte of it is read. */
function acceptFile(
  api: FastifyInstance,
  context: ApiContext,
  route: RouteDefinition,
  served: RouteOptions,
): void {
  api.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    own.route({
      ...served,
      bodyLimit: route.uploadMax ?? BODY_MAX,
      onRequest: async (request) => {
        const token = bearerOf(request);
        context.limits?.admit({ kind: 'other', address: request.ip, token });
        await withCaller(context.database, askedOf(route, request, token), async ({ personId }) => {
          context.limits?.admitClient(personId, 'request');
        });
      },
    });
  });
}

function sendHeaders(api: FastifyInstance): void {
  let isClosing = false;
  api.addHook('preClose', async () => {
    isClosing = true;
  });
  api.addHook('onSend', async (_request, reply) => {
    // A file of the site says its own policy and how long it may be kept.
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    // A browser that keeps its connection would hold the program up for as long as it likes.
    if (isClosing) reply.header('connection', 'close');
  });
}

const urlOf = (route: RouteDefinition) => route.path.replace(/\{(\w+)\}/g, ':$1');
/** Where a browser goes by itself: it is answered by a page, not by a problem for programs. */
const BROWSER_URLS = new Set(
  (Object.values(ROUTES) as RouteDefinition[]).filter(({ redirects }) => redirects).map(urlOf),
);
const isForBrowser = (request: FastifyRequest) =>
  BROWSER_URLS.has(request.routeOptions.url ?? '') &&
  (headerOf(request, 'accept') ?? '').includes('text/html');

const sendProblem = (reply: FastifyReply, problem: Problem) =>
  reply.status(problem.status).type('application/problem+json').send(problem);
const sendPage = (reply: FastifyReply, problem: Problem) =>
  reply.status(problem.status).type('text/html; charset=utf-8').send(problemPage(problem));

function browserOf(cookies: Cookies, request: FastifyRequest, reply: FastifyReply): Browser {
  const header = request.headers.cookie;
  return {
    token: cookies.readSession(header),
    pending: cookies.readPending(header),
    authorization: headerOf(request, 'authorization'),
    setSession(token) {
      reply.header('set-cookie', cookies.session(token));
    },
    setPending(value) {
      reply.header('set-cookie', cookies.pending(value));
    },
  };
}

type AnyHandler = (...given: readonly unknown[]) => Promise<unknown>;

/** For what the caller comes: a session's permission, or a system's. */
const askedOf = (route: RouteDefinition, request: FastifyRequest, token: string | undefined) => ({
  token,
  permission: route.access as Exclude<RouteDefinition['access'], 'public' | 'demo'>,
  purpose: PURPOSES.find((one) => one === headerOf(request, 'x-purpose')),
  stepUp: route.stepUp,
  system: route.system,
});

async function answer(context: ApiContext, name: RouteName, request: FastifyRequest, browser: Browser) {
  const route: RouteDefinition = ROUTES[name];
  const token = route.system ? bearerOf(request) : browser.token;
  context.limits?.admit({ kind: route.signIn ? 'sign_in' : 'other', address: request.ip, token });
  refuseOtherSites(route, request);
  if (route.access === 'demo') refuseOtherMachines(request);
  const input = {
    params: route.params?.parse(request.params),
    query: route.query?.parse(request.query),
    body: route.body?.parse(request.body),
  };
  if (name in OPEN_HANDLERS)
    return (OPEN_HANDLERS[name as keyof typeof OPEN_HANDLERS] as AnyHandler)(context, input, browser);
  // A cookie comes along by itself, and has to be meant; an access token is meant wherever it is written.
  if (!route.system && token !== undefined && route.method !== 'GET') {
    if (!isCsrfToken(token, headerOf(request, 'x-csrf-token'))) throw foreign();
  }
  const asked = askedOf(route, request, token);
  const given = { ...context, token: token ?? '' };
  if (name in UPLOAD_HANDLERS) {
    const asSystem = <T>(work: (caller: Caller) => Promise<T>) => withCaller(context.database, asked, work);
    return (UPLOAD_HANDLERS[name as keyof typeof UPLOAD_HANDLERS] as AnyHandler)(
      context,
      input,
      // Without a body there is nothing to parse.
      request.body ?? Buffer.alloc(0),
      asSystem,
    );
  }
  if (name in SESSION_HANDLERS) {
    await withCaller(context.database, asked, async () => {});
    context.limits?.recognise(given.token);
    return SESSION_HANDLERS[name as keyof typeof SESSION_HANDLERS](given, browser);
  }
  const handler = GUARDED_HANDLERS[name as keyof typeof GUARDED_HANDLERS] as AnyHandler;
  const result = await withCaller(context.database, asked, (caller) => {
    if (route.system) context.limits?.admitClient(caller.personId, 'request');
    return once(caller, route, request, () => handler(caller, input, given));
  });
  context.limits?.recognise(given.token);
  return result;
}

/**
 * What a request with an idempotency key changes is done once: a retry after a lost answer gets that answer. A document is made
 * anew: its text would lie in the base, and in its backups, for a day.
 */
function once(caller: Caller, route: RouteDefinition, request: FastifyRequest, work: () => Promise<unknown>) {
  const key = route.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
  if (key === undefined) return work();
  if (!IDEMPOTENCY_KEY.test(key))
    throw new RaccrocheError('bad_request', 'Une clé d’idempotence a 8 à 100 lettres, chiffres ou tirets.');
  if (route.makesDocument) return work();
  const asked = [route.path, request.params, request.body];
  return route.showsSecret ? showOnce(caller, key, asked, work) : answerOnce(caller, key, asked, work);
}

/** The secret of an answer leaves with the first one, and is in no answer that is kept. */
async function showOnce(caller: Caller, key: string, asked: unknown, work: () => Promise<unknown>) {
  let shown: unknown;
  const kept = await answerOnce(caller, key, asked, async () => {
    shown = await work();
    return { ...(shown as object), secret: '' };
  });
  return shown ?? kept;
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
  // A form is what any page may post: only another program does, and only where it is expected.
  if ((headerOf(request, 'content-type') ?? '').startsWith(FORM) && !route.form) throw foreign();
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
