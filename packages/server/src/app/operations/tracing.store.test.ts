import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { statementName, traceDatabase } from '../../platform/postgres/trace-database.ts';
import { openTracing } from '../../platform/telemetry/open-tracing.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import { jobKinds } from '../jobs/job-kinds.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type Somebody, type TestWorld } from '../testing/test-world.ts';
import { tracingOf } from './tracing.ts';

const WHO = { familyName: 'Dubois-Traceur', firstName: 'Clémence', birthDate: '2006-02-03' };
let database: Database;
let world: TestWorld;
let folder: string;
let exporter: InMemorySpanExporter;
let tracing: Tracing;
let spans: readonly ReadableSpan[];
let sent: readonly string[];

/** Everything that a span says, but for its own numbers. */
const saidBy = ({ name, attributes, status, events, resource }: ReadableSpan) =>
  JSON.stringify({ name, attributes, status, events, resource: resource.attributes });
const named = (name: string) => spans.filter((span) => span.name === name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-traces-'));
  exporter = new InMemorySpanExporter();
  tracing = openTracing(exporter, '0.0.0');
  const bare = await openTestStore();
  world = await buildWorld(bare);
  database = traceDatabase(bare, tracing);
  const listed = people(2).map((one) => ({ ...one, ...WHO }));
  await publishCampaign(database, writeCampaign(folder, '2025-11-15', listed));
  const { api } = createTestApi(database, true, { tracing });
  const ask = (name: Parameters<typeof call>[1], who: Somebody, given: object = {}) =>
    call(api, name, { token: world.tokens[who], ...given });
  const { body } = await ask('worklist', 'nadia', { query: { platform: world.lens } });
  const [one] = body.cases as { caseId: string; siei: string }[];
  const caseId = one?.caseId ?? '';
  await ask('caseDetail', 'nadia', { params: { caseId } });
  await ask('search', 'nadia', { query: { q: WHO.familyName } });
  await ask('addNote', 'nadia', {
    params: { caseId },
    body: { version: 1, text: 'Rappeler sa tante à Vimy' },
  });
  await ask('findElsewhere', 'lea', { body: WHO });
  await ask('caseDetail', 'lea', { params: { caseId } });
  await api.inject({ method: 'GET', url: `/nulle-part/${caseId}?nom=${WHO.familyName}` });
  const kinds = jobKinds(database, {
    clock: { now: () => '2025-11-20T00:00:00Z', elapsedMs: () => 0 },
    terms: readTerms(STORE_RETENTION, undefined),
  });
  await tracing.span('job test', {}, async () => kinds.find(({ name }) => name === 'cases.remind')?.run({}));
  const failing = tracing.span('fails', {}, async () => {
    throw Object.assign(new Error(`${WHO.familyName} est introuvable`), { code: 'broken' });
  });
  await expect(failing).rejects.toThrow('introuvable');
  sent = [
    ...Object.values(WHO),
    'Vimy',
    caseId,
    one?.siei ?? '',
    ...Object.values(world.tokens),
    ...Object.values(world.ids),
    'exemple.test',
    'rue inventée',
    folder,
  ];
  await api.close();
  // Closing sends what waits; the exporter forgets at its own end, so it is read before.
  const shown: ReadableSpan[] = [];
  const shutdown = exporter.shutdown.bind(exporter);
  exporter.shutdown = async () => {
    shown.push(...exporter.getFinishedSpans());
    await shutdown();
  };
  await tracing.close();
  spans = shown;
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the traces', () => {
  test('tell requests by their route, with what the base did under each', () => {
    const [request] = named('GET /api/cases/:caseId');
    expect(request?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/api/cases/:caseId',
      'http.response.status_code': 200,
    });
    const under = (parent: ReadableSpan | undefined) =>
      spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent?.spanContext().spanId);
    const [transaction] = under(request);
    expect(transaction).toMatchObject({
      name: 'transaction',
      attributes: { 'raccroche.role': 'raccroche_app' },
    });
    const statements = under(transaction).map(({ name }) => name);
    expect(statements).toEqual(expect.arrayContaining(['SELECT access.me', 'SELECT access.record']));
    // What the query builder sends is seen too.
    expect(statements.some((name) => /cases\.cases/.test(name))).toBe(true);
    expect(named('GET unknown')).toHaveLength(1);
    expect(named('COPY lists.staged_entries').length).toBeGreaterThan(0);
    expect(named('job test')).toHaveLength(1);
  });

  test('tell nothing of anybody: no name, id, address, parameter, token or message', () => {
    expect(spans.length).toBeGreaterThan(50);
    const said = spans.map(saidBy).join('\n').toLowerCase();
    for (const word of sent) {
      expect(word.length).toBeGreaterThan(3);
      expect(said).not.toContain(word.toLowerCase());
    }
    expect(said).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|@|\d{4}-\d{2}-\d{2}/);
  });

  test('have no other attributes than these, and nothing of the machine', () => {
    const keys = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].sort()).toEqual([
      'db.query.summary',
      'db.system.name',
      'error.type',
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'raccroche.role',
    ]);
    expect(spans[0]?.resource.attributes).toEqual({
      'service.name': 'raccroche',
      'service.version': '0.0.0',
    });
    expect(named('fails')[0]?.attributes).toEqual({ 'error.type': 'broken' });
    expect(spans.flatMap(({ events }) => events)).toEqual([]);
  });
});

test.each([
  ['SELECT * FROM access.me()', 'SELECT access.me'],
  ['select "case_id" from "cases"."cases" where "case_id" = $1', 'SELECT cases.cases'],
  ['\n  WITH moved AS (UPDATE cases.cases SET x = 1) SELECT 1', 'WITH cases.cases'],
  ['SET LOCAL ROLE raccroche_app', 'SET'],
  ['', ''],
])('the name of a statement: %s', (sql, name) => {
  expect(statementName(sql)).toBe(name);
});

test('nothing is sent without a collector; with one, spans are, by HTTP', async () => {
  const quiet = await tracingOf({ tracesEndpoint: undefined }, '0');
  expect(await quiet.span('x', {}, async () => 1)).toBe(1);
  await quiet.close();
  const collector = createServer((_request, response) => response.end('{}'));
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const asked = once(collector, 'request') as Promise<[IncomingMessage]>;
  const { port } = collector.address() as AddressInfo;
  const told = await tracingOf({ tracesEndpoint: `http://127.0.0.1:${port}/` }, '0');
  await told.span('x', {}, async () => 1);
  await told.close();
  const [{ method, url }] = await asked;
  expect({ method, url }).toEqual({ method: 'POST', url: '/v1/traces' });
  collector.close();
});
