import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './repository.ts';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, LockedPackage>>;

/** Optional packages that a lock does not name though one of its packages asks for them: `npm ci` would refuse it. */
function missingFrom(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in lock) && !(`${path}/node_modules/${name}` in lock),
    ),
  );
}

const lock = (
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { readonly packages: Lock }
).packages;

describe('package-lock.json', () => {
  test('a package of another platform that is left out is heard', () => {
    const parent = {
      version: '1.0.0',
      optionalDependencies: { 'a-darwin-x64': '1.0.0', 'a-linux-x64': '1.0.0' },
    };
    expect(missingFrom({ 'node_modules/a': parent, 'node_modules/a-linux-x64': {} })).toEqual([
      'a-darwin-x64',
    ]);
    expect(
      missingFrom({
        'node_modules/a': { ...parent, optionalDependencies: { b: '1' } },
        'node_modules/a/node_modules/b': {},
      }),
    ).toEqual([]);
  });

  test('names the packages of every platform (npm run lock adds them)', () => {
    expect(Object.keys(lock).length).toBeGreaterThan(300);
    expect(missingFrom(lock)).toEqual([]);
  });

  test('names every package that a workspace asks for, in a version of its own', () => {
    const workspaces = Object.keys(lock).filter((path) => path.startsWith('packages/'));
    expect(workspaces.length).toBeGreaterThanOrEqual(4);
    for (const workspace of ['', ...workspaces]) {
      const manifest = JSON.parse(readFileSync(join(ROOT, workspace, 'package.json'), 'utf8')) as Record<
        'dependencies' | 'devDependencies',
        Readonly<Record<string, string>> | undefined
      >;
      const { dependencies, devDependencies } = (lock[workspace] ?? {}) as typeof manifest;
      expect({ workspace, ...dependencies, ...devDependencies }).toEqual({
        workspace,
        ...manifest.dependencies,
        ...manifest.devDependencies,
      });
    }
  });
});
