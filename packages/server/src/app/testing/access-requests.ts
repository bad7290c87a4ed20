import type { Role, RouteName } from '@raccroche/contract';
import { giftOf, NOTHING } from './access-fixtures.ts';
import { type AccessWorld, type Place, WHO } from './access-world.ts';
import type { Call } from './test-api.ts';
import { day } from './test-day.ts';

type Bodies = Partial<Record<RouteName, object>>;

/** What is known beside the place: another case of it, what waits there (see `BODY_FIXTURES`), and whether it is one's own. */
interface Known extends Readonly<Record<string, string | boolean>> {
  readonly isOwn: boolean;
  readonly other: string;
}
/** Fixtures that bodies name, as a path would. */
export const BODY_FIXTURES = '{referralId}{litige}{decisionId}{noticeId}{questionId}';
const version = 1;

/** Acts on the case of a place, whose first version it is. */
const actsOn = (
  { caseId, platform, siei }: Place,
  { other, referralId = '', litige = '', ...known }: Known,
): Bodies => ({
  recordAttempt: { version, channel: 'phone', outcome: 'no_answer' },
  assign: { version, referent: null },
  undo: { version },
  verify: { version, decision: 'later' },
  setInterview: { version, at: '2099-12-01T09:00:00.000Z', mode: 'on_site' },
  confirmInterview: { version },
  cancelInterview: { version, by: 'platform' },
  reportInterview: { version, held: true },
  propose: { version, solution: 'apprenticeship', structure: 'CFA inventé' },
  noteStructureAnswer: { version, referralId, answer: 'takes' },
  notePersonAnswer: { version, referralId, answer: 'accepts' },
  setCallBack: { version, at: '2025-11-25T09:00:00.000Z' },
  movePathway: { version, to: 'proposed', solution: 'apprenticeship' },
  closeCase: { version, outcome: 'training' },
  declineClosing: { version },
  reopenCase: { version },
  setObligation: { version, to: 'summoned' },
  addNote: { version, text: 'rappeler le matin' },
  markContact: { version, mark: 'verified', kind: 'phone', value: '0321000000' },
  answerOfRepresentative: { version, name: 'personne', refuses: true },
  askReturn: { version, on: '2025-11-18' },
  informPerson: { version, by: 'told' },
  reconfirm: { version },
  postpone: { item: 'call_back', until: '2025-11-25' },
  makeDocument: { version, kind: 'attestation' },
  makeManySummons: { cases: [{ caseId, version }] },
  askSchool: { version },
  mergeCases: { version, into: other, intoVersion: version },
  partCases: { version },
  bulkAssign: { cases: [{ caseId, version }], referent: null },
  bulkVerify: { cases: [{ caseId, version }], decision: 'confirm' },
  answerRequest: { answer: 'declined', reason: 'call_us', version },
  answerForDepartment: { answer: 'declined', reason: 'call_us' },
  openPrivacyRequest: { kind: 'access', caseId, receivedOn: '2025-11-01', identityChecked: true },
  answerAsHead: { caseId, answer: 'no_news' },
  decideInMeeting: { caseId, version, topic: 'stuck', decision: 'postpone' },
  openMeeting: { platform, heldOn: '2025-11-20' },
  changeMeeting: { version, heldOn: '2025-11-20', attendees: [], closed: false },
  undoMeetingDecision: { decisionId: 1 },
  decideLitige: { siei1: siei, siei2: litige, verdict: 'same' },
  withdrawLitigeDecision: { decisionId: Number(known.decisionId) },
  seeCaseNotice: { noticeId: Number(known.noticeId) },
  seeSchoolAnswer: { questionId: known.questionId },
  setCaseload: { platform, recommended: 40, maximum: 60 },
  exportCases: { platform, filter: {}, columns: ['name'], format: 'csv', purpose: 'calls' },
  keepView: { platform, name: 'à moi', search: 'age=true' },
});

/** Of one's own day, of nothing that is somewhere, or of the country. */
const SOMEWHERE_OR_NOT: Bodies = {
  setReception: { hours: [], place: null, phone: null },
  publishFinished: { departments: null },
  takeBack: { reason: 'zones trompées' },
  askOwner: { findingId: 1, wanted: 'access' },
  seeNotices: { upTo: 1 },
  askMore: { kind: 'export', purpose: 'calls' },
  answerQuotaRequest: { more: 0, reason: 'Pas aujourd’hui : la liste est close.' },
  setMemberTerm: { validTo: day(7) },
  addOrganisation: { kind: 'cio', name: 'CIO inventé' },
  endDesignation: { lastDay: day() },
  openSchoolLink: { token: 'ab'.repeat(32) },
  answerSchoolLink: { token: 'ab'.repeat(32), questionId: NOTHING, answer: 'no_news' },
  answerPrivacyRequest: { answer: 'granted' },
  addPartnerSecret: {},
  answerReferral: { answer: 'takes' },
  startCampaign: { name: 'campagne', asOf: '2025-12-15', rules: 'siei-2011', previous: null },
  subscribe: { url: 'https://exemple.test', events: ['case.closed'] },
};

