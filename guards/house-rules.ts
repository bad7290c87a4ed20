import type { RepositoryFile } from './repository.ts';

/** A house rule that a file breaks: `rule` for programs, `where` for the person who mends it. */
export interface HouseProblem {
  readonly rule: HouseRule;
  readonly where: string;
}

export type HouseRule =
  | 'too-long'
  | 'path-word'
  | 'path-shape'
  | 'postponed-work'
  | 'silenced-check'
  | 'skipped-test'
  | 'machine-path'
  | 'registry-host';

const MAX_SOURCE_LINES = 300;
const MAX_TEST_LINES = 500;

/** Words that say nothing of what a file holds, or that it should be gone. */
const EMPTY_WORDS = new Set(
  'util utils helper helpers manager managers common shared core misc v2 legacy tmp temp obsolete old'.split(
    ' ',
  ),
);
const KEBAB_FOLDER = /^\.?[a-z0-9]+(-[a-z0-9]+)*$/;
const KEBAB_FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(tsx?|mjs)$/;
const TEST_PATH = /\.test\.ts$/;

// The words are put together here, so that this file does not break its own rules.
const anyOf = (parts: readonly (readonly [string, string])[]) =>
  new RegExp(parts.map(([head, tail]) => head + tail).join('|'));
const POSTPONED = anyOf([
  ['\\b(TO', 'DO)\\b'],
  ['\\b(FIX', 'ME)\\b'],
  ['\\b(HA', 'CK)\\b'],
]);
const SILENCED = anyOf([
  ['biome', '-ignore'],
  ['eslint', '-disable'],
  ['@ts', '-(ignore|expect-error|nocheck)'],
  ['(c8|v8|istanbul)', ' ignore'],
]);
const SKIPPED = /\b(test|describe|it)\.(only|skip|todo)\b/;
const MACHINE_PATH = /(^|[\s"'`(=:])\/(work|home|root|Users)\/\w/;
const REGISTRY = anyOf([
  ['registry\\.', '(npmjs|yarnpkg|npmmirror)'],
  ['"resolved": "', '(https?|git)'],
]);

const LINE_RULES: readonly (readonly [HouseRule, RegExp, RegExp])[] = [
  ['postponed-work', POSTPONED, /\.(tsx?|mjs|cjs|js|css)$/],
  ['silenced-check', SILENCED, /\.(tsx?|mjs|cjs|js|css)$/],
  ['skipped-test', SKIPPED, /\.test\.ts$/],
  ['machine-path', MACHINE_PATH, /./],
  ['registry-host', REGISTRY, /./],
];

/** Every house rule that `file` breaks, in the order of its lines. */
export function houseProblems({ path, text }: RepositoryFile): HouseProblem[] {
  const lines = text.split('\n');
  const perLine = LINE_RULES.filter(([, , where]) => where.test(path)).flatMap(([rule, pattern]) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [{ rule, where: `${path}:${index + 1}` }] : [])),
  );
  return [...codeProblems(path, lines.length - 1), ...perLine];
}

function codeProblems(path: string, lineCount: number): HouseProblem[] {
  if (!/\.(tsx?|mjs)$/.test(path)) return [];
  const problems: HouseProblem[] = [];
  const cap = TEST_PATH.test(path) ? MAX_TEST_LINES : MAX_SOURCE_LINES;
  if (lineCount > cap) problems.push({ rule: 'too-long', where: `${path} (${lineCount} > ${cap})` });
  if (path.split(/[/.-]/).some((word) => EMPTY_WORDS.has(word)))
    problems.push({ rule: 'path-word', where: path });
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (!KEBAB_FILE.test(name) || !folders.every((folder) => KEBAB_FOLDER.test(folder)))
    problems.push({ rule: 'path-shape', where: path });
  return problems;
}
