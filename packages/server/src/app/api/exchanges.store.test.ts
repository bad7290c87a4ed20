import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BulkResult } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, LENS_COMMUNE, type Somebody } from '../testing/test-world.ts';

const LISTED = [
  ...people(6),
  {
    siei: 'ARRAS00000AA',
    familyName: 'Élan',
    firstName: 'Zoé',
    birthDate: '2006-01-02',
    commune: ARRAS_COMMUNE,
  },
];
let published: OpenedWorld;
let server: TestApi;
let on: ReturnType<typeof actsOn>;
beforeAll(async () => {
  published = await openPublishedWorld(LISTED);
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});
const owner = (sql: string) => published.database.transaction({}, (transaction) => transaction.query(sql));
const notices = async (who: Somebody, platform: string) =>
  (await on.call('caseNotices', who, { query: { platform } })).body.notices as {
    noticeId: number;
    kind: string;
    caseId: string;
    familyName: string;
  }[];

describe('finding without seeing', () => {
  const ZOE = { familyName: 'elan', firstName: 'zoe', birthDate: '2006-01-02' };
  const find = (who: Somebody, body: object = ZOE) => on.call('findElsewhere', who, { body });

  test('answers which platform follows, nothing else, and tells it', async () => {
    const { body } = await find('nadia');
    expect(body).toEqual({
      findingId: expect.any(Number) as number,
      followed: [{ platformName: 'arras', department: '62', caseId: null, closed: false }],
    });
    expect(await notices('amine', published.world.arras)).toMatchObject([
      { kind: 'found', familyName: 'Élan' },
    ]);
    const asked = await on.call('askOwner', 'nadia', {
      body: { findingId: body.findingId, wanted: 'transfer' },
    });
    expect(asked.body).toEqual({ asked: 1, departments: [] });
    const stranger = await on.call('askOwner', 'lea', {
      body: { findingId: body.findingId, wanted: 'access' },
    });
    expect(stranger.body).toEqual({ asked: 0, departments: [] });
    const told = await notices('amine', published.world.arras);
    expect(told.map(({ kind }) => kind)).toEqual(['transfer_asked', 'found']);
    expect(await notices('nadia', published.world.arras)).toEqual([]);
    const see = (who: Somebody) => on.call('seeCaseNotice', who, { body: { noticeId: told[0]?.noticeId } });
    expect((await see('nadia')).body).toEqual({ seen: false });
    expect((await see('amine')).body).toEqual({ seen: true });
    expect(await notices('amine', published.world.arras)).toHaveLength(1);
  });

  test('shows one’s own case, and nobody for a name that is not exact', async () => {
    expect((await find('amine')).body.followed).toMatchObject([{ caseId: expect.any(String) as string }]);
    for (const other of [{ firstName: 'Zo' }, { birthDate: '2006-01-03' }, { familyName: 'Elans' }])
      expect((await find('nadia', { ...ZOE, ...other })).body).toEqual({ findingId: null, followed: [] });
    expect((await find('nadia', { ...ZOE, familyName: '-' })).status).toBe(400);
  });

  test('is in the trail, and ends after thirty a day, by SQL too', async () => {
    await owner('DELETE FROM cases.findings');
    for (let count = 0; count < 30; count += 1) expect((await find('lea')).status).toBe(200);
    expect((await find('lea')).body.code).toBe('too_many_requests');
    expect((await find('nadia')).status).toBe(200);
    const { rows } = await owner(
      "SELECT count(*) AS n FROM audit.entries WHERE action = 'case.looked_for' AND cardinality(subjects) = 1",
    );
    expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(31);
    const sql = (text: string) =>
      published.database.transaction(
        {
          role: 'raccroche_app',
          settings: { 'raccroche.session': published.world.tokens.lea, 'raccroche.purpose': 'follow_up' },
        },
        (transaction) => transaction.query(text),
      );
    await expect(sql("SELECT cases.find_elsewhere('ELAN ZOE', '2006-01-02')")).rejects.toThrow(/too many/);
    await expect(sql('SELECT * FROM cases.findings')).rejects.toThrow(/permission denied/);
    await expect(sql('DELETE FROM cases.findings')).rejects.toThrow(/permission denied/);
  });
});

