// `npm start`: the demonstration's campaign, then the application open on its result, until Ctrl-C.
//   npm start -- --no-serve      ends after the campaign
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'packages', 'server', 'bin', 'raccroche.mjs');
const SERVE_OFF = '--no-serve';
/** As in packages/server/src/platform/terminal/node-flags.ts, which plain Node cannot import. */
const CAMPAIGN_NODE_FLAGS = ['--max-semi-space-size=64'];

const options = process.argv.slice(2);
const serves = !options.includes(SERVE_OFF);
const forDemo = options.filter((option) => option !== SERVE_OFF);

// Ctrl-C reaches the program too: it decides how to end, and this one ends as it did.
process.on('SIGINT', () => {});

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run(...CAMPAIGN_NODE_FLAGS, PROGRAM, 'demo', ...forDemo);
if (serves) {
  run(join(ROOT, 'scripts', 'build-web.mjs'));
  run(PROGRAM, 'serve', '--demo');
}
