import { readFileSync } from 'node:fs';
import { ROLES, ROUTES, type Role, type RouteDefinition, type RouteName } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixturesIn, NOTHING } from '../testing/access-fixtures.ts';
import { BODY_FIXTURES, requestTo } from '../testing/access-requests.ts';
import { type AccessWorld, openAccessWorld, type Place, WHO } from '../testing/access-world.ts';
import { type Call, call } from '../testing/test-api.ts';

/** The committed page is what is expected: the calls below are what is. A cell has a word for each of three places. */
const PAGE = readFileSync(new URL('../../../../../docs/acces.md', import.meta.url), 'utf8');
const EXPECTED: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  PAGE.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`(GET|POST) /.test(cells[2] ?? ''))
    .map((cells) => [cells[1]?.replaceAll('`', '') ?? '', cells.slice(4, -1).map(wordsOf)]),
);
function wordsOf(cell: string): readonly string[] {
  const words = cell.split(' / ');
  return words.length === 1 ? [cell, cell, cell] : words;
}

/**
 * Where the right is there and the world of this file has nothing to do it on: how it is told then. Everywhere else a request
 * that is allowed ends in 2xx.
 */
const TOLD_INSTEAD: Partial<Record<RouteName, string>> = {
  // Of what is set up around: no provider, no demonstration, no campaigns.
  resetDemo: 'not_possible',
  signIn: 'not_ready',
  signInCallback: 'not_ready',
  backChannelLogout: 'bad_request',
  frontChannelLogout: 'bad_request',
  signedOut: '302',
  renewSession: 'not_possible',
  oauthToken: '400',
  answerSchoolLink: 'not_possible',
  startCampaign: 'not_possible',
  cancelCampaign: 'not_possible',
  resumeCampaign: 'not_possible',
  sampleCampaign: 'not_possible',
  campaignLists: 'not_possible',
  publishFinished: 'not_possible',
  retryJob: 'not_possible',
  // Of the case, to which nothing has happened yet.
  undo: 'not_possible',
  confirmInterview: 'not_possible',
  cancelInterview: 'not_possible',
  movePathway: 'not_possible',
  propose: 'not_possible',
  notePersonAnswer: 'not_possible',
  declineClosing: 'not_possible',
  // Of a case that a platform follows, as all are here.
  answerForDepartment: 'refused',
  reopenCase: 'not_possible',
  setObligation: 'not_possible',
  answerOfRepresentative: 'not_possible',
  schoolLetter: 'not_possible',
  partCases: 'not_possible',
  makeDocument: 'not_possible',
  decideInMeeting: 'not_possible',
  undoMeetingDecision: 'not_possible',
  liftRestriction: 'not_possible',
};
/** A refusal that is told otherwise than by 403 or 404, to who has the right. */
const REFUSED_AS: Partial<Record<RouteName, string>> = { answerAsHead: 'not_possible' };
/** An answer without anybody, that is no 2xx. */
const NOBODY_AS: Partial<Record<RouteName, string>> = { exportCases: 'not_possible' };

let on: AccessWorld;
let paramsOf: ReturnType<typeof fixturesIn>;
let other = '';
const nobodyElse = new Map<string, readonly string[]>();
const NAMES = Object.keys(ROUTES) as RouteName[];
beforeAll(async () => {
  on = await openAccessWorld();
  paramsOf = fixturesIn(on);
  other = await on.made("SELECT case_id FROM cases.cases WHERE siei = 'LENSX00001AA'", []);
  // All that may be named is there before anything is asked.
  for (const role of ROLES) {
    for (const place of on.placesOf(role)) {
      const { people: _, ...named } = await namedIn(role, place);
      const marks = [...(nobodyElse.get(place.name) ?? []), ...named.things, place.siei, place.familyName];
      nobodyElse.set(place.name, marks);
    }
  }
});
afterAll(() => on.close());

const isOwn = (role: Role, place: Place) => place === on.placesOf(role)[0];
const pathOf = (name: RouteName) => (ROUTES[name] satisfies RouteDefinition).path;
const EVERYTHING = NAMES.map(pathOf).join('') + BODY_FIXTURES;

/** Identifiers of what is in a place, made for a role: cases, rights, meetings, answers; and of who works there. */
async function namedIn(role: Role, place: Place) {
  const all = await paramsOf(EVERYTHING, role, place, isOwn(role, place));
  const isThing = (one: string) =>
    /^[0-9a-f]{8}-|\.ics$/.test(one) && one !== place.platform && one !== NOTHING;
  const { somebody, platform } = place;
  return {
    things: Object.values(all).filter(isThing),
    people: [on.world.ids[somebody], on.world.memberships[somebody], platform],
  };
}

async function given(name: RouteName, role: Role, place: Place): Promise<Call> {
  const own = isOwn(role, place);
  const known = { isOwn: own, other, ...(await paramsOf(BODY_FIXTURES, role, place, own)) };
  const params = await paramsOf(pathOf(name), role, place, own);
  return { params, ...requestTo(on, name, role, place, known) };
}

