import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { KEYED_ENVIRONMENT, PROGRAM, printed, raccrocheIn } from './command-line.ts';
import { AS_OF, DELIVERIES } from './expectations.ts';

/** From a campaign's folder to cases in the embedded base, by the command line alone; then what the next campaign changes. */

const LATER = '2026-03-01';
const root = mkdtempSync(join(tmpdir(), 'publish-'));
const [FIRST, SECOND] = [join(root, 'campagne-1'), join(root, 'campagne-2')];
const run = (...args: readonly string[]) => raccrocheIn(root, ...args);

const PUBLICATION = z.looseObject({
  alreadyPublished: z.boolean(),
  entries: z.number(),
  opened: z.number(),
  closed: z.number(),
  flagged: z.number(),
  withoutPlatform: z.number(),
});
const DIFFERENCE = z.looseObject({ nouveaux: z.array(z.unknown()), sortis: z.array(z.unknown()) });
const LISTED = z.looseObject({ listed: z.number() });
const VERDICT = z.looseObject({ ok: z.boolean() });

const campaign = (asOf: string, out: string, ...more: readonly string[]) =>
  printed(
    LISTED,
    run('campaign', 'run', '--deliveries', DELIVERIES, '--as-of', asOf, '--out', out, '--json', ...more),
  );
const publish = (folder: string) => printed(PUBLICATION, run('campaign', 'publish', folder, '--json'));

let listed = 0;
beforeAll(() => {
  listed = campaign(AS_OF, FIRST).listed;
  campaign(LATER, SECOND, '--previous', FIRST);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('says what to do before a base is there', () => {
  const said = run('campaign', 'publish', FIRST);
  expect({ code: said.code, stderr: said.stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('db migrate') as string,
  });
});

it('opens a case for each name of the lists, once', () => {
  expect(run('db', 'migrate').code).toBe(0);
  expect(publish(FIRST)).toMatchObject({ alreadyPublished: false, entries: listed, opened: listed });
  expect(publish(FIRST)).toMatchObject({ alreadyPublished: true, opened: 0 });
});

it('changes with the next campaign what the campaign itself says that it changes', () => {
  const { nouveaux, sortis } = DIFFERENCE.parse(
    JSON.parse(readFileSync(join(SECOND, 'difference.json'), 'utf8')),
  );
  expect(nouveaux.length + sortis.length).toBeGreaterThan(0);
  expect(publish(SECOND)).toMatchObject({ opened: nouveaux.length, closed: sortis.length, flagged: 0 });
});

it('leaves a base that is whole, with its trail', () => {
  expect(printed(VERDICT, run('db', 'check', '--json')).ok).toBe(true);
  expect(printed(VERDICT, run('audit', 'verify', '--json')).ok).toBe(true);
});

it('serves until it is asked to stop, and ends well', async () => {
  const server = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0'], {
    cwd: root,
    env: KEYED_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said.toString())?.[0] ?? '';
  const get = (path: string) => globalThis.fetch(address + path);
  expect(await (await get('/api/health')).json()).toEqual({ status: 'ok', engine: 'pglite' });
  expect((await get('/api/me')).status).toBe(401);
  expect((await get('/api/demo/people')).status).toBe(404);
  const busy = run('audit', 'verify');
  expect({ code: busy.code, stderr: busy.stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('déjà ouverte') as string,
  });
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});