describe('somebody on no list', () => {
  const NEW = {
    origin: 'school',
    familyName: 'Nouveau',
    firstNames: ['Léo'],
    birthDate: '2009-01-02',
  } as const;
  const signal = (who: Somebody, body: object) => on.call('signal', who, { body: { ...NEW, ...body } });

  test('is told by the school, followed by the platform of the commune, and known again on the next list', async () => {
    const { caseId } = (await signal('hugo', { commune: LENS_COMMUNE, phone: '06 00 00 00 07' })).body;
    const opened = await on.open(String(caseId));
    expect(opened).toMatchObject({
      lastSchool: '0620001A',
      listed: false,
      delistedReason: 'signalled',
      obligation: 'not_met',
      hasPhone: true,
      contacts: [{ kind: 'phone', value: '06 00 00 00 07', source: 'platform' }],
      clocks: [{ clock: 'reorientation_interview', countedFrom: '2025-11-20' }],
    });
    expect(await notices('nadia', published.world.lens)).toMatchObject([{ kind: 'signalled', caseId }]);
    const folder = mkdtempSync(join(tmpdir(), 'raccroche-exchanges-'));
    const listed = [
      ...LISTED,
      { siei: 'NOUVEAU000AA', familyName: 'NOUVEAU', firstName: 'Leo', birthDate: '2009-01-02', minor: true },
    ];
    const ask = async () => ({ aliases: [], removals: [] });
    const result = await publishCampaign(
      published.database,
      writeCampaign(folder, '2025-12-15', listed),
      ask,
    );
    rmSync(folder, { recursive: true, force: true });
    expect(result).toMatchObject({ recognised: 1, opened: 0, listedAgain: 1 });
    expect(await on.open(String(caseId))).toMatchObject({
      siei: 'NOUVEAU000AA',
      listed: true,
      hasPhone: true,
    });
  });

  test('is not made twice, unless it is said to be somebody else', async () => {
    const ZOE = {
      familyName: 'Élan',
      firstNames: ['Zoé'],
      birthDate: '2006-01-02',
      platform: published.world.lens,
    };
    const first = await signal('nadia', { ...ZOE, origin: 'walk_in' });
    expect(first.body).toMatchObject({ caseId: null, followed: [{ platformName: 'arras' }] });
    const { body } = await signal('nadia', { ...ZOE, origin: 'walk_in', anotherPerson: true });
    const made = await on.open(String(body.caseId));
    expect(made).toMatchObject({ verification: 'confirmed', contact: 'reached' });
    expect((await on.act('undo', made.caseId)).body.code).toBe('not_possible');
  });

  test('is told by the school that is named, when one answers for several', async () => {
    const { hugo } = published.world.ids;
    const [{ id } = { id: '' }] = (
      await published.database.transaction({}, (transaction) =>
        transaction.query<{ id: string }>(
          `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
           SELECT person_id, organisation_id, role, territory_kind, '0590001Z', valid_from FROM access.memberships
           WHERE person_id = $1 RETURNING membership_id AS id`,
          [hugo],
        ),
      )
    ).rows;
    const tell = (familyName: string, uai?: string) =>
      signal('hugo', { familyName, commune: LENS_COMMUNE, ...(uai === undefined ? {} : { uai }) });
    const silent = (await tell('Deuxième')).body;
    expect([silent.code, silent.detail]).toEqual(['not_possible', expect.stringContaining('dites lequel')]);
    expect((await tell('Deuxième', '0750001A')).body.code).toBe('not_allowed');
    for (const [familyName, uai] of [
      ['Deuxième', '0590001Z'],
      ['Premier', '0620001A'],
    ] as const) {
      const { caseId } = (await tell(familyName, uai)).body;
      expect(await on.open(String(caseId))).toMatchObject({ lastSchool: uai });
    }
    // The base itself takes none of several.
    const settings = { 'raccroche.session': published.world.tokens.hugo, 'raccroche.purpose': 'schooling' };
    await expect(
      published.database.transaction({ role: 'raccroche_app', settings }, (transaction) =>
        transaction.query(`SELECT cases.signal('{}', 'school', NULL, current_date)`),
      ),
    ).rejects.toThrow('plusieurs établissements');
    await owner(`DELETE FROM access.memberships WHERE membership_id = '${id}'`);
  });

  test('is told for a school by who follows young people too, when they say that they come for it', async () => {
    const { nadia, hugo } = published.world.ids;
    await owner(`INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
      SELECT '${nadia}', organisation_id, role, territory_kind, territory_id, valid_from FROM access.memberships WHERE person_id = '${hugo}'`);
    const tell = (headers: Record<string, string>) =>
      on.call('signal', 'nadia', {
        headers,
        body: { ...NEW, familyName: 'Partagé', commune: LENS_COMMUNE },
      });
    expect((await tell({})).body.code).toBe('not_possible');
    const { body } = await tell({ 'x-purpose': 'schooling' });
    expect(await on.open(String(body.caseId))).toMatchObject({ lastSchool: '0620001A' });
    await owner(`DELETE FROM access.memberships WHERE person_id = '${nadia}' AND role = 'school_head'`);
  });

  test('has a number of its own, though one that is somebody’s be drawn first', async () => {
    const draw = (body: string) =>
      owner(`CREATE OR REPLACE FUNCTION cases.draw_number() RETURNS TEXT LANGUAGE sql VOLATILE SET search_path = pg_catalog
        AS $$ ${body} $$`);
    await owner('CREATE SEQUENCE cases.drawn');
    await draw("SELECT CASE WHEN nextval('cases.drawn') < 4 THEN 'ARRAS00000AA' ELSE 'SIGN0000FREE' END");
    const { body } = await signal('nadia', {
      ...{ familyName: 'Tiré', firstNames: ['Luc'], birthDate: '2008-03-03' },
      ...{ platform: published.world.lens, origin: 'walk_in' },
    });
    expect((await on.open(String(body.caseId))).siei).toBe('SIGN0000FREE');
    await draw("SELECT 'SIGN' || upper(left(replace(gen_random_uuid()::TEXT, '-', ''), 8))");
    await owner('DROP SEQUENCE cases.drawn');
  });

  test('is opened where one works, at the age of the platforms', async () => {
    expect((await signal('nadia', { platform: published.world.arras })).body.code).toBe('not_allowed');
    expect((await signal('nadia', {})).body.code).toBe('not_possible');
    expect((await signal('hugo', {})).body.code).toBe('not_possible');
    const walkIn = await signal('hugo', { commune: LENS_COMMUNE, origin: 'walk_in' });
    expect(walkIn.body.code).toBe('not_possible');
    expect((await signal('hugo', { commune: LENS_COMMUNE, birthDate: '2012-01-01' })).body.code).toBe(
      'not_possible',
    );
    expect((await signal('olga', { platform: published.world.lens })).status).toBe(403);
  });
});

