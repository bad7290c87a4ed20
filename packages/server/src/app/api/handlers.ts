import { RaccrocheError } from '../../kernel/errors.ts';
import { endSession, listDemoPeople, openSession } from '../../modules/access/index.ts';
import {
  assignCase,
  readCase,
  readFormerPupils,
  readWorklist,
  recordAttempt,
  undoLast,
} from '../../modules/cases/index.ts';
import { ACT_HANDLERS } from './act-handlers.ts';
import { EXCHANGE_HANDLERS } from './exchange-handlers.ts';
import type { Answer, ApiContext, GuardedHandlers, Input, OpenName, Route } from './handler-types.ts';
import { IDENTITY_HANDLERS } from './identity-handlers.ts';
import { describeApi } from './openapi.ts';
import { PEOPLE_HANDLERS } from './people-handlers.ts';
import { asRow, todayOf } from './rows.ts';
import { csrfTokenOf } from './session-cookie.ts';
import { VERIFICATION_HANDLERS } from './verification-handlers.ts';

/** Given to `setSession` of an open route: the new token, or null to forget it. */
type SetSession = (token: string | null) => void;
/** Routes that anybody may call. */
export const OPEN_HANDLERS: {
  readonly [N in OpenName]: (
    context: ApiContext,
    input: Input<Route<N>>,
    setSession: SetSession,
  ) => Promise<Answer<Route<N>>>;
} = {
  async health({ database }) {
    await database
      .transaction({ role: 'raccroche_door' }, (transaction) => transaction.query('SELECT 1'))
      .catch(() => {
        throw new RaccrocheError('not_ready', 'La base ne répond pas.');
      });
    return { status: 'ok', engine: database.engine };
  },
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
export const GUARDED_HANDLERS: GuardedHandlers = {
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
  worklist: (caller, { query }, { clock }) => readWorklist(caller, query, todayOf(clock)),
  caseDetail: (caller, { params }, { clock }) => readCase(caller, params.caseId, todayOf(clock)),
  recordAttempt: (caller, { params, body }, { clock }) =>
    asRow(clock, recordAttempt(caller, params.caseId, body, clock.now())),
  assign: (caller, { params, body }, { clock }) => asRow(clock, assignCase(caller, params.caseId, body)),
  undo: (caller, { params, body }, { clock }) => asRow(clock, undoLast(caller, params.caseId, body.version)),
  ...VERIFICATION_HANDLERS,
  ...PEOPLE_HANDLERS,
  ...ACT_HANDLERS,
  ...EXCHANGE_HANDLERS,
  ...IDENTITY_HANDLERS,
  formerPupils: async (caller) => ({ pupils: await readFormerPupils(caller) }),
};

/** Ends the session of a sign-out. */
export const afterSignOut = ({ database }: ApiContext, token: string): Promise<void> =>
  endSession(database, token);
