import { createHmac } from 'node:crypto';
import type { Webhook, WebhookMessage } from '@raccroche/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { tellPartners } from '../../modules/partners/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import { NotPosted, type Post } from '../../platform/http/post-out.ts';
import type { JobEnd } from '../../platform/postgres/job-queue.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { type Call, call, createTestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { addTestPartner, tokenOf } from '../testing/test-partner.ts';
import { ARRAS_COMMUNE } from '../testing/test-world.ts';
import { startWorker } from './run-worker.ts';

const SETTINGS = { serviceKey: Buffer.alloc(32, 3), reach: 'public', inbox: 'depots' } as const;
const AT = 1_763_632_800;
const LISTED = [...people(8), ...people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE }))];
const on = useServedWorld(LISTED);

/** What was sent, and what the next posts answer. */
const sent: { url: string; headers: Post['headers']; body: { type: string; data: { cases?: unknown[] } } }[] =
  [];
let answers: (number | string)[] = [];
const post = async (url: URL, { headers, body }: Post) => {
  sent.push({ url: url.href, headers, body: JSON.parse(body) as (typeof sent)[number]['body'] });
  const answer = answers.shift() ?? 204;
  if (typeof answer === 'string') throw new NotPosted(answer);
  return answer;
};
const tell = () => tellPartners(on.database, { ...SETTINGS, now: () => AT, post });
/** As if so much time had gone by for what waits. */
const wait = () => on.owner('UPDATE partners.messages SET next_try_at = now() WHERE next_try_at IS NOT NULL');

type Name = Parameters<typeof call>[1];
const system =
  (token: string) =>
  async (name: Name, given: Call = {}) => {
    const { api } = createTestApi(on.database, true, { partners: SETTINGS });
    const answer = await call(api, name, { ...given, headers: { authorization: `Bearer ${token}` } });
    await api.close();
    return answer;
  };
async function subscribed(events: readonly string[], platform: 'lens' | 'arras' = 'lens') {
  const partner = await addTestPartner(on, 'mission_locale', { platform });
  const ask = system(await tokenOf(on, partner));
  const body = { url: 'https://exemple.fr/raccroche', events };
  const made = (await ask('subscribe', { body })).body as { webhookId: string; secret: string };
  const params = { webhookId: made.webhookId };
  return {
    ...made,
    partner,
    ask,
    params,
    messages: async (state?: string) =>
      (await ask('webhookMessages', { params, ...(state ? { query: { state } } : {}) })).body
        .messages as WebhookMessage[],
    state: async () => ((await ask('webhooks')).body.webhooks as Webhook[])[0],
  };
}
const act = async (name: Name, number: number, body: object = {}) => {
  const [row] = await on.owner<{ case_id: string; version: number }>(
    'SELECT case_id, version FROM cases.cases WHERE siei = $1',
    [`TEST${String(number).padStart(6, '0')}AA`],
  );
  const given = { params: { caseId: row?.case_id ?? '' }, body: { version: row?.version, ...body } };
  expect((await on.call(name, 'nadia', given)).status).toBe(200);
  return row?.case_id;
};

beforeEach(async () => {
  sent.length = 0;
  answers = [];
  await on.owner('DELETE FROM partners.messages');
  await on.owner('DELETE FROM partners.webhooks');
  await on.owner('DELETE FROM jobs.outbox');
});

