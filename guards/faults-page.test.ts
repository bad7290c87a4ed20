import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAILURE_MODES } from '../packages/synthetic/src/failure-modes.ts';
import { faultsPage } from './faults-page.ts';
import { ROOT } from './repository.ts';

const page = readFileSync(join(ROOT, 'docs/defauts.md'), 'utf8');

test('docs/defauts.md is what the code says today (npm run docs writes it anew)', () => {
  expect(page).toBe(faultsPage());
});

test.each(Object.entries(FAILURE_MODES))(
  '%s is told once, with a source or as ours',
  (mode, { rate, source }) => {
    expect(page.split(`| \`${mode}\` |`)).toHaveLength(2);
    expect(rate > 0 && rate <= 1).toBe(true);
    expect(source).toMatch(/\[inferred\]|domain\.md|formats\.md|AplyPro|SDO|DEPP|Bretagne|FREGATA/);
  },
);
