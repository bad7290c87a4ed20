import { readFileSync } from 'node:fs';
import { ROLES, ROUTES, type Role, type RouteDefinition, type RouteName } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/postgres/database.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { type Call, call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { LILLE_COMMUNE, SCHOOL, type Somebody, type TestWorld } from '../testing/test-world.ts';

/** The committed page is what is expected: the calls below are what is. */
const PAGE = readFileSync(new URL('../../../../../docs/acces.md', import.meta.url), 'utf8');
const EXPECTED: ReadonlyMap<string, readonly boolean[]> = new Map(
  PAGE.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`(GET|POST) /.test(cells[2] ?? ''))
    .map((cells) => [cells[1]?.replaceAll('`', '') ?? '', cells.slice(4, -1).map((cell) => cell === 'oui')]),
);

/** One person a role; all but the school, the steering and the control belong to Lens or the Pas-de-Calais. */
const WHO: Readonly<Record<Role, Somebody>> = {
  caseworker: 'nadia',
  co_leader: 'paul',
  department_coordinator: 'diane',
  school_head: 'hugo',
  provider: 'olga',
  regional_steering: 'rene',
  national_administration: 'anne',
  data_protection: 'david',
};

let database: Database;
let world: TestWorld;
let server: TestApi;
let published: OpenedWorld;
const cases = { own: '', other: '' };
const referrals = { own: '', other: '' };
let requestId = '';
beforeAll(async () => {
  const elsewhere = people(1, 1).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
  published = await openPublishedWorld([...people(1), ...elsewhere]);
  ({ database, world } = published);
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string; platform_id: string }>(
      'SELECT case_id, platform_id FROM cases.cases',
    ),
  );
  await database.transaction({}, (transaction) =>
    transaction.query(
      `INSERT INTO cases.litiges (siei_1, siei_2, reasons, publication_id)
       SELECT 'TEST000000AA', 'TEST000001AA', '{look_alike}', publication_id FROM lists.publications`,
    ),
  );
  await database.transaction({}, (transaction) =>
    transaction.query(
      'INSERT INTO cases.calendar_feeds (person_id, token_hash) VALUES ($1, sha256($2::BYTEA))',
      [world.ids.jules, Buffer.from(FEED)],
    ),
  );
  cases.own = rows.find(({ platform_id }) => platform_id === world.lens)?.case_id ?? '';
  cases.other = rows.find(({ platform_id }) => platform_id === world.lille)?.case_id ?? '';
  referrals.own = await made(REFERRAL, [cases.own, world.organisation, world.ids.nadia]);
  referrals.other = await made(REFERRAL, [cases.other, world.organisation, world.ids.lea]);
  server = createTestApi(database);
  const opened = await call(server.api, 'openPrivacyRequest', {
    token: world.tokens.david,
    ...(await given('openPrivacyRequest', 'data_protection')),
  });
  requestId = String(opened.body.requestId);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const NAMES = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'signOut');
/** Routes that read what a platform has. */
const OF_A_PLATFORM = [
  'communeCentres',
  'worklist',
  'worklistCounts',
  'colleagues',
  'nextToVerify',
  'myDay',
  'colleagues',
  'caseNotices',
  'structures',
  'litiges',
  'schoolAnswers',
  'caseRequests',
  'caseloads',
  'meetings',
  'exportTerms',
  'ownViews',
] as const;
const [DAY, SOON] = [day(), day(7)];

/** The role that each of those who give some gives here, and over what. */
const giftOf = (role: Role, platform: string) => {
  const over = { kind: 'platform', id: platform };
  if (role === 'national_administration')
    return { role: 'regional_steering', territory: { kind: 'region', id: '32' } };
  return { role: role === 'regional_steering' ? 'co_leader' : 'caseworker', territory: over };
};

const FEED = 'a'.repeat(64);
/** Version 1 of a case has an event: the publication's. */
const REFERRAL = `INSERT INTO cases.referrals (case_id, case_version, solution, structure, organisation_id, proposed_by)
  VALUES ($1, 1, 'apprenticeship', 'CFA inventé', $2, $3) RETURNING referral_id`;

