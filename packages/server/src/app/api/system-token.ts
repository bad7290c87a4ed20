import { ROUTES, type RouteDefinition } from '@raccroche/contract';
import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.ts';

const BEARER = /^Bearer ([0-9a-f]{64})$/i;

/** The access token of a partner's system, if the request bears one that could be. Source: RFC 6750 §2.1. */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [, token] = BEARER.exec(headers.authorization ?? '') ?? [];
  return token;
}

const SYSTEM_ROUTES = new Map(
  (Object.values(ROUTES) as RouteDefinition[])
    .filter(({ system }) => system)
    .map(({ path, access }) => [path.replace(/\{(\w+)\}/g, ':$1'), access]),
);

/** The `WWW-Authenticate` of a refusal to a system; undefined for any other answer. Source: RFC 6750 §3. */
export function challengeOf(request: FastifyRequest, { status, code }: Problem): string | undefined {
  const scope = SYSTEM_ROUTES.get(request.routeOptions.url ?? '');
  if (scope === undefined) return undefined;
  if (status === 401)
    return `Bearer realm="raccroche"${bearerOf(request) === undefined ? '' : ', error="invalid_token"'}`;
  return code === 'not_allowed'
    ? `Bearer realm="raccroche", error="insufficient_scope", scope="${scope}"`
    : undefined;
}
