import { ROLES, type Role } from '@raccroche/contract';
import { type AccessWorld, type Place, WHO } from './access-world.ts';

/** The role that each of those who give some gives, and over what. */
export const giftOf = (role: Role, { platform, department, name }: Place) => {
  if (role === 'national_administration')
    return { role: 'regional_steering', territory: { kind: 'region', id: name === 'lyon' ? '84' : '32' } };
  if (role === 'department_coordinator' || role === 'co_leader')
    return { role: 'caseworker', territory: { kind: 'platform', id: platform } };
  return role === 'regional_steering'
    ? { role: 'department_coordinator', territory: { kind: 'department', id: department } }
    : { role: 'caseworker', territory: { kind: 'platform', id: platform } };
};

/** Secret of the calendar of whoever works there. */
const feedOf = ({ name }: Place) => Buffer.from(name).toString('hex').padEnd(64, '0');
/** An identifier of nothing. */
export const NOTHING = 'a3bb189e-8bf9-3888-9912-ace4e6543002';

const LITIGE = `INSERT INTO cases.litiges (siei_1, siei_2, reasons, publication_id)
  SELECT $1, $2, '{look_alike}', publication_id FROM lists.publications ON CONFLICT DO NOTHING RETURNING siei_1`;

type Making = (on: AccessWorld, role: Role, place: Place, isOwn: boolean) => Promise<string>;

const rightOf = (on: AccessWorld, role: Role, place: Place) => {
  const { role: given, territory } = giftOf(role, place);
  return [on.world.organisation, given, territory.kind, territory.id];
};

/** What may be there to be asked about, by the parameter that names it. */
const MAKINGS: Readonly<Record<string, Making>> = {
  caseId: async (_on, _role, { caseId }) => caseId,
  platformId: async (_on, _role, { platform }) => platform,
  department: async (_on, _role, { department }) => department,
  token: async (on, _role, place) => {
    await on.made(
      `INSERT INTO cases.calendar_feeds (person_id, token_hash) VALUES ($1, sha256($2::BYTEA))
       ON CONFLICT (person_id) DO NOTHING RETURNING person_id`,
      [on.world.ids[place.somebody], Buffer.from(feedOf(place))],
    );
    return `${feedOf(place)}.ics`;
  },
  name: async () => 'campagne',
  publicationId: async () => '1',
  runId: async () => NOTHING,
  jobId: async () => NOTHING,
  webhookId: async () => NOTHING,
  membershipId: (on, role, place) =>
    on.made(
      `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
       VALUES ($1, $2, $3, $4, $5, current_date) RETURNING membership_id`,
      [on.world.ids.ines, ...rightOf(on, role, place)],
    ),
  invitationId: (on, role, place) =>
    on.made(
      `INSERT INTO access.invitations (token_hash, email, organisation_id, role, territory_kind, territory_id, invited_by, expires_at)
       VALUES (uuid_send(gen_random_uuid()), 'x@exemple.test', $1, $2, $3, $4, $5, now() + INTERVAL '1 day') RETURNING invitation_id`,
      [...rightOf(on, role, place), on.world.ids.anne],
    ),
  replacementId: (on, role, place, isOwn) =>
    on.made(
      `INSERT INTO access.replacements (membership_id, substitute, valid_from, valid_to, made_by)
       VALUES ($1, $2, current_date + 90, current_date + 91, $3) RETURNING replacement_id`,
      [on.world.memberships[isOwn ? WHO[role] : place.somebody], on.world.ids.ines, on.world.ids.ines],
    ),
  designationId: (on, _role, { platform }) =>
    on.made(
      `WITH somebody AS (INSERT INTO access.organisations (kind, name) VALUES ('cio', 'CIO') RETURNING organisation_id)
       INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from)
       SELECT $1, organisation_id, 'region', 'acte', current_date, current_date FROM somebody RETURNING designation_id`,
      [platform],
    ),
  askedId: (on, _role, { caseId }) =>
    on.made(
      `INSERT INTO cases.requests (case_id, asked_by, wanted, expires_on) VALUES ($1, $2, 'access', current_date + 1)
       ON CONFLICT (case_id, asked_by, wanted) WHERE answer IS NULL DO UPDATE SET expires_on = current_date + 1
       RETURNING request_id`,
      [caseId, on.world.ids.jules],
    ),
  quotaRequestId: (on, _role, { somebody }) =>
    on.made(
      `INSERT INTO access.quota_requests (person_id, day, kind, purpose) VALUES ($1, access.today(), 'listing', 'calls')
       ON CONFLICT (person_id, day, kind) WHERE answered_at IS NULL DO UPDATE SET purpose = 'calls' RETURNING quota_request_id`,
      [on.world.ids[somebody]],
    ),
  meetingId: (on, _role, { platform }) =>
    on.made(
      `INSERT INTO cases.meetings (platform_id, held_on, opened_by, closed_at, closed_by)
       VALUES ($1, current_date, $2, now(), $2) RETURNING meeting_id`,
      [platform, on.world.ids.paul],
    ),
  viewId: (on, role, { platform, somebody }, isOwn) =>
    on.made(
      `INSERT INTO cases.own_views (person_id, platform_id, name, search)
       VALUES ($1, $2, gen_random_uuid()::TEXT, '') RETURNING view_id`,
      [on.world.ids[isOwn ? WHO[role] : somebody], platform],
    ),
  referralId: (on, _role, { caseId, somebody }) =>
    on.made(
      `INSERT INTO cases.referrals (case_id, case_version, solution, structure, organisation_id, proposed_by)
       VALUES ($1, 1, 'apprenticeship', 'CFA inventé', $2, $3)
       ON CONFLICT (case_id, case_version) DO UPDATE SET structure = 'CFA inventé' RETURNING referral_id`,
      [caseId, on.world.organisation, on.world.ids[somebody]],
    ),
  noticeId: (on, _role, { caseId, platform }) =>
    on.made(
      `INSERT INTO cases.notices (case_id, platform_id, kind, asked_by) VALUES ($1, $2, 'found', $3) RETURNING notice_id`,
      [caseId, platform, on.world.ids.jules],
    ),
  questionId: (on, _role, { caseId, school, somebody }) =>
    on.made(
      `INSERT INTO contacts.school_questions (case_id, case_version, uai, asked_by, answer, answered_at, answered_by)
       VALUES ($1, 1, $2, $3, 'no_news', now(), $3) RETURNING question_id`,
      [caseId, school, on.world.ids[somebody]],
    ),
  // Two that look alike, of whom nobody has decided; and two of whom somebody has.
  litige: async (on, _role, { siei }) => {
    const other = `${siei.slice(0, 9)}9AA`;
    await on.made(LITIGE, [siei, other]);
    return other;
  },
  decisionId: async (on, role, { siei, somebody }, isOwn) => {
    const other = `${siei.slice(0, 9)}${'ABCDEFGH'[ROLES.indexOf(role)]}AA`;
    await on.made(LITIGE, [siei, other]);
    return on.made(
      `INSERT INTO cases.litige_decisions (siei_1, siei_2, verdict, decided_by, decided_on, role)
       VALUES ($1, $2, 'same', $3, current_date, 'conseillère') RETURNING decision_id`,
      [siei, other, on.world.ids[isOwn ? WHO[role] : somebody]],
    );
  },
  requestId: (on, _role, { caseId }) =>
    on.made(
      `INSERT INTO privacy.requests (kind, case_id, received_on, recorded_by)
       VALUES ('access', $1, '2025-11-01', $2) RETURNING request_id`,
      [caseId, on.world.ids.david],
    ),
  partnerId: (on, _role, { platform }) =>
    on.made(
      `WITH somebody AS (
         INSERT INTO access.people (person_id, display_name, email, issuer, subject)
         SELECT id, 'i-MILO', 'x@exemple.test', 'partner', id::TEXT FROM gen_random_uuid() AS id RETURNING person_id
       ), partner AS (
         INSERT INTO access.partners (partner_id, organisation_id, kind, scopes, valid_from, valid_to, made_by)
         SELECT person_id, $1, 'mission_locale', '{situation.report}', current_date, current_date, $2 FROM somebody
         RETURNING partner_id
       ), territory AS (
         INSERT INTO access.partner_territories SELECT partner_id, 'platform', $3 FROM partner RETURNING partner_id
       ) SELECT partner_id FROM territory`,
      [on.world.organisation, on.world.ids.diane, platform],
    ),
};