async function made(sql: string, parameters: readonly unknown[], from = ''): Promise<string> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ id: string }>(`${sql} AS id${from}`, parameters),
  );
  return rows[0]?.id ?? '';
}

const NOTHING = {
  secretId: 'a3bb189e-8bf9-3888-9912-ace4e6543002',
  messageId: 'a3bb189e-8bf9-3888-9912-ace4e6543002',
  webhookId: 'a3bb189e-8bf9-3888-9912-ace4e6543002',
};

/** A system of a mission locale over a platform, with a secret, and a message that was given up. */
async function partnerOver(platform: string) {
  const system = await made(
    `WITH somebody AS (
       INSERT INTO access.people (person_id, display_name, email, issuer, subject)
       SELECT id, 'i-MILO', 'x@exemple.test', 'partner', id::TEXT FROM gen_random_uuid() AS id RETURNING person_id
     ), partner AS (
       INSERT INTO access.partners (partner_id, organisation_id, kind, scopes, valid_from, valid_to, made_by)
       SELECT person_id, $1, 'mission_locale', '{situation.report}', current_date, current_date, $2 FROM somebody
       RETURNING partner_id
     ), territory AS (
       INSERT INTO access.partner_territories SELECT partner_id, 'platform', $3 FROM partner RETURNING partner_id
     ) SELECT partner_id`,
    [world.organisation, world.ids.diane, platform],
    ' FROM territory',
  );
  const secretId = await made(
    `INSERT INTO access.partner_secrets (partner_id, prefix, secret_hash, made_by)
     VALUES ($1, 'rcs_', uuid_send(gen_random_uuid()), $2) RETURNING secret_id`,
    [system, world.ids.diane],
  );
  const messageId = await made(
    `WITH webhook AS (INSERT INTO partners.webhooks (partner_id, url, events, kinds)
       VALUES ($1, 'https://exemple.test', '{case.closed}', '{closed}') RETURNING webhook_id)
     INSERT INTO partners.messages (webhook_id, kind, next_try_at) SELECT webhook_id, 'ping', NULL FROM webhook RETURNING message_id`,
    [system],
  );
  return { partnerId: system, secretId, messageId };
}

