import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
  readonly stop: () => Promise<void>;
}

/**
 * The demonstration as `npm start` opens it, in a folder of its own: campaign, built screens, server on a free port.
 * `DEMO_CAMPAIGN` names a campaign that was already made.
 */
export async function serveDemo(): Promise<ServedDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-journeys-'));
  const campaign = process.env.DEMO_CAMPAIGN ?? join(folder, 'demo', 'campagne');
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build-web.mjs')], { stdio: 'inherit' });
  if (process.env.DEMO_CAMPAIGN === undefined)
    execFileSync(process.execPath, [PROGRAM, 'demo', '--json'], { cwd: folder, stdio: 'ignore' });
  const server = spawn(
    process.execPath,
    [PROGRAM, 'serve', '--demo', '--port', '0', '--campaign', campaign],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const address = await waitForAddress(server);
  return {
    address,
    messages: join(folder, 'var', 'messages-demo'),
    async stop() {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
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