describe('handing over', () => {
  test('moves the case with its story and its entry; a list that names the former platform does not take it back', async () => {
    const { caseId } = await on.caseOf('TEST000005AA');
    await on.act('recordAttempt', caseId, { channel: 'phone', outcome: 'no_answer' });
    const give = (who: Somebody, platform: string, version = 2) =>
      on.call('handOver', who, { params: { caseId }, body: { version, platform } });
    expect((await give('amine', published.world.arras)).status).toBe(404);
    expect((await give('nadia', published.world.lens)).body.code).toBe('not_possible');
    expect((await give('nadia', published.world.arras, 9)).body.code).toBe('conflict');
    const { platforms } = (await on.call('platforms', 'nadia')).body as {
      platforms: { platformId: string }[];
    };
    expect(platforms.map(({ platformId }) => platformId)).toContain(published.world.arras);
    expect((await give('nadia', published.world.arras)).body).toEqual({ handedOver: true });
    expect((await on.call('caseDetail', 'nadia', { params: { caseId } })).status).toBe(404);
    expect(
      (await notices('amine', published.world.arras)).map((one) => [one.kind, one.caseId]),
    ).toContainEqual(['handed_over', caseId]);
    const seen = async () => {
      const { timeline, why } = await on.open(caseId, 'amine');
      expect(why).not.toBe(null);
      return timeline.map(({ kind }) => kind);
    };
    expect(await seen()).toEqual(['opened', 'attempt', 'handed_over']);
    const found = await on.call('search', 'amine', { query: { q: 'TEST000005AA' } });
    expect(found.body.found).toHaveLength(1);
    const folder = mkdtempSync(join(tmpdir(), 'raccroche-exchanges-'));
    const ask = async () => ({ aliases: [], removals: [] });
    const again = await publishCampaign(published.database, writeCampaign(folder, '2026-01-15', LISTED), ask);
    rmSync(folder, { recursive: true, force: true });
    expect(again.transferred).toBe(0);
    expect(await seen()).toEqual(['opened', 'attempt', 'handed_over']);
  });

  test('reaches no platform for which nobody is designated: nobody would follow the case', async () => {
    const [added] = await owner(
      `INSERT INTO access.platforms (code, name, department, region) VALUES ('calais', 'calais', '62', '32')
       RETURNING platform_id`,
    ).then(({ rows }) => rows);
    const calais = String(added?.platform_id);
    const { platforms } = (await on.call('platforms', 'nadia')).body as {
      platforms: { platformId: string; designated: boolean }[];
    };
    const isOffered = (id: string) => platforms.find(({ platformId }) => platformId === id)?.designated;
    expect([isOffered(calais), isOffered(published.world.arras)]).toEqual([false, true]);
    const { caseId, version } = await on.caseOf('TEST000004AA');
    const { body } = await on.call('handOver', 'nadia', {
      params: { caseId },
      body: { version, platform: calais },
    });
    expect(body.code).toBe('not_possible');
    expect(String(body.detail)).toContain('Aucune structure n’est désignée');
    expect((await on.call('caseDetail', 'nadia', { params: { caseId } })).status).toBe(200);
  });

  test('by SQL is no way to take a case that is not one’s own', async () => {
    const { caseId, version } = await on.caseOf('TEST000004AA');
    const { rows } = await published.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': published.world.tokens.amine, 'raccroche.purpose': 'follow_up' },
      },
      (transaction) =>
        transaction.query('SELECT cases.hand_over($1, $2, $3) AS version', [
          caseId,
          published.world.arras,
          version,
        ]),
    );
    expect(rows).toEqual([{ version: null }]);
  });
});

