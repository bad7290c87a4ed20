import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cruise, cruise } from './cruise.ts';
import { ROOT } from './repository.ts';
import { ALLOWED, COMPLETING, FORBIDDEN, ORPHAN, type WallCase } from './walls-cases.ts';

const EXTERNAL = /^(npm|node|missing):/;
const PACKAGES = ['contract', 'linkage', 'synthetic', 'server'];
const NPM = ['zod', '@duckdb/node-api', 'echarts', 'commander', 'pg', 'nodemailer', 'left-pad'];

function specifier({ from, to }: WallCase): string {
  if (to.startsWith('node:')) return to;
  if (EXTERNAL.test(to)) return to.replace(EXTERNAL, '');
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function resolvedAs(to: string): string {
  const name = to.replace(EXTERNAL, '');
  if (to.startsWith('npm:')) return `node_modules/${name}/index.js`;
  return to.startsWith('missing:') ? name : to.replace(/^node:/, '');
}

/** A small house in a temporary folder that makes every import of the cases. */
function buildHouse(cases: readonly WallCase[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-walls-'));
  const texts = new Map<string, string[]>([[ORPHAN, []]]);
  for (const one of cases) {
    const lines = texts.get(one.from) ?? [];
    const keyword = one.typeOnly ? 'import type' : 'import';
    lines.push(`${keyword} { word as word${lines.length} } from '${specifier(one)}';`);
    texts.set(one.from, lines);
    if (!EXTERNAL.test(one.to) && !texts.has(one.to)) texts.set(one.to, []);
  }
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, lines] of texts) {
    const uses = lines.map((_, index) => `word${index}`).join(', ');
    write(path, `${lines.join('\n')}\nexport const word = 1;\nexport const all = [${uses}];\n`);
  }
  const dependencies = Object.fromEntries(
    NPM.filter((name) => name !== 'left-pad').map((name) => [name, '*']),
  );
  for (const name of PACKAGES)
    write(`packages/${name}/package.json`, JSON.stringify({ name, type: 'module', dependencies }));
  for (const name of NPM) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.word = 1;');
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'NodeNext' } }));
  write('package.json', JSON.stringify({ name: 'house', devDependencies: { 'left-pad': '*' } }));
  return folder;
}

const say = (one: WallCase) => `${one.from} -> ${one.to}${one.typeOnly ? ' (type)' : ''}`;

describe('the walls speak', () => {
  let house: string;
  let seen: Cruise;
  beforeAll(() => {
    house = buildHouse([...FORBIDDEN, ...COMPLETING, ...ALLOWED]);
    seen = cruise(house);
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  test.each(FORBIDDEN.map((one) => [one.rule, say(one), one] as const))('%s: %s', (rule, _, one) => {
    const names = seen.violations
      .filter(({ from, to }) => from === one.from && to === resolvedAs(one.to))
      .map((violation) => violation.rule.name);
    expect(names).toContain(rule);
  });

  test.each(ALLOWED.map((one) => [say(one), one] as const))('allowed: %s', (_, one) => {
    expect(seen.edges).toContain(`${one.from} -> ${resolvedAs(one.to)}`);
    expect(seen.violations.filter(({ from, to }) => from === one.from && to === resolvedAs(one.to))).toEqual(
      [],
    );
  });

  test(`no-orphans: ${ORPHAN}`, () => {
    const orphans = seen.violations.filter(({ rule }) => rule.name === 'no-orphans').map(({ from }) => from);
    expect(orphans).toContain(ORPHAN);
  });

  test('every rule of the configuration is broken by one of these cases', () => {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
      forbidden: { name: string; severity: string }[];
    };
    const broken = new Set(['no-orphans', ...FORBIDDEN.map(({ rule }) => rule)]);
    expect(forbidden.filter(({ name }) => !broken.has(name))).toEqual([]);
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
});

describe('the real house', () => {
  let seen: Cruise;
  beforeAll(() => {
    seen = cruise(ROOT);
  });

  // An import that does not resolve, or a compiler that reads nothing, would leave walls around an empty house.
  const AT_LEAST_FILES = 60;

  test('was read: many files, and an import through the name of a package', () => {
    expect(seen.sources.length).toBeGreaterThan(AT_LEAST_FILES);
    expect(seen.edges).toContain(
      'packages/server/src/modules/eligibility/rule-set.ts -> packages/contract/src/index.ts',
    );
  });

  test('stands within its walls', () => {
    expect(seen.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});
