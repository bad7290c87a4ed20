import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest, KEYED_ENVIRONMENT, PROGRAM } from './command-line.ts';
import { AS_OF, DELIVERIES } from './expectations.ts';

/** Campaigns through the real command line: the same bytes, whatever does not matter. */

const root = mkdtempSync(join(tmpdir(), 'reproducible-'));

function argumentsOf(name: string, deliveries: string, more: readonly string[] = []): string[] {
  const folder = join(root, name);
  return [
    PROGRAM,
    'campaign',
    'run',
    '--deliveries',
    deliveries,
    '--as-of',
    AS_OF,
    '--registry',
    join(folder, 'registre'),
    '--out',
    join(folder, 'out'),
    '--json',
    ...more,
  ];
}

function run(name: string, deliveries: string, more: readonly string[] = []): string {
  const { status, stderr } = spawnSync(process.execPath, argumentsOf(name, deliveries, more), {
    env: KEYED_ENVIRONMENT,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return join(root, name, 'out');
}

let reference: Record<string, string> = {};
beforeAll(() => {
  reference = digest(run('reference', DELIVERIES));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the same campaign gives the same bytes', () => {
  it('run again, in another folder, on one thread', () => {
    expect(Object.keys(reference).length).toBeGreaterThan(300);
    expect(digest(run('again', DELIVERIES, ['--threads', '1', '--memory', '1GB']))).toEqual(reference);
  });

  it('run again in place, on the registry that it filled', () => {
    expect(digest(run('reference', DELIVERIES))).toEqual(reference);
  });

  it('with the files renamed and shuffled, but for the names themselves', () => {
    const renamed = join(root, 'renommes');
    const names = new Map<string, string>();
    const files = readdirSync(DELIVERIES, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const [index, entry] of files.filter(({ name }) => !name.endsWith('.meta.json')).entries()) {
      const from = join(entry.parentPath, entry.name);
      const to = `${createHash('sha256').update(`${index}`).digest('hex').slice(0, 8)}.bin`;
      mkdirSync(renamed, { recursive: true });
      cpSync(from, join(renamed, to));
      names.set(relative(DELIVERIES, from), to);
      if (files.some(({ name, parentPath }) => join(parentPath, name) === `${from}.meta.json`)) {
        cpSync(`${from}.meta.json`, join(renamed, `${to}.meta.json`));
      }
    }
    const out = run('renamed', renamed);
    const lists = Object.keys(reference).filter((path) => /^lists\/.*\.(csv|xlsx)$/.test(path));
    const seen = digest(out);
    for (const path of lists) expect(seen[path], path).toBe(reference[path]);
    for (const path of Object.keys(reference).filter((each) => /^lists\/.*\.json$/.test(each))) {
      const named = readFileSync(join(root, 'reference', 'out', path), 'utf8').replace(
        /"file": ?"([^"]*)"/g,
        (whole, file: string) => {
          const archive = [...names.keys()].find((name) => file === name || file.startsWith(`${name}/`));
          return archive === undefined ? whole : whole.replace(archive, names.get(archive) ?? '');
        },
      );
      expect(readFileSync(join(out, path), 'utf8'), path).toBe(named);
    }
  });
});
