import { RaccrocheError } from '../../kernel/errors.ts';
import { listDemoPeople, openSession } from '../../modules/access/index.ts';
import {
  assignCase,
  readCase,
  readFormerPupils,
  readWorklist,
  recordAttempt,
  undoLast,
} from '../../modules/cases/index.ts';
import { ACCESS_HANDLERS } from './access-handlers.ts';
import { ACT_HANDLERS } from './act-handlers.ts';
import { CASELOAD_HANDLERS } from './caseload-handlers.ts';
import { EXCHANGE_HANDLERS } from './exchange-handlers.ts';
import type { GuardedHandlers, GuardedName, OpenHandlers, OpenName } from './handler-types.ts';
import { IDENTITY_HANDLERS } from './identity-handlers.ts';
import { INDICATOR_HANDLERS } from './indicator-handlers.ts';
import { JOBS_HANDLERS } from './jobs-handlers.ts';
import { describeApi } from './openapi.ts';
import { OPERATIONS_HANDLERS } from './operations-handlers.ts';
import { PEOPLE_HANDLERS } from './people-handlers.ts';
import { PRIVACY_HANDLERS } from './privacy-handlers.ts';
import { REQUEST_HANDLERS } from './request-handlers.ts';
import { asRow, todayOf } from './rows.ts';
import { csrfTokenOf } from './session-cookie.ts';
import { SIGN_IN_HANDLERS } from './session-handlers.ts';
import { VERIFICATION_HANDLERS } from './verification-handlers.ts';
import { WATCH_HANDLERS } from './watch-handlers.ts';

/** Routes that anybody may call. */
export const OPEN_HANDLERS: OpenHandlers<OpenName> = {
  ...OPERATIONS_HANDLERS,
  ...SIGN_IN_HANDLERS,
  openapi: async ({ version, demo }) => describeApi(version, demo),
  demoPeople: async ({ database }) => ({ people: [...(await listDemoPeople(database))] }),
  async demoSignIn({ database }, { body }, browser) {
    // Only those of the demonstration: nobody whom an identity provider knows gets in by a click.
    const people = await listDemoPeople(database);
    if (!people.some(({ personId }) => personId === body.personId))
      throw new RaccrocheError('not_found', 'Cette personne n’est pas de la démonstration.');
    browser.setSession(await openSession(database, body.personId));
    return { signedIn: true };
  },
};

/** Routes that need a permission: `caller` works under it, in one transaction. */
export const GUARDED_HANDLERS: GuardedHandlers<GuardedName> = {
  ...ACCESS_HANDLERS,
  ...WATCH_HANDLERS,
  async me({ transaction, personId, displayName, rights }, _, { token }) {
    const { rows } = await transaction.query<{ platform_id: string; name: string; department: string }>(
      `SELECT platform_id, name, department FROM access.platforms
       WHERE platform_id IN (SELECT access.platforms_for('case.read')) ORDER BY name COLLATE "C", platform_id`,
    );
    const [session] = (
      await transaction.query<{ kind: 'demo' | 'provider'; second_factor: boolean; expires_at: string }>(
        'SELECT kind, second_factor, expires_at FROM access.my_session()',
      )
    ).rows;
    if (!session) throw new Error('the session ended within its own transaction');
    return {
      personId,
      displayName,
      signIn: {
        kind: session.kind,
        secondFactor: session.second_factor,
        expiresAt: session.expires_at,
      },
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
  ...REQUEST_HANDLERS,
  ...CASELOAD_HANDLERS,
  ...INDICATOR_HANDLERS,
  ...IDENTITY_HANDLERS,
  formerPupils: async (caller) => ({ pupils: await readFormerPupils(caller) }),
  ...JOBS_HANDLERS,
  ...PRIVACY_HANDLERS,
};
