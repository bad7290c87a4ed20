import { RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import { listDemoPeople, openSession } from '../../modules/access/index.ts';
import {
  assignCase,
  readCase,
  readFormerPupils,
  readWorklist,
  recordAttempt,
  undoLast,
} from '../../modules/cases/index.ts';
import { readDemoCards } from '../demonstration/demo-cards.ts';
import { ACCESS_HANDLERS } from './access-handlers.ts';
import { ACT_HANDLERS } from './act-handlers.ts';
import { AGENDA_HANDLERS, CALENDAR_HANDLERS } from './agenda-handlers.ts';
import { andTell } from './appointment-acts.ts';
import { AUDIT_HANDLERS } from './audit-handlers.ts';
import { CAMPAIGN_HANDLERS } from './campaign-handlers.ts';
import { CASELOAD_HANDLERS } from './caseload-handlers.ts';
import { DOCUMENT_HANDLERS } from './document-handlers.ts';
import { EXCHANGE_HANDLERS } from './exchange-handlers.ts';
import { EXPORT_HANDLERS } from './export-handlers.ts';
import type { GuardedHandlers, GuardedName, OpenHandlers, OpenName } from './handler-types.ts';
import { IDENTITY_HANDLERS } from './identity-handlers.ts';
import { INDICATOR_HANDLERS } from './indicator-handlers.ts';
import { JOBS_HANDLERS } from './jobs-handlers.ts';
import { MAP_HANDLERS } from './map-handlers.ts';
import { MEETING_HANDLERS } from './meeting-handlers.ts';
import { MESSAGE_HANDLERS } from './message-handlers.ts';
import { NETWORK_HANDLERS } from './network-handlers.ts';
import { describeApi } from './openapi.ts';
import { OPERATIONS_HANDLERS } from './operations-handlers.ts';
import { OAUTH_HANDLERS, PARTNER_HANDLERS } from './partner-handlers.ts';
import { PEOPLE_HANDLERS } from './people-handlers.ts';
import { PRIVACY_HANDLERS } from './privacy-handlers.ts';
import { QUOTA_HANDLERS } from './quota-handlers.ts';
import { REFERRAL_HANDLERS } from './referral-handlers.ts';
import { REQUEST_HANDLERS } from './request-handlers.ts';
import { asRow } from './rows.ts';
import { OPEN_SCHOOL_HANDLERS, SCHOOL_HANDLERS } from './school-handlers.ts';
import { csrfTokenOf } from './session-cookie.ts';
import { SIGN_IN_HANDLERS } from './session-handlers.ts';
import { VERIFICATION_HANDLERS } from './verification-handlers.ts';
import { VIEW_HANDLERS } from './view-handlers.ts';
import { WATCH_HANDLERS } from './watch-handlers.ts';

/** Routes that anybody may call. */
export const OPEN_HANDLERS: OpenHandlers<OpenName> = {
  ...OPERATIONS_HANDLERS,
  ...SIGN_IN_HANDLERS,
  ...OPEN_SCHOOL_HANDLERS,
  ...CALENDAR_HANDLERS,
  ...OAUTH_HANDLERS,
  openapi: async ({ version, demo }) => describeApi(version, demo),
  demoPeople: async ({ database }) => ({ people: await readDemoCards(database) }),
  async resetDemo({ resetDemo }) {
    if (resetDemo === undefined)
      throw new RaccrocheError(
        'not_possible',
        'Cette base n’est pas celle de la démonstration : rien n’y touche.',
      );
    await resetDemo();
    return { reset: true };
  },
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
  ...MESSAGE_HANDLERS,
  ...SCHOOL_HANDLERS,
  ...NETWORK_HANDLERS,
  ...WATCH_HANDLERS,
  ...QUOTA_HANDLERS,
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
  undo: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        undoLast(caller, params.caseId, body.version, clock.now()),
      ),
    ),
  ...VERIFICATION_HANDLERS,
  ...PEOPLE_HANDLERS,
  ...ACT_HANDLERS,
  ...AGENDA_HANDLERS,
  ...REFERRAL_HANDLERS,
  ...EXCHANGE_HANDLERS,
  ...REQUEST_HANDLERS,
  ...CASELOAD_HANDLERS,
  ...INDICATOR_HANDLERS,
  ...IDENTITY_HANDLERS,
  ...MEETING_HANDLERS,
  ...EXPORT_HANDLERS,
  ...VIEW_HANDLERS,
  ...MAP_HANDLERS,
  ...DOCUMENT_HANDLERS,
  formerPupils: async (caller) => ({ pupils: await readFormerPupils(caller) }),
  ...JOBS_HANDLERS,
  ...PRIVACY_HANDLERS,
  ...PARTNER_HANDLERS,
  ...AUDIT_HANDLERS,
  ...CAMPAIGN_HANDLERS,
};
