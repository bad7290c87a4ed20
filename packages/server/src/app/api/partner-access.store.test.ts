import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  PARTNER_KINDS,
  type PartnerKind,
  ROUTES,
  type RouteDefinition,
  type RouteName,
} from '@raccroche/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { type Call, call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { addTestPartner, SCHOOL_OF, tokenOf } from '../testing/test-partner.ts';
import { LENS_COMMUNE, LILLE_COMMUNE } from '../testing/test-world.ts';
import { undoneDatabase } from '../testing/undone-database.ts';

/** The committed page is what is expected: of each kind of system, what is its own and what is another's. */
const PAGE = readFileSync(new URL('../../../../../docs/acces.md', import.meta.url), 'utf8');
const ROWS = PAGE.slice(PAGE.indexOf('## Les systèmes partenaires'))
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter(([, name = '']) => name in ROUTES)
  .map(([, name, , ...cells]) => ({ name: name as RouteName, cells }));

const on = useServedWorld([
  ...people(1),
  ...people(1, 20).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' })),
]);

/** What a request names: of the system itself, of another that is over another territory, of none. */
interface Named {
  readonly siei: string;
  readonly uai: string;
  readonly webhookId: string;
  readonly messageId: string;
}
const NOWHERE: Named = {
  siei: 'TEST999999AA',
  uai: '0999999Z',
  webhookId: '00000000-0000-4000-8000-000000000001',
  messageId: '00000000-0000-4000-8000-000000000002',
};

const inbox = mkdtempSync(join(tmpdir(), 'raccroche-inbox-'));
const partners = { serviceKey: Buffer.alloc(32, 3), reach: 'public', inbox } as const;
const EFFECTIFS = `identifiant_source;nom_famille;prenom1;sexe;date_naissance;uai;annee_scolaire;statut
1;NOM;Awa;F;2006-03-04;${SCHOOL_OF.cfa};2025-2026;apprenti
`;
let served: TestApi;
const tokens: Partial<Record<PartnerKind, string>> = {};
let own: Named;
let elsewhere: Named;
beforeAll(async () => {
  served = createTestApi(undoneDatabase(on.database), true, { partners });
  for (const kind of PARTNER_KINDS) tokens[kind] = await tokenOf(on, await addTestPartner(on, kind, {}));
  const another = await tokenOf(
    on,
    await addTestPartner(on, 'mission_locale', { platform: 'lille' }, 'ines'),
  );
  own = { siei: 'TEST000000AA', uai: '', ...(await heardBy(tokens.mission_locale ?? '')) };
  elsewhere = { siei: 'TEST000020AA', uai: '0590002B', ...(await heardBy(another)) };
});
afterAll(async () => {
  await served.api.close();
  rmSync(inbox, { recursive: true, force: true });
});

/** A webhook of a system, with a message that was given up. */
async function heardBy(token: string) {
  const { api } = createTestApi(on.database, true, { partners });
  const { body } = await call(api, 'subscribe', {
    headers: { authorization: `Bearer ${token}` },
    body: { url: 'https://exemple.fr/raccroche', events: ['case.closed'] },
  });
  const [message] = await on.owner<{ message_id: string }>(
    "INSERT INTO partners.messages (webhook_id, kind, next_try_at) VALUES ($1, 'ping', NULL) RETURNING message_id",
    [body.webhookId],
  );
  await api.close();
  return { webhookId: String(body.webhookId), messageId: String(message?.message_id) };
}

function requestOf(name: RouteName, { siei, uai, webhookId, messageId }: Named): Call {
  const who = { firstNames: ['Awa'], familyName: 'NOUVEAU', birthDate: '2006-03-04', commune: LENS_COMMUNE };
  const bodies: Partial<Record<RouteName, object>> = {
    reportSituations: { situations: [{ siei, situation: 'accompanied', on: '2025-11-10' }] },
    partnerSignal: { uai, ...who },
    subscribe: { url: 'https://exemple.fr/raccroche', events: ['case.closed'] },
  };
  const body = name === 'pushDelivery' ? Buffer.from(EFFECTIFS) : bodies[name];
  return {
    params: { webhookId, messageId },
    query: name === 'pushDelivery' ? { uai, schoolYear: '2025-2026', extractedOn: day() } : {},
    ...(body ? { body } : {}),
  };
}

async function ask(kind: PartnerKind, name: RouteName, named: Named) {
  const file = name === 'pushDelivery' ? { 'content-type': 'text/csv' } : {};
  const headers = { authorization: `Bearer ${tokens[kind]}`, ...file };
  const { status, body } = await call(served.api, name, { headers, ...requestOf(name, named) });
  const isRefused = status === 401 || status === 403 || status === 404;
  const word = status >= 200 && status < 300 ? 'oui' : isRefused ? 'non' : String(body.code);
  const text = JSON.stringify({ ...body, reference: undefined });
  return { word, text: Object.values<string>({ ...named }).reduce(hide, text) };
}
const hide = (text: string, one: string) => (one === '' ? text : text.replaceAll(one, '…'));

test.each(PARTNER_KINDS.flatMap((kind) => ROWS.map(({ name }) => ({ kind, name }))))(
  '$kind, $name: its own, and another’s',
  async ({ kind, name }) => {
    const cell = ROWS.find((row) => row.name === name)?.cells[PARTNER_KINDS.indexOf(kind)] ?? '';
    const mine = { ...own, uai: kind === 'mission_locale' ? SCHOOL_OF.school : SCHOOL_OF[kind] };
    const first = await ask(kind, name, mine);
    const other = await ask(kind, name, elsewhere);
    if (cell === 'non') {
      expect([first.word, other.word]).toEqual(['non', 'non']);
      return;
    }
    expect([first.word, other.word]).toEqual(['oui', cell.endsWith('non') ? 'non' : 'oui']);
    const { showsSecret }: RouteDefinition = ROUTES[name];
    // A secret is another one each time.
    if (!showsSecret || other.word === 'non') expect(other).toEqual(await ask(kind, name, NOWHERE));
  },
);

test('the page tells every route of systems', () => {
  const systems = (Object.entries(ROUTES) as [RouteName, RouteDefinition][]).filter(
    ([, { system }]) => system,
  );
  expect(ROWS.map(({ name }) => name)).toEqual(systems.map(([name]) => name));
});