describe('a subscription', () => {
  test('is told what it asked for, of its own platforms, by ids and codes, signed', async () => {
    const one = await subscribed(['case.closed']);
    await subscribed(['case.closed'], 'arras');
    await subscribed(['case.return_requested']);
    const caseId = await act('closeCase', 0, { outcome: 'employment' });
    await act('addNote', 1, { text: 'rappeler le matin' });
    expect(await tell()).toBe(null);
    expect(sent).toHaveLength(1);
    const [message] = sent;
    expect(message?.body).toEqual({
      type: 'case.closed',
      timestamp: expect.any(String) as string,
      data: { platformId: on.world.lens, cases: [{ caseId, siei: 'TEST000000AA' }] },
    });
    const {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': signature,
    } = message?.headers ?? {};
    const key = Buffer.from(one.secret.slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`${id}.${at}.${JSON.stringify(message?.body)}`);
    expect([at, signature]).toEqual([String(AT), `v1,${signed.digest('base64')}`]);
    expect(await one.messages()).toMatchObject([
      { messageId: id, event: 'case.closed', state: 'delivered', lastCode: '204' },
    ]);
  });

  test('tells many cases at once in messages of a hundred', async () => {
    const one = await subscribed(['case.refuted']);
    await on.owner(
      `WITH more AS (
         INSERT INTO cases.cases (siei, platform_id, department, family_name, first_names, sort_name, birth_date, verification,
           contact, pathway, listed, opened_on)
         SELECT 'MANY' || lpad(n::TEXT, 8, '0'), $1, '62', 'X', '{Y}', 'X Y', '2006-01-01', 'to_verify', 'to_contact',
           'not_started', true, '2025-11-15' FROM generate_series(1, 250) n RETURNING case_id)
       INSERT INTO cases.events (case_id, kind, happened_at, case_version) SELECT case_id, 'refuted', now(), 9 FROM more`,
      [on.world.lens],
    );
    await tell();
    expect(sent.map(({ body }) => body.data.cases?.length).sort()).toEqual([100, 100, 50]);
    expect(await one.messages()).toHaveLength(3);
  });

  test('is made for https alone, and no private address', async () => {
    const { ask } = await subscribed(['case.closed']);
    for (const url of [
      'http://exemple.fr',
      'https://127.0.0.1/x',
      'https://192.168.0.9',
      'https://a:b@exemple.fr',
    ])
      expect((await ask('subscribe', { body: { url, events: ['case.closed'] } })).body.code).toBe(
        'not_possible',
      );
  });

  test('of a system that was cut off is told nothing more', async () => {
    const { partner } = await subscribed(['case.closed']);
    // Also what waited already.
    await act('closeCase', 3, { outcome: 'employment' });
    await on.call('revokePartner', 'diane', { params: { partnerId: partner.partnerId } });
    await act('closeCase', 1, { outcome: 'employment' });
    expect(await tell()).toBe(null);
    expect(sent).toEqual([]);
    expect(await on.owner('SELECT FROM partners.messages')).toHaveLength(1);
  });

  test('that is nobody else’s is not seen, tried, or ended by them', async () => {
    const one = await subscribed(['case.closed']);
    const other = await subscribed(['case.closed'], 'arras');
    const { params } = one;
    for (const name of [
      'webhookMessages',
      'pingWebhook',
      'renewWebhookSecret',
      'unsubscribe',
      'resumeWebhook',
    ] as const)
      expect((await other.ask(name, { params })).status).toBe(404);
    expect(JSON.stringify((await other.ask('webhooks')).body)).not.toContain(one.webhookId);
    expect((await one.ask('unsubscribe', { params })).status).toBe(200);
    expect(await one.state()).toBe(undefined);
  });
});

