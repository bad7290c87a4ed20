import type { ROUTES, RouteDefinition, RouteName } from '@raccroche/contract';
import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { Caller } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';

/** What every handler may use. */
export interface ApiContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly version: string;
  /** The demonstration: people sign in by a click. On a loopback address only. */
  readonly demo: boolean;
}

type Out<K extends 'params' | 'query' | 'body', R> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
export interface Input<R> {
  readonly params: Out<'params', R>;
  readonly query: Out<'query', R>;
  readonly body: Out<'body', R>;
}
export type Answer<R extends RouteDefinition> = z.input<R['response']>;
export type Route<N extends RouteName> = (typeof ROUTES)[N];
export type OpenName = {
  [N in RouteName]: Route<N>['access'] extends 'public' | 'demo' ? N : never;
}[RouteName];
type GuardedName = Exclude<RouteName, OpenName>;

/** Routes that need a permission: `caller` works under it, in one transaction. */
export type GuardedHandlers = {
  readonly [N in GuardedName]: (
    caller: Caller,
    input: Input<Route<N>>,
    context: ApiContext & { readonly token: string },
  ) => Promise<Answer<Route<N>>>;
};
