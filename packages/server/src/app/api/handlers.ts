import type { ROUTES, RouteDefinition, RouteName } from '@raccroche/contract';
import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import { type Caller, endSession, listDemoPeople, openSession } from '../../modules/access/index.ts';
import {
  assignCase,
  readCase,
  readFormerPupils,
  readWorklist,
  recordAttempt,
  undoLast,
} from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { JOBS_HANDLERS } from './jobs-handlers.ts';
import { describeApi } from './openapi.ts';
import { OPERATIONS_HANDLERS } from './operations-handlers.ts';
import { PRIVACY_HANDLERS } from './privacy-handlers.ts';
import type { RateLimits } from './rate-limits.ts';
import { csrfTokenOf } from './session-cookie.ts';

/** What every handler may use. */
export interface ApiContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly version: string;
  /** The demonstration: people sign in by a click. On a loopback address only. */
  readonly demo: boolean;
  /** None: nobody is counted (the tests, and whoever calls from within). */
  readonly limits?: RateLimits | undefined;
  /** The address of a caller is the one that the proxy of this machine tells. */
  readonly behindProxy?: boolean | undefined;
}

/** Given to `setSession` of an open route: the new token, or null to forget it. */
type SetSession = (token: string | null) => void;
type Out<K extends 'params' | 'query' | 'body', R> =
  R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
interface Input<R> {
  readonly params: Out<'params', R>;
  readonly query: Out<'query', R>;
  readonly body: Out<'body', R>;
}
type Answer<R extends RouteDefinition> = z.input<R['response']>;
type Route<N extends RouteName> = (typeof ROUTES)[N];
type OpenName = { [N in RouteName]: Route<N>['access'] extends 'public' | 'demo' ? N : never }[RouteName];
type GuardedName = Exclude<RouteName, OpenName>;

/** Routes that anybody may call. */
export const OPEN_HANDLERS: {
  readonly [N in OpenName]: (
    context: ApiContext,
    input: Input<Route<N>>,
    setSession: SetSession,
  ) => Promise<Answer<Route<N>>>;
} = {
  ...OPERATIONS_HANDLERS,
  openapi: async ({ version, demo }) => describeApi(version, demo),
  demoPeople: async ({ database }) => ({ people: [...(await listDemoPeople(database))] }),
  async demoSignIn({ database }, { body }, setSession) {
    // Only those of the demonstration: nobody whom an identity provider knows gets in by a click.
    const people = await listDemoPeople(database);
    if (!people.some(({ personId }) => personId === body.personId))
      throw new RaccrocheError('not_found', 'Cette personne n’est pas de la démonstration.');
    setSession(await openSession(database, body.personId));
    return { signedIn: true };
  },
};

/** Routes that need a permission: `caller` works under it, in one transaction. */
export const GUARDED_HANDLERS: {
  readonly [N in GuardedName]: (
    caller: Caller,
    input: Input<Route<N>>,
    context: ApiContext & { readonly token: string },
  ) => Promise<Answer<Route<N>>>;
} = {
  // The session itself is ended once this transaction is over: see server.ts.
  signOut: async () => ({ signedOut: true }),
  async me({ transaction, personId, displayName, rights }, _, { token }) {
    const { rows } = await transaction.query<{ platform_id: string; name: string; department: string }>(
      `SELECT platform_id, name, department FROM access.platforms
       WHERE platform_id IN (SELECT access.platforms_for('case.read')) ORDER BY name COLLATE "C", platform_id`,
    );
    return {
      personId,
      displayName,
      csrfToken: csrfTokenOf(token),
      rights: rights.map(({ organisationId: _organisation, ...right }) => right),
      platforms: rows.map((row) => ({
        platformId: row.platform_id,
        name: row.name,
        department: row.department,
      })),
    };
  },
  worklist: (caller, { query }, { clock }) => readWorklist(caller, query, clock.now().slice(0, 10)),
  caseDetail: (caller, { params }) => readCase(caller, params.caseId),
  recordAttempt: (caller, { params, body }, { clock }) =>
    recordAttempt(caller, params.caseId, body, clock.now()),
  assign: (caller, { params, body }) => assignCase(caller, params.caseId, body),
  undo: (caller, { params, body }) => undoLast(caller, params.caseId, body.version),
  formerPupils: async (caller) => ({ pupils: await readFormerPupils(caller) }),
  ...JOBS_HANDLERS,
  ...PRIVACY_HANDLERS,
};

/** Ends the session of a sign-out. */
export const afterSignOut = ({ database }: ApiContext, token: string): Promise<void> =>
  endSession(database, token);