/** Something of its own to change at each call, on one's own territory or at the other end of the country. */
async function paramsOf(path: string, role: Role, isOwn: boolean): Promise<Record<string, string>> {
  const platform = isOwn ? world.lens : world.lyon;
  const gift = giftOf(role, platform);
  const right = [world.organisation, gift.role, gift.territory.kind, gift.territory.id];
  if (path.includes('{caseId}')) return { caseId: isOwn ? cases.own : cases.other };
  if (path.includes('{platformId}')) return { platformId: platform };
  if (path.includes('{membershipId}'))
    return {
      membershipId: await made(
        `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
         VALUES ($1, $2, $3, $4, $5, current_date) RETURNING membership_id`,
        [world.ids.jules, ...right],
      ),
    };
  if (path.includes('{invitationId}'))
    return {
      invitationId: await made(
        `INSERT INTO access.invitations (token_hash, email, organisation_id, role, territory_kind, territory_id, invited_by, expires_at)
         VALUES (uuid_send(gen_random_uuid()), 'x@exemple.test', $1, $2, $3, $4, $5, now() + INTERVAL '1 day') RETURNING invitation_id`,
        [...right, world.ids.anne],
      ),
    };
  if (path.includes('{replacementId}'))
    return {
      replacementId: await made(
        `INSERT INTO access.replacements (membership_id, substitute, valid_from, valid_to, made_by)
         VALUES ($1, $2, current_date, current_date, $3) RETURNING replacement_id`,
        [world.memberships[isOwn ? WHO[role] : 'jules'], world.ids.lea, world.ids.jules],
      ),
    };
  if (path.includes('{designationId}'))
    return {
      designationId: await made(
        `WITH somebody AS (INSERT INTO access.organisations (kind, name) VALUES ('cio', 'CIO') RETURNING organisation_id)
         INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from)
         SELECT $1, organisation_id, 'region', 'acte', current_date, current_date FROM somebody RETURNING designation_id`,
        [platform],
      ),
    };
  if (path.includes('{askedId}'))
    return {
      askedId: await made(
        `INSERT INTO cases.requests (case_id, asked_by, wanted, expires_on, answer, answered_at)
         VALUES ($1, $2, 'access', current_date + 1, NULL, NULL) ON CONFLICT (case_id, asked_by, wanted) WHERE answer IS NULL
         DO UPDATE SET expires_on = current_date + 1 RETURNING request_id`,
        [isOwn ? cases.own : cases.other, world.ids.jules],
      ),
    };
  if (path.includes('{quotaRequestId}'))
    return {
      quotaRequestId: await made(
        `INSERT INTO access.quota_requests (person_id, day, kind, purpose) VALUES ($1, access.today(), 'listing', 'calls')
         ON CONFLICT (person_id, day, kind) WHERE answered_at IS NULL DO UPDATE SET purpose = 'calls' RETURNING quota_request_id`,
        // Not jules nor lea, whom other routes have given rights here.
        [world.ids[isOwn ? 'nadia' : 'amine']],
      ),
    };
  if (path.includes('{partnerId}')) return { ...NOTHING, ...(await partnerOver(platform)) };
  if (path.includes('{webhookId}')) return NOTHING;
  if (path.includes('{meetingId}'))
    return {
      meetingId: await made(
        `INSERT INTO cases.meetings (platform_id, held_on, opened_by, closed_at, closed_by)
         VALUES ($1, current_date, $2, now(), $2) RETURNING meeting_id`,
        [platform, world.ids.paul],
      ),
    };
  if (path.includes('{viewId}'))
    return {
      viewId: await made(
        `INSERT INTO cases.own_views (person_id, platform_id, name, search)
         VALUES ($1, $2, gen_random_uuid()::TEXT, '') RETURNING view_id`,
        [world.ids[isOwn ? WHO[role] : 'jules'], platform],
      ),
    };
  if (path.includes('{department}')) return { department: isOwn ? '62' : '69' };
  if (path.includes('{runId}')) return { runId: cases.own };
  if (path.includes('{publicationId}')) return { publicationId: '1' };
  if (path.includes('{name}')) return { name: 'campagne' };
  if (path.includes('{jobId}')) return { jobId: cases.own };
  if (path.includes('{requestId}')) return { requestId };
  if (path.includes('{referralId}')) return { referralId: isOwn ? referrals.own : referrals.other };
  if (path.includes('{token}')) return { token: `${isOwn ? FEED : 'b'.repeat(64)}.ics` };
  return {};
}

