import type { ROUTES, RouteDefinition, RouteName } from '@raccroche/contract';
import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { Caller, IdentityProvider } from '../../modules/access/index.ts';
import type { AsSystem, WebhookSettings } from '../../modules/partners/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import type { RateLimits } from './rate-limits.ts';

/** What exchanges with the systems of partners need. */
export interface PartnerSettings extends WebhookSettings {
  /** Folder in which the files that they deposit wait for the next campaign. */
  readonly inbox: string;
}

/** What every handler may use. */
export interface ApiContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly version: string;
  /** The demonstration: people sign in by a click. On a loopback address only. */
  readonly demo: boolean;
  /** Makes the demonstration's base anew; none: this base is not the demonstration's own. */
  readonly resetDemo?: (() => Promise<void>) | undefined;
  /** Who knows people; none: nobody signs in but in the demonstration. */
  readonly provider?: IdentityProvider | undefined;
  /** Where browsers find it when no provider says: over plain http cookies go without what only https gives. */
  readonly publicUrl?: URL | undefined;
  /** None: nobody is counted (the tests, and whoever calls from within). */
  readonly limits?: RateLimits | undefined;
  /** None: nothing is traced. */
  readonly tracing?: Tracing | undefined;
  /** The address of a caller is the one that the proxy of this machine tells. */
  readonly behindProxy?: boolean | undefined;
  /** None: no file is received from a partner's system, and no webhook made. */
  readonly partners?: PartnerSettings | undefined;
}

/** What the browser that asks holds, and may be given to hold. */
export interface Browser {
  /** Session token, in force or not. */
  readonly token: string | undefined;
  /** What it keeps while somebody is at the provider. */
  readonly pending: string | undefined;
  /** As the header has it: what a system shows to be given a token. */
  readonly authorization: string | undefined;
  /** Null: to forget it. */
  setSession(token: string | null): void;
  setPending(value: string | null): void;
}

type Out<K extends 'params' | 'query' | 'body', R> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
interface Input<R> {
  readonly params: Out<'params', R>;
  readonly query: Out<'query', R>;
  readonly body: Out<'body', R>;
}
type Answer<R extends RouteDefinition> = z.input<R['response']>;
type Route<N extends RouteName> = (typeof ROUTES)[N];

/** Routes that touch the session itself: once its right is known, outside of its transaction. */
export type SessionName = 'signOut' | 'renewSession';
export type OpenName = {
  [N in RouteName]: Route<N>['access'] extends 'public' | 'demo' ? N : never;
}[RouteName];
/** Routes whose body is a file. */
export type UploadName = {
  [N in RouteName]: Route<N> extends { readonly uploadMax: number } ? N : never;
}[RouteName];
export type GuardedName = Exclude<RouteName, OpenName | SessionName | UploadName>;

/** Anybody may call. */
export type OpenHandlers<N extends OpenName> = {
  readonly [K in N]: (
    context: ApiContext,
    input: Input<Route<K>>,
    browser: Browser,
  ) => Promise<Answer<Route<K>>>;
};
/** Needs a permission: `caller` works under it, in one transaction. */
export type GuardedHandlers<N extends GuardedName = GuardedName> = {
  readonly [K in N]: (
    caller: Caller,
    input: Input<Route<K>>,
    context: ApiContext & { readonly token: string },
  ) => Promise<Answer<Route<K>>>;
};
export type SessionHandlers = {
  readonly [K in SessionName]: (
    context: ApiContext & { readonly token: string },
    browser: Browser,
  ) => Promise<Answer<Route<K>>>;
};
/** Of a system, already recognised: `asSystem` opens a transaction in which it has the route's right. */
export type UploadHandlers<N extends UploadName = UploadName> = {
  readonly [K in N]: (
    context: ApiContext,
    input: Input<Route<K>>,
    bytes: Buffer,
    asSystem: AsSystem,
  ) => Promise<Answer<Route<K>>>;
};
