import type { PrivacyExtract, PrivacyRequest } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purge, readTerms } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { call as callApi, createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import type { Somebody, TestWorld } from '../testing/test-world.ts';
import { extractPage } from './extract-page.ts';

const AWA = { siei: 'TESTAWA001AA', familyName: 'D’ARC<b>', firstName: 'Noël', birthDate: '2005-06-07' };

let database: Database;
let world: TestWorld;
let published: OpenedWorld;
let server: TestApi;
let caseId = '';
beforeAll(async () => {
  published = await openPublishedWorld([AWA, ...people(2)]);
  ({ database, world } = published);
  server = createTestApi(database);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const call = (name: Parameters<typeof callApi>[1], who: Somebody, more: object = {}) =>
  callApi(server.api, name, { token: world.tokens[who], ...more });
const open = async (kind: string, receivedOn = '2025-11-10') =>
  (await call('openPrivacyRequest', 'david', { body: { kind, caseId, receivedOn, identityChecked: true } }))
    .body as unknown as PrivacyRequest;
const change = (name: Parameters<typeof callApi>[1], requestId: string, body?: object) =>
  call(name, 'david', { params: { requestId }, ...(body ? { body } : {}) });
const attempt = async () => {
  const { body } = await call('caseDetail', 'nadia', { params: { caseId } });
  return call('recordAttempt', 'nadia', {
    params: { caseId },
    body: { version: Number(body.version), channel: 'phone', outcome: 'no_answer' },
  });
};

describe('who asks about their own data', () => {
  test('is found by exact name and birth date, accents and signs aside, by the officer alone', async () => {
    const asked = { familyName: 'd arc b', firstName: 'NOEL', birthDate: AWA.birthDate };
    const { body } = await call('findSubject', 'david', { body: asked });
    expect(body.subjects).toMatchObject([{ siei: AWA.siei, department: '62' }]);
    caseId = (body.subjects as { caseId: string }[])[0]?.caseId ?? '';
    const none = await call('findSubject', 'david', { body: { ...asked, birthDate: '2005-06-08' } });
    expect(none.body.subjects).toEqual([]);
    expect((await call('findSubject', 'nadia', { body: asked })).status).toBe(403);
  });

  test('has an answer within a month, or three when told so in the first', async () => {
    const request = await open('rectification', '2025-10-31');
    // The month that has no 31st ends on its last day.
    expect(request).toMatchObject({ dueOn: '2025-11-30', late: false });
    const { body } = await change('extendPrivacyRequest', request.requestId);
    expect(body).toMatchObject({ extendedOn: '2025-11-20', dueOn: '2026-01-31' });
    expect((await change('extendPrivacyRequest', request.requestId)).body.code).toBe('not_possible');
    const late = await open('rectification', '2025-10-19');
    expect(late).toMatchObject({ dueOn: '2025-11-19', late: true });
    expect((await change('extendPrivacyRequest', late.requestId)).body.code).toBe('not_possible');
    const { body: list } = await call('privacyRequests', 'david');
    expect((list.requests as PrivacyRequest[])[0]).toMatchObject({ requestId: late.requestId, late: true });
    for (const { requestId } of [request, late])
      expect((await change('answerPrivacyRequest', requestId, { answer: 'granted' })).status).toBe(200);
    const again = await change('answerPrivacyRequest', late.requestId, { answer: 'refused' });
    expect(again.body.code).toBe('not_possible');
  });

  test.each([
    ['a day to come', { receivedOn: '2025-11-21' }, 'not_possible'],
    ['a case that is none', { caseId: '785845ca-c6e3-4821-9250-6a281bc726a7' }, 'not_found'],
    ['an identity that nobody checked', { identityChecked: false }, 'bad_request'],
  ])('is not recorded for %s', async (_, wrong, code) => {
    const body = { kind: 'access', caseId, receivedOn: '2025-11-10', identityChecked: true, ...wrong };
    expect((await call('openPrivacyRequest', 'david', { body })).body.code).toBe(code);
  });
});

test('an access gives everything that is held, and who saw it without their name', async () => {
  expect((await attempt()).status).toBe(200);
  const { requestId } = await open('access');
  const { body } = await change('privacyExtract', requestId);
  const extract = body as unknown as PrivacyExtract;
  const rowsOf = (table: string) => extract.tables.find((one) => one.table === table)?.rows ?? [];
  expect(rowsOf('cases.cases')).toMatchObject([{ siei: AWA.siei, birth_date: AWA.birthDate, attempts: 1 }]);
  expect(rowsOf('cases.events')).toHaveLength(2);
  expect(rowsOf('lists.published_entries')).toMatchObject([{ entry: { phones: ['0321000000'] } }]);
  expect(
    extract.tables.every(({ rows }) => rows.every((row) => !JSON.stringify(row).includes('TEST000'))),
  ).toBe(true);
  const read = extract.seenBy.filter(({ action }) => action === 'case.read');
  expect(read[0]).toMatchObject({ purpose: 'follow_up', role: 'caseworker', organisation: 'désignée' });
  expect(JSON.stringify(extract.seenBy)).not.toMatch(/nadia|david/);
  const page = extractPage(extract, readTerms(STORE_RETENTION, undefined), STORE_RETENTION);
  expect(page).toContain('D’ARC&lt;b&gt;');
  expect(page).not.toContain('<b>');
  for (const told of [
    'nom de famille',
    '07/06/2005',
    '0321000000',
    'a été appelé, sans réponse',
    'conseiller ou conseillère de la plateforme',
  ])
    expect(page).toContain(told);
  const again = await change('privacyExtract', requestId);
  // The extract itself is a consultation, and is told in the next.
  expect((again.body as unknown as PrivacyExtract).seenBy[0]).toMatchObject({
    action: 'privacy.extracted',
    role: 'data_protection',
  });
  await change('answerPrivacyRequest', requestId, { answer: 'granted' });
  const other = await open('rectification');
  expect((await change('privacyExtract', other.requestId)).body.code).toBe('not_possible');
  await change('answerPrivacyRequest', other.requestId, { answer: 'refused' });
});

describe.each(['restriction', 'objection'])('a %s', (kind) => {
  test('once granted, stops every act on the case and none of the reads, until it is lifted', async () => {
    const { requestId } = await open(kind);
    expect((await attempt()).status).toBe(200);
    expect((await change('answerPrivacyRequest', requestId, { answer: 'granted' })).body).toMatchObject({
      inForce: true,
    });
    const refused = await attempt();
    expect(refused.body).toMatchObject({
      code: 'not_possible',
      detail: expect.stringContaining('demande de la personne') as string,
    });
    expect((await call('caseDetail', 'nadia', { params: { caseId } })).status).toBe(200);
    expect((await change('liftRestriction', requestId)).body).toMatchObject({ inForce: false });
    expect((await attempt()).status).toBe(200);
    expect((await change('liftRestriction', requestId)).body.code).toBe('not_possible');
  });

  test('refused, changes nothing', async () => {
    const { requestId } = await open(kind);
    await change('answerPrivacyRequest', requestId, { answer: 'refused' });
    expect((await attempt()).status).toBe(200);
    expect((await change('liftRestriction', requestId)).body.code).toBe('not_possible');
  });
});

test('a purge keeps the case of a request without an answer, and of a restriction in force', async () => {
  const run = () =>
    purge(database, STORE_RETENTION, {
      today: '2031-06-07',
      terms: readTerms(STORE_RETENTION, undefined),
      dryRun: true,
    });
  expect(await run()).toMatchObject({ held: 0, classes: { 'cases.age_limit': 3 } });
  const { requestId } = await open('restriction');
  expect(await run()).toMatchObject({ held: 1, classes: { 'cases.age_limit': 2 } });
  await change('answerPrivacyRequest', requestId, { answer: 'granted' });
  expect(await run()).toMatchObject({ held: 1, tables: { 'cases.cases': 2 } });
  await change('liftRestriction', requestId);
  expect(await run()).toMatchObject({ held: 0, tables: { 'cases.cases': 3 } });
});

test('the application’s role reads and adds requests for nobody but an officer', async () => {
  const as = (who: Somebody, sql: string) =>
    database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': world.tokens[who], 'raccroche.purpose': 'control' },
      },
      (transaction) => transaction.query(sql, sql.includes('$1') ? [caseId, world.ids[who]] : []),
    );
  const add =
    "INSERT INTO privacy.requests (kind, case_id, received_on, recorded_by) VALUES ('access', $1, '2025-11-01', $2)";
  expect((await as('nadia', 'SELECT FROM privacy.requests')).rows).toEqual([]);
  expect((await as('nadia', "UPDATE privacy.requests SET ended_on = '2030-01-01'")).rowCount).toBe(0);
  await expect(as('nadia', add)).rejects.toThrow('row-level security');
  await expect(as('nadia', 'SELECT privacy.is_held($1) AS x WHERE $2::TEXT IS NOT NULL')).rejects.toThrow(
    'permission denied',
  );
  expect((await as('david', add)).rowCount).toBe(1);
});