/** What points by the body to a place: its people, its young people, its school, its zone. */
const pointing = (on: AccessWorld, role: Role, place: Place, isOwn: boolean): Bodies => {
  const { platform, siei, familyName, commune, school } = place;
  const somebodyNew = { familyName: 'NOUVEAU', birthDate: '2006-03-04', commune };
  const kindOfGift = giftOf(role, place);
  return {
    demoSignIn: { personId: on.world.ids[place.somebody] },
    handOver: { version, platform: on.world[place.name === 'arras' ? 'lens' : 'arras'] },
    findElsewhere: { familyName, firstName: 'Awa', birthDate: '2005-03-04' },
    findSubject: { familyName, firstName: 'Awa', birthDate: '2005-03-04' },
    signal: {
      origin: role === 'school_head' ? 'school' : 'walk_in',
      firstNames: ['Awa'],
      ...somebodyNew,
      ...(role === 'school_head' ? {} : { platform }),
    },
    partnerSignal: { uai: school, firstNames: ['Awa'], ...somebodyNew },
    reportSituations: { situations: [{ siei, situation: 'accompanied', on: day() }] },
    openElsewhere: { siei, reason: 'moved', statement: 'Vient d’arriver chez sa tante.' },
    setSchoolContact: { uai: school, email: null },
    changeZone: { since: day(1), coming: ['62001'] },
    invite: { email: 'nouvelle@exemple.test', organisationId: on.world.organisation, ...kindOfGift },
    makeReplacement: {
      membershipId: on.world.memberships[isOwn ? WHO[role] : place.somebody],
      substitute: on.world.ids.ines,
      validFrom: day(30),
      validTo: day(37),
    },
    designate: {
      platformId: platform,
      organisationId: on.world.organisation,
      actReference: 'acte',
      signedOn: day(),
      validFrom: day(),
    },
    addPartner: {
      kind: 'mission_locale',
      organisationId: on.world.organisation,
      name: 'i-MILO',
      contact: 'x@exemple.test',
      scopes: ['situation.report'],
      territories: [{ kind: 'platform', id: platform }],
      validFrom: day(),
      validTo: day(7),
    },
  };
};

/** Routes that read what a platform has. */
const OF_A_PLATFORM = [
  'communeCentres',
  'worklist',
  'worklistCounts',
  'colleagues',
  'nextToVerify',
  'myDay',
  'caseNotices',
  'structures',
  'litiges',
  'schoolAnswers',
  'caseRequests',
  'caseloads',
  'meetings',
  'exportTerms',
  'ownViews',
] as const satisfies readonly RouteName[];

type Queries = Partial<Record<RouteName, Record<string, string>>>;
const queriesIn = (on: AccessWorld, role: Role, place: Place, isOwn: boolean): Queries => {
  const { platform, somebody, school } = place;
  const person = on.world.ids[somebody];
  return {
    ...Object.fromEntries(OF_A_PLATFORM.map((of) => [of, { platform }])),
    search: { q: place.familyName.toLowerCase() },
    agenda: { platform, from: '2025-11-24', to: '2025-11-30' },
    freeSlots: { platform, person, from: '2025-11-24', to: '2025-11-30' },
    appointmentConflicts: { platform, person, at: '2025-12-01T09:00:00.000Z' },
    communes: { q: 'lens' },
    members: { kind: 'platform', id: platform },
    pushDelivery: { uai: school, schoolYear: '2025-2026', extractedOn: day() },
    caseGroups: { platform, by: 'commune' },
    substitutes: { membership: on.world.memberships[isOwn ? WHO[role] : somebody] },
    auditPeople: { q: 'nadia' },
  };
};

/** Query and body of a request that points to that place, so that nothing but the right decides. */
export function requestTo(
  on: AccessWorld,
  name: RouteName,
  role: Role,
  place: Place,
  known: Known,
): Pick<Call, 'query' | 'body'> {
  const bodies: Bodies = {
    ...SOMEWHERE_OR_NOT,
    ...actsOn(place, known),
    ...pointing(on, role, place, known.isOwn),
  };
  const body = bodies[name];
  return { query: queriesIn(on, role, place, known.isOwn)[name] ?? {}, ...(body ? { body } : {}) };
}
