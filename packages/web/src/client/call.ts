import { type Purpose, ROUTES, type RouteDefinition, type RouteName } from '@raccroche/contract';
import type { z } from 'zod';
import { toApiProblem, Unreachable } from './problem.ts';

type Route<N extends RouteName> = (typeof ROUTES)[N];
type In<K extends 'params' | 'query' | 'body', R> =
  R extends Record<K, infer S extends z.ZodType> ? { readonly [P in K]: z.input<S> } : unknown;
/** What a route is given: its parameters, its query, its body, those that it has. */
export type RouteInput<N extends RouteName> = In<'params', Route<N>> &
  In<'query', Route<N>> &
  In<'body', Route<N>>;
export type RouteOutput<N extends RouteName> = z.output<Route<N>['response']>;

/** Any input, as the network sees it. */
export interface PlainInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Sent with a change that may have to be sent again: the server does it once. */
  readonly requestKey?: string;
  /** For what it is asked, where somebody may come for several purposes and the first would not be the right one. */
  readonly purpose?: Purpose;
}

const session: { csrfToken: string | undefined; purpose: Purpose | undefined } = {
  csrfToken: undefined,
  purpose: undefined,
};

/** Told once signed in: sent with every change, and the purpose with every request. */
export function rememberSession(csrfToken: string | undefined, purpose: Purpose | undefined): void {
  session.csrfToken = csrfToken;
  session.purpose = purpose;
}

function addressOf(route: RouteDefinition, { params = {}, query = {} }: PlainInput): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
}

/**
 * Calls a route of the contract and checks the shape of its answer.
 * Throws `ApiProblem` when the server refuses, `Unreachable` when the network is cut.
 */
export async function call<N extends RouteName>(
  name: N,
  input: RouteInput<N> & Pick<PlainInput, 'purpose'>,
  signal?: AbortSignal,
): Promise<RouteOutput<N>> {
  return (await callPlain(name, input as PlainInput, signal)) as RouteOutput<N>;
}

export async function callPlain(name: RouteName, input: PlainInput, signal?: AbortSignal): Promise<unknown> {
  const route: RouteDefinition = ROUTES[name];
  const changes = route.method !== 'GET';
  const purpose = input.purpose ?? session.purpose;
  const response = await fetch(addressOf(route, input), {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(purpose === undefined ? {} : { 'x-purpose': purpose }),
      ...(changes && session.csrfToken !== undefined ? { 'x-csrf-token': session.csrfToken } : {}),
      ...(input.requestKey === undefined ? {} : { 'idempotency-key': input.requestKey }),
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Unreachable('Connexion perdue.');
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toApiProblem(response.status, body);
  return route.response.parse(body);
}
