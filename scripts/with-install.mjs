// Runs a command with the packages that package-lock.json asks for, installing them first when they are not there:
//   node scripts/with-install.mjs vitest run
// Plain Node, no dependency: it is the first thing that runs after a clone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const OLDEST_NODE = [20, 19];
/** What shells say of a command that does not exist. */
const COMMAND_NOT_FOUND = 127;
const onWindows = process.platform === 'win32';

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  process.stderr.write(
    `Raccroche demande Node ${OLDEST_NODE.join('.')} ou plus récent ; voici Node ${process.versions.node}.\n`,
  );
  process.exit(1);
}

/** The packages that a lock file names, or undefined without a readable one. */
function lockedPackages(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined; // Half written by an install that was killed: install again.
  }
}

/**
 * Contents are compared, not dates: a clone, a copy or a checkout changes every date.
 * npm leaves optional packages of other platforms out; links to our own packages have no version.
 */
function isInstalled() {
  const wanted = lockedPackages(join(ROOT, 'package-lock.json'));
  const found = lockedPackages(join(ROOT, 'node_modules/.package-lock.json'));
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const there = found[path];
    if (!there) return Boolean(optional || devOptional);
    return Boolean(link) || there.version === version;
  });
}

function install() {
  process.stderr.write('Installation des dépendances (npm ci)…\n');
  const npmScript = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  // npm tells its own path to the scripts that it runs; by hand, the one of the PATH does.
  const done =
    npmScript && /\.[cm]?js$/.test(npmScript)
      ? spawnSync(process.execPath, [npmScript, 'ci'], options)
      : spawnSync('npm', ['ci'], { ...options, shell: onWindows });
  if (done.status === 0) return;
  process.stderr.write('L’installation a échoué : voyez ci-dessus, puis relancez la même commande.\n');
  process.exit(done.status ?? 1);
}

function run(command, args) {
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const program = command === 'node' ? process.execPath : command;
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    shell: onWindows && program !== process.execPath,
  });
  // Ctrl-C reaches the child too: it decides how to end, and this process ends as it did.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`${command} : ${error.message}\n`);
    process.exitCode = COMMAND_NOT_FOUND;
  });
  // `exit` is not said of a command that did not start.
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

const [command, ...args] = process.argv.slice(2);
refuseOldNode();
if (!isInstalled()) install();
if (command) run(command, args);
