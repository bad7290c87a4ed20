import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveredFile, FinishedCampaign } from '@raccroche/contract';
import { CampaignRules } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign, publishDepartments, takeBack } from '../../modules/cases/index.ts';
import { listRuleSets } from '../../modules/eligibility/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { CampaignFolders } from '../campaigns/folders.ts';
import { senderMessage } from '../campaigns/sender-message.ts';
import { type Call, call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, SOMEBODIES, type Somebody, type TestWorld } from '../testing/test-world.ts';

let database: Database;
let world: TestWorld;
let server: TestApi;
let folders: CampaignFolders;
beforeAll(async () => {
  const campaigns = mkdtempSync(join(tmpdir(), 'raccroche-campaigns-'));
  folders = { campaigns, deliveries: join(campaigns, 'recus'), memory: '512MB' };
  mkdirSync(folders.deliveries);
  writeFileSync(join(folders.deliveries, 'nouveau.csv'), 'a;b\n');
  writeCampaign(join(campaigns, 'novembre'), '2025-11-15', people(40));
  writeCampaign(join(campaigns, 'retenue'), '2025-11-16', people(1), { withheld: true });
  writeCampaign(join(campaigns, 'decembre'), '2025-12-15', people(30, 20));
  writeFileSync(join(campaigns, 'decembre', 'difference.json'), DIFFERENCE);
  readInto(join(campaigns, 'decembre'), join(folders.deliveries, 'lot.zip'));
  database = await openTestStore();
  world = await buildWorld(database);
  server = createTestApi(database, true, { campaigns: folders });
});
afterAll(async () => {
  await server.api.close();
  await database.close();
  rmSync(folders.campaigns, { recursive: true, force: true });
});

/** A campaign that read two files of one archive, three lines of which were rejected. */
function readInto(campaign: string, archive: string): void {
  writeFileSync(archive, 'archive');
  const sha256 = createHash('sha256').update('archive').digest('hex');
  const inputs = [
    ['lot.zip/a.xml', 10, 1],
    ['lot.zip/b.xml', 20, 2],
  ].map(([path, rows, rejects]) => ({
    ...{ path, sha256, bytes: 7, kind: 'siecle', rejected: false, rows, records: 0, rejects },
    ...{ removedUnder16: 0, outOfScope: 0 },
  }));
  const file = join(campaign, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...manifest, inputs }));
  mkdirSync(join(campaign, 'rejects'));
  const line = 'lot.zip/b.xml;3;date_naissance;date_illisible;Date illisible.;rejet\n';
  writeFileSync(
    join(campaign, 'rejects', 'rejets.csv'),
    `fichier;position;champ;code;message;gravite\n${line}${line}`,
  );
}

const DIFFERENCE = `{
"campaign": "c",
"previous": {"campaign":"b","asOf":"2025-11-15","ruleSet":{"id":"siei-2011","version":"1"}},
"counts": {"nouveaux":1,"maintenus":2,"sortis":3,"transférés":0},
"nouveaux": [
{"siei":"A","department":"62"}
],
"maintenus": [
{"siei":"B","department":"62"},
{"siei":"C","department":"62"}
],
"sortis": [
{"siei":"D","department":"62","check":"age","label":"âge"},
{"siei":"E","department":"62","check":null,"label":"plus dans les fichiers"},
{"siei":"F","department":"62","check":"age","label":"âge"}
],
"transférés": []
}
`;

const as = (who: Somebody, name: Parameters<typeof call>[1], given: Call = {}) =>
  call(server.api, name, { token: world.tokens[who], ...given });
const owner = async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
  (await database.transaction({}, (transaction) => transaction.query<R>(sql, parameters))).rows;
const finished = async () => (await as('anne', 'campaigns')).body.campaigns as FinishedCampaign[];
const start = (more: object = {}) =>
  as('anne', 'startCampaign', {
    body: { name: 'janvier', asOf: '2026-01-15', rules: 'siei-2011', previous: 'decembre', ...more },
  });