describe('a message', () => {
  test('of trial bears nothing; a new secret signs beside the one before', async () => {
    const { ask, params, secret } = await subscribed(['case.closed']);
    const renewed = (await ask('renewWebhookSecret', { params })).body;
    expect(renewed.secret).not.toBe(secret);
    await ask('pingWebhook', { params });
    await tell();
    expect(sent[0]?.body).toMatchObject({ type: 'ping', data: {} });
    expect(sent[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  });

  test('that nobody takes is tried again under the same id, then given up, and sent again by hand', async () => {
    const one = await subscribed(['case.closed']);
    await one.ask('pingWebhook', { params: one.params });
    answers = [500, 'ECONNREFUSED', 'timeout', 302, 404, 500, 500, 500, 500, 500];
    for (let tries = 1; tries < 10; tries += 1) {
      await wait();
      expect(await tell()).not.toBe(null);
      expect(await one.messages()).toMatchObject([{ state: 'waiting', tries }]);
    }
    await wait();
    expect(await tell()).toBe(null);
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [dead] = await one.messages('dead');
    expect(dead).toMatchObject({ state: 'dead', tries: 10, nextTryAt: null, lastCode: '500' });
    const messageId = dead?.messageId ?? '';
    const params = { partnerId: one.partner.partnerId, messageId };
    const seen = await on.call('partnerMessages', 'diane', { params, query: { state: 'dead' } });
    expect(seen.body.messages).toMatchObject([{ messageId }]);
    expect((await on.call('partnerMessages', 'ines', { params })).status).toBe(404);
    expect((await on.call('retryPartnerMessage', 'paul', { params })).status).toBe(403);
    expect((await on.call('retryPartnerMessage', 'diane', { params })).status).toBe(200);
    expect((await on.call('retryPartnerMessage', 'diane', { params })).status).toBe(404);
    await tell();
    expect(await one.messages('delivered')).toMatchObject([{ messageId }]);
  });

  test('waits its turn after three that nobody took, and does not hold up another webhook', async () => {
    const one = await subscribed(['case.closed']);
    for (let count = 0; count < 5; count += 1) await one.ask('pingWebhook', { params: one.params });
    answers = [500, 500, 500];
    await tell();
    expect(sent).toHaveLength(3);
    expect((await one.messages()).map(({ tries }) => tries).sort()).toEqual([0, 0, 1, 1, 1]);
    const other = await subscribed(['case.closed']);
    await other.ask('pingWebhook', { params: other.params });
    await tell();
    expect(await other.messages('delivered')).toHaveLength(1);
  });
});

describe('a webhook is suspended', () => {
  test('at once when its address is gone, which is told; it goes on when it is taken up again', async () => {
    const one = await subscribed(['case.closed']);
    await one.ask('pingWebhook', { params: one.params });
    answers = [410];
    await tell();
    expect(await one.state()).toMatchObject({ suspendedFor: 'gone' });
    expect((await one.ask('pingWebhook', { params: one.params })).body.code).toBe('not_possible');
    for (const who of ['diane', 'david'] as const)
      expect((await on.call('notices', who)).body.notices).toContainEqual(
        expect.objectContaining({ kind: 'webhook_suspended', about: one.webhookId }),
      );
    await wait();
    await tell();
    expect(sent).toHaveLength(1);
    await one.ask('resumeWebhook', { params: one.params });
    await tell();
    expect(await one.state()).toMatchObject({ suspendedAt: null, failingSince: null });
    expect(await one.messages('delivered')).toHaveLength(1);
  });

  test('after five days without one answer, and not before', async () => {
    const one = await subscribed(['case.closed']);
    const failingFor = (days: number) =>
      on.owner('UPDATE partners.webhooks SET failing_since = now() - make_interval(days => $1)', [days]);
    await one.ask('pingWebhook', { params: one.params });
    for (const [days, suspended] of [
      [4, null],
      [6, 'failures'],
    ] as const) {
      await failingFor(days);
      await wait();
      answers = ['timeout'];
      await tell();
      expect((await one.state())?.suspendedFor).toBe(suspended);
    }
  });
});

test('the worker tells what an act gave cause for, once it is committed', async () => {
  const one = await subscribed(['case.closed']);
  const ended: JobEnd[] = [];
  const worker = await startWorker(on.database, {
    clock: { now: () => '2025-11-20T10:00:00.000Z', elapsedMs: () => 0 },
    terms: readTerms(STORE_RETENTION, undefined),
    ended: (end) => ended.push(end),
    pollSeconds: 0.5,
    carry: async () => {},
    origin: undefined,
    tell: { ...SETTINGS, post },
  });
  await act('closeCase', 2, { outcome: 'employment' });
  await expect.poll(() => sent.length, { timeout: 30_000 }).toBe(1);
  // What nobody took is asked for again, for the instant of the next try.
  answers = [500];
  await one.ask('pingWebhook', { params: one.params });
  const putOff = () =>
    on.owner(
      "SELECT FROM pgboss.job WHERE name = 'partners.tell' AND state = 'created' AND start_after > now()",
    );
  await expect.poll(async () => (await putOff()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await worker.close();
  expect(await one.messages('delivered')).toHaveLength(1);
  expect(await one.messages('waiting')).toMatchObject([{ tries: 1, lastCode: '500' }]);
  expect(ended.every(({ outcome }) => outcome === 'done')).toBe(true);
});
