import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from './repository.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writeJson = (path: string, value: unknown) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(value));
};

describe('count-tests', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  });
  const report = (passed: number, failed: number, ...testResults: object[]) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults,
  });
  const CASES = [
    ['all green', report(2, 0, file('passed', 'passed', 'passed')), '2 passed, 0 failed', 0],
    ['one red', report(1, 1, file('failed', 'passed', 'failed')), '1 passed, 1 failed', 1],
    [
      'a file that does not load is a failure',
      report(2, 0, file('passed', 'passed', 'passed'), file('failed')),
      '2 passed, 1 failed',
      1,
    ],
    ['nothing ran', report(0, 0), '0 passed, 0 failed', 1],
    ['no report', undefined, '0 passed, 1 failed', 1],
    ['a report of something else', { success: true }, '0 passed, 1 failed', 1],
  ] as const;

  test.each(CASES)('%s', (_, content, line, exitCode) => {
    if (content) writeJson('report.json', content);
    const run = spawnSync(process.execPath, ['scripts/count-tests.mjs', join(folder, 'report.json')], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(run.stdout).toBe(`${line}\n`);
    expect(run.status).toBe(exitCode);
  });
});

describe('with-install', () => {
  const WANTED = {
    '': { name: 'house' },
    'packages/a': { version: '0.1.0' },
    'node_modules/a': { resolved: 'packages/a', link: true },
    'node_modules/left': { version: '1.0.0' },
    'node_modules/left/node_modules/right': { version: '2.0.0' },
    'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
  };
  const { 'node_modules/only-elsewhere': _, ...INSTALLED } = WANTED;

  /** Runs the script in a house of its own, with an npm that only leaves a trace; `found` is what is installed there. */
  function runWith(found: object | string | undefined, command: readonly string[], npmExit = 0) {
    cpSync(join(ROOT, 'scripts/with-install.mjs'), join(folder, 'scripts/with-install.mjs'));
    writeJson('package-lock.json', { packages: WANTED });
    if (typeof found === 'object') writeJson('node_modules/.package-lock.json', { packages: found });
    if (typeof found === 'string') {
      mkdirSync(join(folder, 'node_modules'));
      writeFileSync(join(folder, 'node_modules/.package-lock.json'), found);
    }
    const npm = join(folder, 'npm.cjs');
    writeFileSync(
      npm,
      `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'npm-args'))}, process.argv.slice(2).join(' '));
       console.log('noise of npm');
       process.exit(${npmExit});`,
    );
    const run = spawnSync(process.execPath, ['scripts/with-install.mjs', ...command], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: npm },
    });
    const trace = join(folder, 'npm-args');
    return { ...run, npmArgs: existsSync(trace) ? readFileSync(trace, 'utf8') : undefined };
  }

  const print = (text: string) => ['node', '-e', `process.stdout.write(${JSON.stringify(text)})`];

  const STALE = [
    ['nothing is installed', undefined],
    ['an install was cut short', '{"packages": {'],
    ['a package is missing', { ...INSTALLED, 'node_modules/left': undefined }],
    ['a package has another version', { ...INSTALLED, 'node_modules/left': { version: '1.0.1' } }],
    [
      'a package inside another has another version',
      { ...INSTALLED, 'node_modules/left/node_modules/right': { version: '1.9.0' } },
    ],
    ['one of our own packages is not linked', { ...INSTALLED, 'node_modules/a': undefined }],
  ] as const;
  test.each(STALE)('installs when %s, then runs', (_, found) => {
    const run = runWith(found, print('done'));
    expect(run.npmArgs).toBe('ci');
    expect(run.stdout).toBe('done');
    expect(run.status).toBe(0);
  });

  test('installs nothing when everything is there, whatever the dates', () => {
    const run = runWith(INSTALLED, print('done'));
    expect(run.npmArgs).toBeUndefined();
    expect(run.stdout).toBe('done');
  });

  test('runs nothing when the install fails', () => {
    const run = runWith(undefined, print('done'), 7);
    expect(run.stdout).toBe('');
    expect(run.status).toBe(7);
  });

  test('passes arguments on and ends as the command ends', () => {
    const script = 'process.stdout.write(process.argv.slice(1).join("|")); process.exit(3)';
    const run = runWith(INSTALLED, ['node', '-e', script, 'a b', '--json']);
    expect(run.stdout).toBe('a b|--json');
    expect(run.status).toBe(3);
  });

  test('says so when the command does not exist', () => {
    const run = runWith(INSTALLED, ['no-such-command']);
    expect(run.status).toBe(127);
    expect(run.stderr).toContain('no-such-command');
  });
});
