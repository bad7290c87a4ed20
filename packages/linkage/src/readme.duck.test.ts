import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peopleCsv } from './testing/people-csv.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../bin/raccroche-linkage.mjs', import.meta.url));
const PACKAGE = new URL('index.ts', import.meta.url).href;
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const SHOWING = readFileSync(new URL('../docs/showing.md', import.meta.url), 'utf8');

interface Example {
  readonly language: string;
  readonly code: string;
}

const EXAMPLES: readonly Example[] = [...README.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
  ([, language = '', code = '']) => ({ language, code }),
);
/** In the order of the page: later examples read what earlier ones wrote. */
const STEPS = EXAMPLES.flatMap(({ language, code }) =>
  language === 'sh'
    ? code
        .trim()
        .split('\n')
        .map((line) => ({ language, code: line }))
    : [{ language, code }],
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkage-readme-'));
  const csv = peopleCsv();
  writeFileSync(join(folder, 'people.csv'), csv);
  writeFileSync(
    join(folder, 'changed.csv'),
    csv.split('\n').slice(0, 3).join('\n').replaceAll('MARTINEL', 'MARTIN'),
  );
  writeFileSync(join(folder, 'decisions.csv'), 'id_l,id_r,verdict\na0,a1,cannot_link\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[]): { readonly status: number | null; readonly told: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, told: `${stdout}${stderr}` };
}

/** Arguments of a command line, in which only single quotes are used. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('the README', () => {
  test('shows the engine at work', () => {
    expect(STEPS.filter(({ language }) => language === 'ts').length).toBeGreaterThanOrEqual(7);
    expect(STEPS.filter(({ language }) => language === 'sh').length).toBeGreaterThanOrEqual(10);
  });

  test.each(STEPS.map((step) => [step.code.split('\n')[0] ?? '', step] as const))(
    '%s',
    (_name, { language, code }) => {
      if (language === 'sh') {
        const [npx, program, ...args] = argumentsOf(code);
        expect([npx, program]).toEqual(['npx', 'raccroche-linkage']);
        expect(run([PROGRAM, ...args])).toMatchObject({ status: 0 });
        return;
      }
      writeFileSync(
        join(folder, 'example.mts'),
        code.replace("'@raccroche/linkage'", JSON.stringify(PACKAGE)),
      );
      expect(run(['--import', import.meta.resolve('tsx'), 'example.mts'])).toMatchObject({ status: 0 });
    },
  );

  test('what it wrote is there', () => {
    for (const name of [
      'clusters.csv',
      'clusters.parquet',
      'pairs.parquet',
      'run.sql',
      'report.html',
      'splink.json',
    ]) {
      expect(existsSync(join(folder, name)), name).toBe(true);
    }
  });
});

describe('what is to be shown', () => {
  const commands = [...SHOWING.matchAll(/`((?:[A-Z_]+=\S+ )?npx [^`]+)`/g)].map(
    ([, command = '']) => command,
  );

  test('has a command each', () => expect(commands.length).toBeGreaterThanOrEqual(12));

  test.each(commands)('%s', (command) => {
    const file = /(?:bench|packages)\/\S+\.ts/.exec(command)?.[0] ?? 'none';
    const path = join(REPOSITORY, file);
    expect(existsSync(path), file).toBe(true);
    const named = /-t '([^']*)'/.exec(command)?.[1];
    if (named !== undefined) expect(readFileSync(path, 'utf8')).toContain(named);
  });
});
