/**
 * A working hour of the platforms in small: caseworkers who read their worklist, open a case, record an attempt, and think in
 * between, all at once. Every route is held against one that reads a row by its key under the same load in the same run.
 * `DATABASE_URL=postgres://… npx tsx bench/platform-load.ts [--cases 1000000] [--users 2000] [--platforms 380] [--callers 200]
 * [--seconds 60] [--think 4] [--warm 10] [--pool 10] [--kill]`. The base must be empty. `--think`: seconds on average between
 * two requests of a caller. `--kill`: the server dies by SIGKILL in the middle and starts again.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startCallers, totalOf } from '../packages/server/src/app/testing/load/callers.ts';
import { findLost, lastEvent } from '../packages/server/src/app/testing/load/find-lost.ts';
import { loadServer } from '../packages/server/src/app/testing/load/load-server.ts';
import { openDatabaseAt } from '../packages/server/src/platform/postgres/open-database.ts';
import { fillBase } from './platform-load-base.ts';

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
const location = { url, folder: '', poolSize: number('pool') };
const QUERIES = [
  '',
  '&sort=last_attempt',
  '&sort=last_attempt&contact=to_contact',
  '&referent=nobody',
  '&name=mer',
];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
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
let server = await loadServer()(location);
// Two callers a platform: colleagues meet on the same cases.
const half = Math.max(1, Math.floor(number('callers') / 2));
const callers = Array.from({ length: number('callers') }, (_, caller) => {
  const place = caller % Math.min(half, number('platforms'));
  const user = users[caller < half ? place : place + number('platforms')];
  if (!user) throw new Error('two users a platform are needed');
  return user;
});
const durations = new Map<string, number[]>();
const told = { measuring: false, requests: 0, refused: 0 };
const working = startCallers(callers, {
  address: () => server.address,
  thinkMs: number('think') * 1000,
  retryMs: 500,
  queries: QUERIES,
  reference: true,
  answered(route, ms) {
    if (!told.measuring) return;
    told.requests += 1;
    durations.set(route, [...(durations.get(route) ?? []), ms]);
  },
  refused(route, status, body) {
    told.refused += 1;
    if (told.refused < 5) process.stderr.write(`${route}: ${status} ${JSON.stringify(body)}\n`);
  },
});
await pause(number('warm') * 1000);
told.measuring = true;
const start = performance.now();
if (options.kill) {
  await pause(number('seconds') * 500);
  await server.kill();
  server = await loadServer()(location);
  await pause(number('seconds') * 500);
} else await pause(number('seconds') * 1000);
const seconds = (performance.now() - start) / 1000;
told.measuring = false;
await working.stop();
const usage = await server.usage();
await server.kill();

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
const { acknowledged, unanswered, counts } = working;
const lost = await findLost(database, { acknowledged, unanswered }, since);
// Without a kill nothing may be cut off.
const errors = counts.errors + (options.kill ? 0 : counts.cut);
process.stdout.write(
  `${(told.requests / seconds).toFixed(1)} requests a second, ${errors} errors, ${counts.conflicts} conflicts told, ${counts.cut} cut off
attempts: ${totalOf(acknowledged)} acknowledged, ${totalOf(unanswered)} without an answer; wrong afterwards: ${lost.length}
server: CPU ${usage.cpu.toFixed(1)} s, memory ${Math.round(usage.memory / 2 ** 20)} MB; load of the machine ${loadavg()[0]?.toFixed(1)}\n`,
);
for (const line of lost.slice(0, 5)) process.stdout.write(`  ${line}\n`);
await database.close();
process.exitCode = lost.length > 0 || errors > 0 ? 1 : 0;
