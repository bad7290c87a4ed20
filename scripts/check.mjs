// Every check of the code, one after the other, then what is red. Names after the command run these alone:
//   npm run check -- types walls
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const ESLINT = 'eslint/bin/eslint.js';
const STRICT = ['--max-warnings', '0'];
/** Folders whose types ESLint reads in a process of their own: all in one took 2.9 GB. */
const APART = ['packages/server', 'packages/web'];
const LINT = Object.fromEntries([
  ...APART.map((folder) => [
    `lint-${folder.split('/').at(-1)}`,
    [`ESLint: rules that need types, ${folder}`, ESLINT, [...STRICT, folder]],
  ]),
  [
    'lint',
    [
      'ESLint: rules that need types, everything else',
      ESLINT,
      [...STRICT, '.', ...APART.flatMap((folder) => ['--ignore-pattern', folder])],
    ],
  ],
]);

const CHECKS = {
  types: ['TypeScript', 'typescript/bin/tsc', ['--noEmit']],
  screens: ['TypeScript: the screens', 'typescript/bin/tsc', ['--noEmit', '-p', 'packages/web']],
  journeys: ['TypeScript: the journeys', 'typescript/bin/tsc', ['--noEmit', '-p', 'packages/web/journeys']],
  format: ['Biome: format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']],
  ...LINT,
  walls: [
    'dependency-cruiser: who may import whom',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', 'packages'],
  ],
  schema: [
    'The schema of the store is the one of schema.txt',
    'tsx/dist/cli.mjs',
    ['guards/write-schema.ts', '--check'],
  ],
  unused: ['knip: files, exports and packages nobody uses', 'knip/bin/knip.js', ['--no-progress']],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
  process.stderr.write(`Unknown check: ${unknown.join(', ')}. Checks: ${Object.keys(CHECKS).join(', ')}.\n`);
  process.exit(2);
}

const red = [];
for (const [name, [title, program, args]] of Object.entries(CHECKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n── ${name} · ${title}\n`);
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) red.push(name);
  process.stdout.write(`${status === 0 ? '✔' : '✘'} ${name}\n`);
}

process.stdout.write(red.length === 0 ? '\nAll checks are green.\n' : `\nRed: ${red.join(', ')}.\n`);
process.exitCode = red.length === 0 ? 0 : 1;
