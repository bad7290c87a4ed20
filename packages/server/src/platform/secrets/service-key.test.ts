import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readServiceKey } from './service-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'raccroche-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('is drawn once, for its owner alone, and read again as it is', () => {
  const path = join(folder, 'var', 'cle');
  const key = readServiceKey(path);
  expect(key).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'var'))).toEqual(['cle']);
  expect(readServiceKey(path)).toEqual(key);
});

test('a file that holds none is refused, without a word of what it holds', () => {
  const path = join(folder, 'wrong');
  writeFileSync(path, 'mot de passe');
  expect(() => readServiceKey(path)).toThrow(/RACCROCHE_KEY_FILE/);
  expect(() => readServiceKey(path)).not.toThrow(/mot de passe/);
});