describe('several cases at once', () => {
  test('each is done or left out with its reason', async () => {
    const [one, two] = [await on.caseOf('TEST000000AA'), await on.caseOf('TEST000001AA')];
    const { rows } = await owner("SELECT case_id FROM cases.cases WHERE siei = 'ARRAS00000AA'");
    const other = String(rows[0]?.case_id);
    const body = {
      decision: 'refute',
      reason: 'employed',
      cases: [
        { caseId: one.caseId, version: one.version },
        { caseId: two.caseId, version: two.version + 5 },
        { caseId: other, version: 1 },
      ],
    };
    const result = (await on.call('bulkVerify', 'nadia', { body })).body as unknown as BulkResult;
    expect(result.done.map(({ caseId }) => caseId)).toEqual([one.caseId]);
    expect(result.left.map(({ caseId, code }) => [caseId, code])).toEqual([
      [two.caseId, 'conflict'],
      [other, 'not_found'],
    ]);
    const assign = {
      referent: published.world.ids.nadia,
      cases: [{ caseId: two.caseId, version: two.version }],
    };
    expect((await on.call('bulkAssign', 'nadia', { body: assign })).status).toBe(403);
    const given = (await on.call('bulkAssign', 'paul', { body: assign })).body as unknown as BulkResult;
    expect(given.done).toMatchObject([{ referent: published.world.ids.nadia }]);
  });
});

describe('a key', () => {
  test('makes a retry the same answer, done once, even at the same time; it is one person’s, for one request', async () => {
    const { caseId, version } = await on.caseOf('TEST000002AA');
    const tell = (who: Somebody, key: string, outcome = 'no_answer') =>
      on.call('recordAttempt', who, {
        params: { caseId },
        body: { version, channel: 'phone', outcome },
        headers: { 'idempotency-key': key },
      });
    const [first, again] = await Promise.all([tell('nadia', 'key-00000001'), tell('nadia', 'key-00000001')]);
    expect(first.body).toMatchObject({ attempts: 1, version: version + 1 });
    expect(again.body).toEqual(first.body);
    expect((await tell('nadia', 'key-00000001')).body).toEqual(first.body);
    expect((await on.open(caseId)).attempts).toBe(1);
    expect((await tell('nadia', 'key-00000001', 'reached')).body.code).toBe('bad_request');
    expect((await tell('paul', 'key-00000001')).body.code).toBe('conflict');
    expect((await tell('nadia', 'key-00000002')).body.code).toBe('conflict');
    expect((await tell('nadia', 'x')).body.code).toBe('bad_request');
  });
});