test('the rules that may be asked are those of the program', () => {
  expect(Object.keys(CampaignRules).sort()).toEqual(
    listRuleSets()
      .map(({ id }) => id)
      .sort(),
  );
});

describe('finished campaigns', () => {
  test('are told the latest first, with what became of them', async () => {
    await publishCampaign(database, join(folders.campaigns, 'novembre'));
    const all = await finished();
    expect(all.map(({ name }) => name)).toEqual(['decembre', 'retenue', 'novembre']);
    expect(all.map(({ publishedAt }) => publishedAt !== null)).toEqual([false, false, true]);
    expect(all[1]).toMatchObject({ withheld: true });
  });

  test('are compared with the one before, by cause', async () => {
    const [december, , november] = await finished();
    expect(december?.difference).toEqual({
      previousAsOf: '2025-11-15',
      entered: 1,
      stayed: 2,
      left: 3,
      moved: 0,
      causes: [
        { label: 'âge', count: 2 },
        { label: 'plus dans les fichiers', count: 1 },
      ],
    });
    expect(november?.difference).toBeNull();
  });
});

describe('twenty names', () => {
  const draw = async (name: string) => {
    const { status, body } = await as('anne', 'sampleCampaign', { params: { name } });
    return { status, people: (body.people ?? []) as { siei: string }[] };
  };

  test('are of the list, each once, not always the same, and in the trail', async () => {
    const [one, other] = [await draw('decembre'), await draw('decembre')];
    const numbers = one.people.map(({ siei }) => siei);
    const all = people(30, 20).map(({ siei }) => siei);
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.every((siei) => all.includes(siei))).toBe(true);
    expect(other.people.map(({ siei }) => siei)).not.toEqual(numbers);
    const [trail] = await owner<{ subjects: string[]; details: object }>(
      "SELECT subjects, details FROM audit.entries WHERE action = 'campaign.sampled' ORDER BY at LIMIT 1",
    );
    expect(trail).toEqual({ subjects: numbers, details: { name: 'decembre' } });
  });

  test('are not of lists that are withheld, nor of a campaign that is none', async () => {
    expect((await draw('retenue')).status).toBe(422);
    expect((await draw('nulle-part')).status).toBe(422);
  });
});

describe('a campaign to run', () => {
  test('is asked of the worker, one at a time, in the trail', async () => {
    const { status, body } = await start();
    expect(status).toBe(200);
    expect(await owner("SELECT job, payload FROM jobs.outbox WHERE job = 'campaign.run'")).toEqual([
      { job: 'campaign.run', payload: { run: body.runId } },
    ]);
    expect((await start({ name: 'fevrier' })).body.code).toBe('not_possible');
    const params = { runId: String(body.runId) };
    expect((await as('anne', 'cancelCampaign', { params })).status).toBe(200);
    expect((await as('anne', 'cancelCampaign', { params })).body.code).toBe('not_possible');
    const actions = await owner<{ action: string }>(
      'SELECT action FROM audit.entries WHERE subjects = ARRAY[$1] ORDER BY at',
      [params.runId],
    );
    expect(actions.map(({ action }) => action)).toEqual(['campaign.asked', 'campaign.cancelled']);
  });

  test.each([
    ['over one that is there', { name: 'decembre' }, 'not_possible'],
    ['after one that is none', { previous: 'nulle-part' }, 'not_possible'],
    ['out of the folder', { name: '../ailleurs' }, 'bad_request'],
    ['before a folder of elsewhere', { previous: '../../etc' }, 'bad_request'],
    ['by rules that are none', { rules: 'les-miennes' }, 'bad_request'],
  ])('not %s', async (_, more, code) => {
    expect((await start(more)).body.code).toBe(code);
  });

  test('and its publication are asked with a second factor: the base says so too', async () => {
    await owner("UPDATE access.sessions SET kind = 'provider' WHERE person_id = $1", [world.ids.anne]);
    const tries = [
      await start({ name: 'mars' }),
      await as('anne', 'publishFinished', { params: { name: 'decembre' }, body: { departments: null } }),
      await as('anne', 'sampleCampaign', { params: { name: 'decembre' } }),
    ];
    expect(tries.map(({ body }) => body.code)).toEqual(Array(3).fill('stronger_sign_in_needed'));
    const settings = { 'raccroche.session': world.tokens.anne, 'raccroche.purpose': 'administration' };
    for (const sql of [
      "SELECT lists.ask_campaign('mars', '2026-03-15', 'siei-2011', NULL, '{}')",
      "SELECT lists.ask_publication('decembre', '/', NULL)",
    ])
      await expect(
        database.transaction({ role: 'raccroche_app', settings }, (transaction) => transaction.query(sql)),
      ).rejects.toThrow('second facteur');
    await owner("UPDATE access.sessions SET kind = 'demo' WHERE person_id = $1", [world.ids.anne]);
  });
});

