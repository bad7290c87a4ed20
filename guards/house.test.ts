import { describe, expect, test } from 'vitest';
import { type HouseRule, houseProblems } from './house-rules.ts';
import { readRepository } from './repository.ts';

const TEXT_FILE =
  /\.(ts|mjs|cjs|js|json|md|ya?ml|html|csv|sql)$|(^|\/)(LICENCE|\.npmrc|\.gitignore|\.ci\/run)$/;
const lines = (count: number) => 'x\n'.repeat(count);
// Cut in two, so that the scan of this very file stays quiet.
const cut = (...parts: string[]) => parts.join('');

const BROKEN: readonly (readonly [HouseRule, string, string])[] = [
  ['too-long', 'packages/server/src/a.ts', lines(301)],
  ['too-long', 'packages/server/src/a.test.ts', lines(501)],
  ['path-word', 'packages/server/src/date-utils.ts', ''],
  ['path-word', 'packages/server/src/helpers/date.ts', ''],
  ['path-word', 'packages/server/src/list.v2.ts', ''],
  ['path-shape', 'packages/server/src/openCase.ts', ''],
  ['path-shape', 'packages/server/src/Cases/open.ts', ''],
  ['path-shape', 'packages/server/src/open_case.ts', ''],
  ['postponed-work', 'packages/server/src/a.ts', cut('// TO', 'DO: later\n')],
  ['postponed-work', 'scripts/a.mjs', cut('// FIX', 'ME\n')],
  ['silenced-check', 'packages/server/src/a.ts', cut('// biome', '-ignore lint: no\n')],
  ['silenced-check', 'packages/server/src/a.ts', cut('/* eslint', '-disable */\n')],
  ['silenced-check', 'packages/server/src/a.ts', cut('// @ts', '-expect-error\n')],
  ['silenced-check', 'packages/server/src/a.ts', cut('/* v8', ' ignore next */\n')],
  ['skipped-test', 'packages/server/src/a.test.ts', cut('test', '.only("x")\n')],
  ['skipped-test', 'packages/server/src/a.test.ts', cut('  describe', '.skip("x")\n')],
  ['machine-path', 'docs/a.md', cut('see /ho', 'me/me/a\n')],
  ['machine-path', 'packages/server/src/a.ts', cut('const path = "/ro', 'ot/a";\n')],
  ['registry-host', 'package-lock.json', cut('"resolved": ', '"https://example.org/a.tgz"\n')],
  ['registry-host', '.npmrc', cut('registry=https://registry.', 'npmjs.org\n')],
];

const SOUND: readonly (readonly [string, string])[] = [
  ['packages/server/src/a.ts', lines(300)],
  ['packages/server/src/a.duck.test.ts', lines(500)],
  ['acceptance/case-2025-11-15/build.mjs', 'x\n'],
  ['packages/server/src/a.ts', "const list = 'XX'; // unknown département\n"],
  ['packages/server/src/a.test.ts', 'test.each([1])("x")\n'],
  ['package-lock.json', '"resolved": "packages/server"\n'],
  ['docs/a.md', 'les dossiers `a/work/b` et /tmp/essai\n'],
];

describe('a broken house rule is heard', () => {
  test.each(BROKEN)('%s: %s', (rule, path, text) => {
    expect(houseProblems({ path, text }).map((problem) => problem.rule)).toContain(rule);
  });
  test.each(SOUND)('silent on sound %s', (path, text) => {
    expect(houseProblems({ path, text })).toEqual([]);
  });
});

describe('the real house', () => {
  const files = readRepository(TEXT_FILE);

  test('was read', () => {
    expect(files.filter(({ path }) => path.endsWith('.ts')).length).toBeGreaterThan(100);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['package-lock.json', 'LICENCE', 'guards/house.test.ts', '.ci/run']),
    );
  });

  test('keeps its rules', () => {
    expect(files.flatMap(houseProblems).map(({ rule, where }) => `${rule}: ${where}`)).toEqual([]);
  });
});
