import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PROGRAM = join(ROOT, 'packages', 'server', 'bin', 'raccroche.mjs');
const STARTED = /http:\/\/[\d.]+:\d+/;

export interface ServedDemo {
  readonly address: string;
  /** Folder in which the messages that would be sent are put. */
  readonly messages: string;
  /** Folder that is there while somebody uses it. */
  readonly lock: string;
}

/**
 * So many demonstrations as `npm start` opens one, each with data and campaigns of its own: built screens, servers on free ports.
 * `DEMO_CAMPAIGN` names a campaign that was already made, and is read where it is. `stop` ends them and leaves nothing behind.
 */
export async function serveDemos(
  count: number,
): Promise<{ readonly demos: readonly ServedDemo[]; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-journeys-'));
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build-web.mjs')], { stdio: 'inherit' });
  if (process.env.DEMO_CAMPAIGN === undefined)
    execFileSync(process.execPath, [PROGRAM, 'demo', '--json'], { cwd: folder, stdio: 'ignore' });
  const started = await Promise.all(
    Array.from({ length: count }, (_, index) => serve(join(folder, String(index)), join(folder, 'demo'))),
  );
  return {
    demos: started.map(({ address, messages, lock }) => ({ address, messages, lock })),
    async stop() {
      await Promise.all(started.map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve(folder: string, demo: string) {
  mkdirSync(folder);
  if (process.env.DEMO_CAMPAIGN === undefined) cpSync(demo, join(folder, 'demo'), { recursive: true });
  const campaign = process.env.DEMO_CAMPAIGN ?? join(folder, 'demo', 'campagne');
  const server = spawn(
    process.execPath,
    [PROGRAM, 'serve', '--demo', '--port', '0', '--campaign', campaign],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const address = await waitForAddress(server);
  return {
    address,
    messages: join(folder, 'var', 'messages-demo'),
    lock: join(folder, 'in-use'),
    async stop(): Promise<void> {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function waitForAddress(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let told = '';
    server.stdout?.on('data', (part: Buffer) => {
      told += part.toString();
      const address = STARTED.exec(told)?.[0];
      if (address !== undefined) found(address);
    });
    server.once('exit', (code) => failed(new Error(`The server ended with ${String(code)}: ${told}`)));
  });
}
