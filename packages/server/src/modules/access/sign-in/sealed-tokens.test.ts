import { expect, test } from 'vitest';
import { openTokens, sealTokens } from './sealed-tokens.ts';

const TOKENS = { idToken: 'un.id.token', refreshToken: 'renouvelle' };
const SESSION = 'a'.repeat(64);

test('what is sealed opens with its session alone, and reads as nothing without', () => {
  const sealed = sealTokens(SESSION, TOKENS);
  expect(openTokens(SESSION, sealed)).toEqual(TOKENS);
  expect(sealed.toString('latin1')).not.toContain('renouvelle');
  expect(() => openTokens('b'.repeat(64), sealed)).toThrow();
});

test('the same is never sealed alike, and what was touched does not open', () => {
  const sealed = sealTokens(SESSION, TOKENS);
  expect(sealTokens(SESSION, TOKENS).equals(sealed)).toBe(false);
  for (const at of [0, 12, 28, sealed.length - 1]) {
    const touched = Buffer.from(sealed);
    touched[at] = (touched[at] ?? 0) ^ 1;
    expect(() => openTokens(SESSION, touched)).toThrow();
  }
});
