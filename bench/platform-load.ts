/**
 * A working hour of the platforms in small: caseworkers who read their worklist, open a case, record an attempt, and think in
 * between, all at once. Every route is held against one that reads a row by its key under the same load in the same run.
 * `DATABASE_URL=postgres://… npx tsx bench/platform-load.ts [--cases 1000000] [--users 2000] [--platforms 380] [--callers 200]
 * [--seconds 60] [--think 4] [--warm 10] [--pool 10] [--kill]`. The base must be empty. `--think`: seconds on average between
 * two requests of a caller. `--kill`: the server dies by SIGKILL in the middle and starts again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { csrfTokenOf } from '../packages/server/src/app/api/session-cookie.ts';
import { findLost, lastEvent } from '../packages/server/src/app/testing/load/find-lost.ts';
import { openDatabaseAt } from '../packages/server/src/platform/postgres/open-database.ts';
import { fillBase, type User } from './platform-load-base.ts';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '2000' },
    platforms: { type: 'string', default: '380' },
    callers: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    think: { type: 'string', default: '4' },
    warm: { type: 'string', default: '10' },
    pool: { type: 'string', default: '10' },
    kill: { type: 'boolean', default: false },
  },
});
const number = (name: Exclude<keyof typeof options, 'kill'>) => Number(options[name]);
const url = process.env.DATABASE_URL;
if (url === undefined) throw new Error('DATABASE_URL must name an empty base');
const PORT = 8531;
const ADDRESS = `http://127.0.0.1:${PORT}`;

/** The same draws in every run. Source: mulberry32. */
function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const durations = new Map<string, number[]>();
const counts = { errors: 0, conflicts: 0, cut: 0, requests: 0 };
const acknowledged = new Map<string, number>();
const unanswered = new Map<string, number>();
const add = (to: Map<string, number>, key: string) => to.set(key, (to.get(key) ?? 0) + 1);
const run = { measuring: false, over: false, killing: false };

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** One request, timed from its first byte to the last of the answer. Undefined when the server died under it. */
async function ask(user: User, route: string, path: string, body?: object): Promise<Answer | undefined> {
  const start = performance.now();
  try {
    const response = await globalThis.fetch(ADDRESS + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie: `__Host-raccroche=${user.token}`,
        ...(body ? { 'content-type': 'application/json', 'x-csrf-token': csrfTokenOf(user.token) } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    if (run.measuring) {
      counts.requests += 1;
      durations.set(route, [...(durations.get(route) ?? []), performance.now() - start]);
    }
    if (answer.status === 409) counts.conflicts += 1;
    else if (answer.status !== 200) {
      counts.errors += 1;
      if (counts.errors < 5)
        process.stderr.write(`${route}: ${answer.status} ${JSON.stringify(answer.body)}\n`);
    }
    return answer;
  } catch {
    if (run.killing) counts.cut += 1;
    else counts.errors += 1;
    await pause(500);
    return undefined;
  }
}

const QUERIES = [
  '',
  '&sort=last_attempt',
  '&sort=last_attempt&contact=to_contact',
  '&referent=nobody',
  '&name=mer',
];

/** A caseworker, from their worklist to an attempt, again and again. */
async function work(user: User, draw: () => number): Promise<void> {
  const think = () => pause(-Math.log(1 - draw()) * number('think') * 1000);
  await think();
  while (!run.over) {
    const query = QUERIES[Math.floor(draw() * QUERIES.length)] ?? '';
    const list = await ask(user, 'worklist', `/api/cases?platform=${user.platformId}${query}`);
    await think();
    await ask(user, 'one row by key', `/bench/one-row/${user.platformId}`);
    const cases = (list?.body.cases ?? []) as { caseId: string }[];
    const chosen = cases[Math.floor(draw() * cases.length)];
    if (!chosen || run.over) continue;
    const detail = await ask(user, 'case', `/api/cases/${chosen.caseId}`);
    await think();
    if (detail?.status !== 200 || run.over) continue;
    const attempt = { version: detail.body.version, channel: 'phone', outcome: 'no_answer' };
    const told = await ask(user, 'attempt', `/api/cases/${chosen.caseId}/attempts`, attempt);
    if (told === undefined) add(unanswered, chosen.caseId);
    else if (told.status === 200) add(acknowledged, chosen.caseId);
    await think();
  }
}

async function startServer(): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./platform-load-server.ts', import.meta.url));
  const server = fork(program, [url ?? '', String(PORT), options.pool], { execArgv: ['--import', 'tsx'] });
  await once(server, 'message');
  return server;
}

const round = (ms: number) => ms.toFixed(ms < 10 ? 1 : 0);
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

const database = await openDatabaseAt({ url, folder: '' });
const users = await fillBase(
  database,
  { cases: number('cases'), users: number('users'), platforms: number('platforms') },
  (what, ms) => process.stdout.write(`  ${what}: ${(ms / 1000).toFixed(1)} s\n`),
);
const since = await lastEvent(database);
let server = await startServer();
// Two callers a platform: colleagues meet on the same cases.
const half = Math.max(1, Math.floor(number('callers') / 2));
const callers = Array.from({ length: number('callers') }, (_, caller) => {
  const place = caller % Math.min(half, number('platforms'));
  const user = users[caller < half ? place : place + number('platforms')];
  if (!user) throw new Error('two users a platform are needed');
  return user;
});
const working = callers.map((user, caller) => work(user, drawFrom(caller)));
await pause(number('warm') * 1000);
run.measuring = true;
const start = performance.now();
if (options.kill) {
  await pause(number('seconds') * 500);
  run.killing = true;
  server.kill('SIGKILL');
  await once(server, 'exit');
  server = await startServer();
  await pause(number('seconds') * 500);
} else await pause(number('seconds') * 1000);
const seconds = (performance.now() - start) / 1000;
run.measuring = false;
run.over = true;
await Promise.all(working);
server.send('cpu');
const [usage] = (await once(server, 'message')) as [{ cpu: number; memory: number }];
server.kill();

const reference = percentile(
  (durations.get('one row by key') ?? []).sort((a, b) => a - b),
  0.95,
);
process.stdout.write('| route | requests | p50 | p95 | max | p95 / one row |\n|---|---|---|---|---|---|\n');
for (const [route, all] of durations) {
  const sorted = all.sort((a, b) => a - b);
  const p95 = percentile(sorted, 0.95);
  process.stdout.write(
    `| ${route} | ${sorted.length} | ${round(percentile(sorted, 0.5))} ms | ${round(p95)} ms | ${round(percentile(sorted, 1))} ms | ${(p95 / reference).toFixed(1)} |\n`,
  );
}
const lost = await findLost(database, { acknowledged, unanswered }, since);
const total = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((sum, one) => sum + one, 0);
process.stdout.write(
  `${(counts.requests / seconds).toFixed(1)} requests a second, ${counts.errors} errors, ${counts.conflicts} conflicts told, ${counts.cut} cut off
attempts: ${total(acknowledged)} acknowledged, ${total(unanswered)} without an answer; wrong afterwards: ${lost.length}
server: CPU ${usage.cpu.toFixed(1)} s, memory ${Math.round(usage.memory / 2 ** 20)} MB; load of the machine ${loadavg()[0]?.toFixed(1)}\n`,
);
for (const line of lost.slice(0, 5)) process.stdout.write(`  ${line}\n`);
await database.close();
process.exitCode = lost.length > 0 || counts.errors > 0 ? 1 : 0;