/** What belongs to the system of a partner. */
const OF_PARTNER: Readonly<Record<string, (on: AccessWorld, partner: string) => Promise<string>>> = {
  secretId: (on, partner) =>
    on.made(
      `INSERT INTO access.partner_secrets (partner_id, prefix, secret_hash, made_by)
       VALUES ($1, 'rcs_', uuid_send(gen_random_uuid()), $2) RETURNING secret_id`,
      [partner, on.world.ids.diane],
    ),
  messageId: (on, partner) =>
    on.made(
      `WITH webhook AS (INSERT INTO partners.webhooks (partner_id, url, events, kinds)
         VALUES ($1, 'https://exemple.test', '{case.closed}', '{closed}') RETURNING webhook_id)
       INSERT INTO partners.messages (webhook_id, kind, next_try_at) SELECT webhook_id, 'ping', NULL FROM webhook
       RETURNING message_id`,
      [partner],
    ),
};

/** Parameters of a path that name something of that place. Made once: no request changes it. */
export function fixturesIn(on: AccessWorld) {
  const kept = new Map<string, Promise<string>>();
  const once = (key: string, make: () => Promise<string>) => {
    const there = kept.get(key) ?? make();
    kept.set(key, there);
    return there;
  };
  return async (path: string, role: Role, place: Place, isOwn: boolean): Promise<Record<string, string>> => {
    const params: Record<string, string> = {};
    for (const [, key = ''] of path.matchAll(/\{(\w+)\}/g)) {
      const name = `${key} ${role} ${place.name}`;
      const ofPartner = OF_PARTNER[key];
      const make = MAKINGS[key];
      if (ofPartner && params.partnerId !== undefined) {
        const { partnerId } = params;
        params[key] = await once(name, () => ofPartner(on, partnerId));
      } else params[key] = make ? await once(name, () => make(on, role, place, isOwn)) : NOTHING;
    }
    return params;
  };
}
