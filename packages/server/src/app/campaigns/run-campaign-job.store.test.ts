import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CampaignRun } from '@raccroche/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../platform/postgres/database.ts';
import { call, createTestApi, type TestApi } from '../testing/test-api.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';
import type { CampaignFolders } from './folders.ts';
import { runAskedCampaign } from './run-campaign-job.ts';

const DELIVERED = new URL('../../../../../acceptance/case-2025-11-15/deliveries/', import.meta.url).pathname;
let database: Database;
let world: TestWorld;
let server: TestApi;
let folders: CampaignFolders;
beforeAll(async () => {
  const campaigns = mkdtempSync(join(tmpdir(), 'raccroche-runs-'));
  folders = { campaigns, deliveries: join(campaigns, 'recus'), memory: '512MB' };
  mkdirSync(folders.deliveries);
  database = await openTestStore();
  world = await buildWorld(database);
  server = createTestApi(database, true, { campaigns: folders });
});
afterAll(async () => {
  await server.api.close();
  await database.close();
  rmSync(folders.campaigns, { recursive: true, force: true });
});

const as = (name: Parameters<typeof call>[1], given: object = {}) =>
  call(server.api, name, { token: world.tokens.anne, ...given });
async function ask(name: string): Promise<string> {
  const { body } = await as('startCampaign', {
    body: { name, asOf: '2025-11-15', rules: 'siei-2011', previous: null },
  });
  return String(body.runId);
}
async function runOf(runId: string): Promise<CampaignRun | undefined> {
  const { body } = await as('campaigns');
  return (body.runs as CampaignRun[]).find((one) => one.runId === runId);
}
const run = (runId: string, closing = new AbortController().signal) =>
  runAskedCampaign(database, runId, folders, closing);
const owner = (sql: string, parameters: readonly unknown[] = []) =>
  database.transaction({}, (transaction) => transaction.query(sql, parameters));

test('what a person can mend is told in its sentence, and the next may be asked', async () => {
  const runId = await ask('vide');
  await run(runId);
  expect(await runOf(runId)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('Aucun fichier') as string,
  });
});

test('stopped by somebody: it ends, and nothing of it is a campaign', async () => {
  for (const file of readdirSync(DELIVERED, { recursive: true, withFileTypes: true }))
    if (file.isFile()) copyFileSync(join(file.parentPath, file.name), join(folders.deliveries, file.name));
  const runId = await ask('arretee');
  await owner("UPDATE lists.campaign_runs SET state = 'running', cancel_asked = true WHERE run_id = $1", [
    runId,
  ]);
  await run(runId);
  expect(await runOf(runId)).toMatchObject({ state: 'cancelled', message: null });
  expect((await as('campaigns')).body.campaigns).toEqual([]);
});

test('stopped with its worker, it waits to be taken up again; then it runs to its end', async () => {
  const runId = await ask('campagne');
  const closing = new AbortController();
  closing.abort();
  await expect(run(runId, closing.signal)).rejects.toThrow('the worker stops');
  expect(await runOf(runId)).toMatchObject({ state: 'asked', endedAt: null });
  expect(
    (
      await as('startCampaign', {
        body: { name: 'x', asOf: '2025-11-15', rules: 'siei-2011', previous: null },
      })
    ).body.code,
  ).toBe('not_possible');
  await run(runId);
  const ended = await runOf(runId);
  expect(ended).toMatchObject({ state: 'done', message: null });
  expect(ended?.stages).toEqual(['read', 'link', 'assess', 'number', 'list', 'seal']);
  const { body } = await as('campaigns');
  expect(body.campaigns).toMatchObject([{ name: 'campagne', asOf: '2025-11-15', publishedAt: null }]);
});

test('one of which nobody hears any more is told to be silent, and may be taken up again', async () => {
  const runId = await ask('muette');
  expect((await as('resumeCampaign', { params: { runId } })).body.code).toBe('not_possible');
  await owner(
    "UPDATE lists.campaign_runs SET state = 'running', seen_at = now() - INTERVAL '1 hour' WHERE run_id = $1",
    [runId],
  );
  expect(await runOf(runId)).toMatchObject({ state: 'running', silent: true });
  expect((await as('resumeCampaign', { params: { runId } })).status).toBe(200);
  expect(await runOf(runId)).toMatchObject({ state: 'asked', silent: false });
  expect((await as('cancelCampaign', { params: { runId } })).status).toBe(200);
  expect(await runOf(runId)).toMatchObject({ state: 'cancelled' });
});
