import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INTAKE_ISSUES } from '../packages/contract/src/index.ts';
import { EXIT_CODES } from '../packages/server/src/kernel/errors.ts';
import { codesPage } from './codes-page.ts';
import { ROOT } from './repository.ts';

const page = readFileSync(join(ROOT, 'docs/codes.md'), 'utf8');

test('docs/codes.md is what the code says today (npm run docs writes it anew)', () => {
  expect(page).toBe(codesPage());
});

test.each(Object.keys(INTAKE_ISSUES))('tells %s once', (code) => {
  expect(page.split(`| \`${code}\` |`)).toHaveLength(2);
});

test.each(Object.values(EXIT_CODES))('tells exit code %i once', (code) => {
  expect(page.split(`\n| ${code} |`)).toHaveLength(2);
});