describe('a publication', () => {
  const publish = (departments: readonly string[] | null) =>
    as('anne', 'publishFinished', { params: { name: 'decembre' }, body: { departments } });

  test('is asked of the worker, in the folder of this place, whole or some lists of it', async () => {
    expect((await publish(null)).status).toBe(200);
    expect((await publish(['62'])).status).toBe(200);
    expect((await publish(['20'])).body.code).toBe('not_possible');
    expect((await publish([])).body.code).toBe('bad_request');
    const folder = join(folders.campaigns, 'decembre');
    expect(await owner("SELECT payload FROM jobs.outbox WHERE job = 'campaign.publish' ORDER BY 1")).toEqual([
      { payload: { folder, departments: null } },
      { payload: { folder, departments: ['62'] } },
    ]);
  });

  test('is weighed list by list, and told by the lists that went out', async () => {
    const lists = async () =>
      (await as('anne', 'campaignLists', { params: { name: 'decembre' } })).body.lists;
    const pasDeCalais = { code: '62', name: 'Pas-de-Calais', listed: null, followed: 40, isPublished: false };
    expect(await lists()).toEqual([pasDeCalais]);
    const ask = async (_: string, numbers: readonly string[]) => ({
      aliases: [],
      removals: numbers.map((siei) => ({ siei, reason: 'absent' as const })),
    });
    await publishDepartments(database, join(folders.campaigns, 'decembre'), { departments: ['62'] }, ask);
    expect(await lists()).toMatchObject([{ code: '62', isPublished: true }]);
    expect(await finished()).toMatchObject([{ publishedLists: ['62'] }, {}, { publishedLists: null }]);
  });
});