/** What a route is called with, so that nothing but the right decides. */
async function given(name: RouteName, role: Role, isOwn = true): Promise<Call> {
  const version = 1;
  const bodies: Partial<Record<RouteName, object>> = {
    demoSignIn: { personId: world.ids.nadia },
    recordAttempt: { version, channel: 'phone', outcome: 'no_answer' },
    assign: { version, referent: null },
    undo: { version },
    verify: { version, decision: 'later' },
    setInterview: { version, at: '2025-12-01T09:00:00.000Z', mode: 'on_site' },
    confirmInterview: { version },
    cancelInterview: { version, by: 'platform' },
    setReception: { hours: [], place: null, phone: null },
    propose: { version, solution: 'apprenticeship', structure: 'CFA inventé' },
    noteStructureAnswer: { version, referralId: referrals.own, answer: 'takes' },
    notePersonAnswer: { version, referralId: referrals.own, answer: 'accepts' },
    answerReferral: { answer: 'takes' },
    reportInterview: { version, held: true },
    setCallBack: { version, at: null },
    movePathway: { version, to: 'proposed', solution: 'apprenticeship' },
    closeCase: { version, outcome: 'training' },
    declineClosing: { version },
    reopenCase: { version },
    setObligation: { version, to: 'summoned' },
    addNote: { version, text: 'rappeler le matin' },
    markContact: { version, mark: 'verified', kind: 'phone', value: '0321000000' },
    publishFinished: { departments: null },
    takeBack: { reason: 'zones trompées' },
    answerOfRepresentative: { version, name: 'personne', refuses: true },
    askReturn: { version, on: '2025-11-18' },
    informPerson: { version, by: 'told' },
    reconfirm: { version },
    findElsewhere: { familyName: 'NOM', firstName: 'Awa', birthDate: '2005-03-04' },
    askOwner: { findingId: 1, wanted: 'access' },
    signal: {
      origin: 'school',
      familyName: 'NOUVEAU',
      firstNames: ['Awa'],
      birthDate: '2006-03-04',
      commune: '62498',
    },
    seeCaseNotice: { noticeId: 1 },
    seeNotices: { upTo: 1 },
    setCaseload: { platform: world.lens, recommended: 40, maximum: 60 },
    answerRequest: { answer: 'declined', reason: 'call_us', version },
    bulkAssign: { cases: [{ caseId: cases.own, version }], referent: null },
    bulkVerify: { cases: [{ caseId: cases.own, version }], decision: 'confirm' },
    decideLitige: { siei1: 'TEST000000AA', siei2: 'TEST000001AA', verdict: 'same' },
    openMeeting: { platform: world.lens, heldOn: '2025-11-20' },
    changeMeeting: { version: 1, heldOn: '2025-11-20', attendees: [], closed: false },
    decideInMeeting: { caseId: cases.own, version: 99, topic: 'stuck', decision: 'postpone' },
    undoMeetingDecision: { decisionId: 1 },
    withdrawLitigeDecision: { decisionId: 1 },
    mergeCases: { version, into: cases.own, intoVersion: version },
    partCases: { version },
    handOver: { version: 99, platform: world.arras },
    exportCases: { platform: world.lens, filter: {}, columns: ['name'], format: 'csv', purpose: 'calls' },
    makeDocument: { version, kind: 'attestation' },
    makeManySummons: { cases: [{ caseId: cases.own, version }] },
    keepView: { platform: world.lens, name: 'à moi', search: 'age=true' },
    askMore: { kind: 'export', purpose: 'calls' },
    answerQuotaRequest: { more: 0, reason: 'Pas aujourd’hui : la liste est close.' },
    postpone: { item: 'call_back', until: '2025-11-25' },
    invite: {
      email: 'nouvelle@exemple.test',
      organisationId: world.organisation,
      ...giftOf(role, world.lens),
    },
    setMemberTerm: { validTo: SOON },
    makeReplacement: {
      membershipId: world.memberships[WHO[role]],
      substitute: world.ids.lea,
      validFrom: DAY,
      validTo: SOON,
    },
    addOrganisation: { kind: 'cio', name: 'CIO inventé' },
    designate: {
      platformId: world.lens,
      organisationId: world.organisation,
      actReference: 'acte',
      signedOn: DAY,
      validFrom: DAY,
    },
    endDesignation: { lastDay: DAY },
    openElsewhere: { siei: 'TEST000000AA', reason: 'moved', statement: 'Vient d’arriver chez sa tante.' },
    changeZone: { since: DAY, coming: ['62001'] },
    findSubject: { familyName: 'NOM000000', firstName: 'Awa', birthDate: '2005-03-04' },
    openPrivacyRequest: {
      kind: 'access',
      caseId: cases.own,
      receivedOn: '2025-11-01',
      identityChecked: true,
    },
    askSchool: { version },
    seeSchoolAnswer: { questionId: cases.own },
    openSchoolLink: { token: 'ab'.repeat(32) },
    answerSchoolLink: { token: 'ab'.repeat(32), questionId: cases.own, answer: 'no_news' },
    answerAsHead: { caseId: cases.own, answer: 'no_news' },
    setSchoolContact: { uai: SCHOOL, email: null },
    answerPrivacyRequest: { answer: 'granted' },
    addPartner: {
      kind: 'mission_locale',
      organisationId: world.organisation,
      name: 'i-MILO',
      contact: 'x@exemple.test',
      scopes: ['situation.report'],
      territories: [{ kind: 'platform', id: world.lens }],
      validFrom: DAY,
      validTo: SOON,
    },
    addPartnerSecret: {},
    reportSituations: { situations: [{ siei: 'TEST000000AA', situation: 'accompanied', on: DAY }] },
    partnerSignal: {
      uai: '0620001A',
      familyName: 'NOUVEAU',
      firstNames: ['Awa'],
      birthDate: '2006-03-04',
      commune: '62498',
    },
    subscribe: { url: 'https://exemple.test', events: ['case.closed'] },
    startCampaign: { name: 'campagne', asOf: '2025-12-15', rules: 'siei-2011', previous: null },
  };
  const queries: Partial<Record<RouteName, Record<string, string>>> = {
    ...Object.fromEntries(OF_A_PLATFORM.map((of) => [of, { platform: world.lens }])),
    search: { q: 'awa' },
    agenda: { platform: world.lens, from: '2025-11-24', to: '2025-11-30' },
    freeSlots: { platform: world.lens, person: world.ids.nadia, from: '2025-11-24', to: '2025-11-30' },
    appointmentConflicts: { platform: world.lens, person: world.ids.nadia, at: '2025-12-01T09:00:00.000Z' },
    communes: { q: 'lens' },
    members: { kind: 'platform', id: world.lens },
    pushDelivery: { uai: '0620001A', schoolYear: '2025-2026', extractedOn: DAY },
    caseGroups: { platform: world.lens, by: 'commune' },
    substitutes: { membership: world.memberships[WHO[role]] },
    auditPeople: { q: 'nadia' },
  };
  const { path }: RouteDefinition = ROUTES[name];
  const body = bodies[name];
  return {
    params: await paramsOf(path, role, isOwn),
    query: queries[name] ?? {},
    ...(body ? { body } : {}),
  };
}

