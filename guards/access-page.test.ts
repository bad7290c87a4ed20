import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessPage } from './access-page.ts';
import { ROOT } from './repository.ts';

test('docs/acces.md is what the contract says today (npm run docs writes it anew)', () => {
  expect(readFileSync(join(ROOT, 'docs/acces.md'), 'utf8')).toBe(accessPage());
});