describe('a publication that is taken back', () => {
  const act = async () => (await finished()).find(({ name }) => name === 'decembre')?.publications.at(-1);
  const takeBackFrom = (publicationId: number, reason = 'zones trompées') =>
    as('anne', 'takeBack', { params: { publicationId: String(publicationId) }, body: { reason } });

  test('is counted first, asked with a reason and a second factor, done by the worker, and told', async () => {
    const publicationId = (await act())?.publicationId ?? 0;
    const counts = await as('anne', 'takingBackCounts', { params: { publicationId: String(publicationId) } });
    expect(counts.body).toEqual({
      possible: true,
      undone: [
        { kind: 'closed_by_publication', count: 20 },
        { kind: 'opened', count: 10 },
      ],
      kept: [],
    });
    expect((await takeBackFrom(publicationId, ' . ')).body.code).toBe('bad_request');
    expect((await takeBackFrom(1)).body.code).toBe('not_possible');
    await owner("UPDATE access.sessions SET kind = 'provider' WHERE person_id = $1", [world.ids.anne]);
    expect((await takeBackFrom(publicationId)).body.code).toBe('stronger_sign_in_needed');
    await owner("UPDATE access.sessions SET kind = 'demo' WHERE person_id = $1", [world.ids.anne]);

    expect((await takeBackFrom(publicationId)).status).toBe(200);
    expect(await owner("SELECT payload FROM jobs.outbox WHERE job = 'campaign.take_back'")).toEqual([
      { payload: { publication: publicationId } },
    ]);
    const takenBack = { by: 'anne', reason: 'zones trompées' };
    expect(await act()).toMatchObject({ mayTakeBack: true, takenBack: { ...takenBack, at: null } });
    await takeBack(database, publicationId, '2025-12-16');
    const done = await act();
    expect(done).toMatchObject({ mayTakeBack: false, takenBack });
    expect(done?.takenBack?.at).not.toBeNull();
    const [december, , november] = await finished();
    expect(december).toMatchObject({ publishedAt: null, publishedLists: null, isOlder: false });
    expect(november?.publishedAt).not.toBeNull();
    const [trail] = await owner(
      "SELECT actor, details FROM audit.entries WHERE action = 'campaign.taking_back_asked'",
    );
    expect(trail).toEqual({
      actor: world.ids.anne,
      details: { publication: publicationId, reason: 'zones trompées' },
    });
  });
});

test('what was received is told as it was read, an archive whole, and what was not read yet to be so', async () => {
  const { body } = await as('anne', 'deliveries');
  expect(body.readBy).toBe('decembre');
  const files = new Map((body.files as DeliveredFile[]).map(({ path, read }) => [path, read]));
  expect([...files.keys()].sort()).toEqual(['lot.zip', 'nouveau.csv']);
  expect(files.get('nouveau.csv')).toBeNull();
  expect(files.get('lot.zip')).toMatchObject({ rows: 30, rejects: 3, rejected: false });
  expect(files.get('lot.zip')?.message).toContain('- Date illisible. (2)');
  // Put there again with something else in it, it waits to be read.
  writeFileSync(join(folders.deliveries, 'lot.zip'), 'ARCHIVE');
  const again = (await as('anne', 'deliveries')).body.files as DeliveredFile[];
  expect(again.find(({ path }) => path === 'lot.zip')?.read).toBeNull();
});

test('what is written to a sender holds counts and sentences, and nothing when all is well', () => {
  const read = { path: 'ml.csv', rejected: false, rows: 100, rejects: 3 };
  expect(senderMessage({ ...read, rejects: 0 }, [])).toBeNull();
  const told = senderMessage(read, [{ message: 'Date illisible.', count: 3 }]);
  expect(told).toContain('Sur 100 lignes, 3 n’ont pas pu être prises :\n- Date illisible. (3)');
  expect(senderMessage({ ...read, rejected: true }, [])).toContain('Il n’a pas pu être lu.');
});

test('where no folder is told, the screen is told so and nothing is asked', async () => {
  const bare = createTestApi(database);
  const { body } = await call(bare.api, 'campaigns', { token: world.tokens.anne });
  expect(body).toMatchObject({ configured: false, campaigns: [] });
  const asked = await call(bare.api, 'startCampaign', {
    token: world.tokens.anne,
    body: { name: 'mars', asOf: '2026-03-15', rules: 'siei-2011', previous: null },
  });
  expect(asked.body.detail).toContain('RACCROCHE_CAMPAIGNS');
  await bare.api.close();
});

test('nobody else sees a campaign that was asked, in the base itself', async () => {
  for (const who of SOMEBODIES.filter((one) => one !== 'anne')) {
    const settings = { 'raccroche.session': world.tokens[who], 'raccroche.purpose': 'administration' };
    const { rows } = await database.transaction({ role: 'raccroche_app', settings }, (transaction) =>
      transaction.query('SELECT FROM lists.campaign_runs'),
    );
    expect({ who, rows }).toEqual({ who, rows: [] });
  }
});