/** Those whose territory is the country: nothing is elsewhere. */
const EVERYWHERE: readonly Role[] = ['national_administration', 'data_protection'];

test('the page tells every route, and every role', () => {
  expect([...EXPECTED.keys()]).toEqual(Object.keys(ROUTES));
  expect([...EXPECTED.values()].every((row) => row.length === ROLES.length)).toBe(true);
});

describe.each(NAMES)('%s', (name) => {
  test.each(ROLES)('%s, on their own territory', async (role) => {
    const { status } = await call(server.api, name, {
      token: world.tokens[WHO[role]],
      ...(await given(name, role)),
    });
    expect(status).not.toBe(500);
    expect(status !== 403 && status !== 401 && status !== 404).toBe(
      EXPECTED.get(name)?.[ROLES.indexOf(role)],
    );
  });

  const route: RouteDefinition = ROUTES[name];
  if (!route.params || route.system) return;
  test.each(ROLES)('%s, on another territory: refused or not there', async (role) => {
    const isAllowed = EXPECTED.get(name)?.[ROLES.indexOf(role)];
    if (isAllowed && EVERYWHERE.includes(role)) return;
    const { status } = await call(server.api, name, {
      token: world.tokens[WHO[role]],
      ...(await given(name, role, false)),
    });
    expect(status).toBe(isAllowed ? 404 : 403);
  });
});

test('who works on a platform is told to its own people alone', async () => {
  const ask = async (platform: string) =>
    (await call(server.api, 'colleagues', { token: world.tokens.nadia, query: { platform } })).body
      .colleagues;
  expect(JSON.stringify(await ask(world.lens))).toContain(world.ids.nadia);
  expect(await ask(world.lille)).toEqual([]);
});

test('without a session, nothing that is not open', async () => {
  for (const name of NAMES) {
    const { access }: RouteDefinition = ROUTES[name];
    const { status } = await call(server.api, name, await given(name, 'co_leader'));
    const isOpen = access === 'public' || access === 'demo';
    // An open route may still want more than nothing: a form, an answer of the provider.
    expect({ name, refused: status === 401 }).toEqual({ name, refused: !isOpen });
    expect({ name, forbidden: status === 403 || status === 404 }).toEqual({ name, forbidden: false });
  }
});

test('nobody whose right or designation has ended gets past the door of any route', async () => {
  for (const who of ['karim', 'sonia'] as const)
    for (const name of NAMES) {
      const { access, system }: RouteDefinition = ROUTES[name];
      if (access === 'public' || access === 'demo' || system) continue;
      const { status } = await call(server.api, name, {
        token: world.tokens[who],
        ...(await given(name, 'co_leader')),
      });
      expect({ who, name, status }).toEqual({ who, name, status: 403 });
    }
});