/** The same text of a place that does not exist. */
async function ofNowhere(text: string, role: Role, place: Place): Promise<string> {
  const { things, people } = await namedIn(role, place);
  return [...things, ...people]
    .reduce((told, id, index) => {
      const none = id.endsWith('.ics')
        ? `${'f'.repeat(64)}.ics`
        : `00000000-0000-4000-8000-${1000 + index}00000000`;
      return told.replaceAll(id, none);
    }, text)
    .replaceAll(place.siei.slice(0, 9), 'NULLE0000')
    .replaceAll(place.familyName, 'NOMDENULLE')
    .replaceAll(place.familyName.toLowerCase(), 'nomdenulle')
    .replaceAll(place.school, '0999999Z')
    .replaceAll(/"(decisionId|noticeId)":\d+/g, '"$1":999999999')
    .replaceAll(`"department":"${place.department}"`, '"department":"00"');
}

const toNowhere = async (request: Call, role: Role, place: Place) =>
  JSON.parse(await ofNowhere(JSON.stringify(request), role, place)) as Call;

interface Answer {
  readonly word: string;
  readonly text: string;
}
async function ask(name: RouteName, role: Role, request: Call): Promise<Answer> {
  const { status, body } = await call(on.api, name, { token: on.world.tokens[WHO[role]], ...request });
  const text = JSON.stringify({ ...body, reference: undefined });
  if (status >= 200 && status < 300) return { word: '2xx', text };
  const isRefused = status === 401 || status === 403 || status === 404;
  return { word: isRefused ? 'refused' : String(body.code ?? status), text };
}

/** What a word of the page has to be answered by. */
function answerTo(name: RouteName, word: string, isHeld: boolean): string {
  if (word === 'non') return (isHeld ? REFUSED_AS[name] : undefined) ?? 'refused';
  const done = TOLD_INSTEAD[name] ?? '2xx';
  return word === 'rien' ? (NOBODY_AS[name] ?? done) : done;
}

/** Those who see no name at all. */
const NAMELESS: readonly Role[] = ['provider', 'regional_steering', 'national_administration'];
/** What must not be in an answer to a role that names nothing of there. */
function marksAgainst(role: Role): readonly string[] {
  const words = EXPECTED.get('me')?.[ROLES.indexOf(role)] ?? [];
  const places = on.placesOf(role);
  return places.flatMap((place, index) => [
    ...(words[index] === 'rien' ? (nobodyElse.get(place.name) ?? []) : []),
    ...(NAMELESS.includes(role) ? [place.familyName] : []),
  ]);
}

test('the page tells every route, every role and three places', () => {
  expect([...EXPECTED.keys()]).toEqual(NAMES);
  for (const row of EXPECTED.values()) {
    expect(row).toHaveLength(ROLES.length);
    expect(row.every((words) => words.length === 3)).toBe(true);
  }
});

describe.each(NAMES)('%s', (name) => {
  test.each(ROLES)('%s, here and elsewhere', async (role) => {
    const words = EXPECTED.get(name)?.[ROLES.indexOf(role)] ?? [];
    const isHeld = words[0] !== 'non';
    const asked = new Map<string, Answer>();
    for (const [index, place] of on.placesOf(role).entries()) {
      // Without the right, one place elsewhere is enough.
      if (!isHeld && index === 1) continue;
      const request = await given(name, role, place);
      const key = JSON.stringify(request);
      const answer = asked.get(key) ?? (await ask(name, role, request));
      const isOpenHere = name === 'openElsewhere' && answer.word === 'not_possible';
      const word = isOpenHere && words[index] === 'oui' ? '2xx' : answer.word;
      expect([place.name, word]).toEqual([place.name, answerTo(name, words[index] ?? '', isHeld)]);
      if (isHeld && words[index] !== 'oui' && !asked.has(key)) {
        const nowhere = await ask(name, role, await toNowhere(request, role, place));
        expect({ ...answer, text: await ofNowhere(answer.text, role, place) }).toEqual(nowhere);
      }
      if (index === 0 && isHeld)
        expect(marksAgainst(role).filter((mark) => answer.text.includes(mark))).toEqual([]);
      asked.set(key, answer);
    }
  });
});

/** Routes that name a platform in their query, and answer nothing of another: here, they have something to answer. */
test.each([
  ['worklist', 'nadia'],
  ['worklistCounts', 'nadia'],
  ['colleagues', 'nadia'],
  ['structures', 'nadia'],
  ['caseNotices', 'nadia'],
  ['schoolAnswers', 'nadia'],
  ['caseRequests', 'nadia'],
  ['litiges', 'nadia'],
  ['caseGroups', 'nadia'],
  ['ownViews', 'nadia'],
  ['communeCentres', 'nadia'],
  ['nextToVerify', 'nadia'],
  ['search', 'nadia'],
  ['myDay', 'nadia'],
  ['bulkAssign', 'paul'],
  ['bulkVerify', 'nadia'],
  ['meetings', 'paul'],
] as const)('%s answers something of one’s own platform', async (name, who) => {
  const role = who === 'paul' ? 'co_leader' : 'caseworker';
  const [own] = on.placesOf(role);
  const request = await given(name, role, own);
  const { text } = await ask(name, role, request);
  const none = await ask(name, role, await toNowhere(request, role, own));
  expect(await ofNowhere(text, role, own)).not.toBe(none.text);
});

test('without a session, nothing that is not open', async () => {
  for (const name of NAMES) {
    const { access }: RouteDefinition = ROUTES[name];
    const { status } = await call(on.api, name, await given(name, 'co_leader', on.placesOf('co_leader')[0]));
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
      const request = await given(name, 'co_leader', on.placesOf('co_leader')[0]);
      const { status } = await call(on.api, name, { token: on.world.tokens[who], ...request });
      expect({ who, name, status }).toEqual({ who, name, status: 403 });
    }
});
