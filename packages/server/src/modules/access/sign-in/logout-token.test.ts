import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { type LogoutTokenChecks, readLogoutToken } from './logout-token.ts';

const NOW = 1_764_000_000;
const EVENT = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const CLAIMS = { iss: 'https://f.test', aud: 'nous', iat: NOW, jti: 'a', sub: 's', sid: 'x', events: EVENT };
const KEYS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
type Signing = keyof typeof KEYS;

function tokenOf(
  claims: object,
  header: object = {},
  signing: Signing = 'RS256',
  by: Signing = signing,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: signing, kid: 'k', ...header })}.${part(claims)}`;
  const key = { key: KEYS[by].privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
const checksOf = (signing: Signing): LogoutTokenChecks => ({
  issuer: 'https://f.test',
  clientId: 'nous',
  signing,
  keys: [{ ...KEYS[signing].publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }],
  now: NOW,
});
const read = (token: string, signing: Signing = 'RS256') => readLogoutToken(token, checksOf(signing));

test.each(['RS256', 'ES256'] as const)('reads a token signed in %s', (signing) => {
  expect(read(tokenOf(CLAIMS, {}, signing), signing)).toEqual({ subject: 's', sid: 'x', issuedAt: NOW });
});

test('reads one for several applications, of a person as a whole, without the name of its key', () => {
  const { sid: _, ...claims } = CLAIMS;
  const token = tokenOf({ ...claims, aud: ['autre', 'nous'] }, { kid: undefined });
  expect(read(token)).toEqual({ subject: 's', sid: undefined, issuedAt: NOW });
});

const good = tokenOf(CLAIMS);
const [head = '', , signature = ''] = good.split('.');
const other = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'autre' })).toString('base64url');
test.each([
  ['nothing', ''],
  ['no token', 'a.b.c'],
  ['more parts', `${good}.x`],
  ['another content than was signed', `${head}.${other}.${signature}`],
  ['no signature', `${good.slice(0, good.lastIndexOf('.'))}.`],
  ['the algorithm none', tokenOf(CLAIMS, { alg: 'none' })],
  ['another algorithm than agreed', tokenOf(CLAIMS, {}, 'ES256')],
  ['a key of another kind', tokenOf(CLAIMS, {}, 'RS256', 'ES256')],
  ['a key that is not the provider’s', tokenOf(CLAIMS, { kid: 'inconnu' })],
  ['another issuer', tokenOf({ ...CLAIMS, iss: 'https://g.test' })],
  ['another application', tokenOf({ ...CLAIMS, aud: 'autre' })],
  ['an old one', tokenOf({ ...CLAIMS, iat: NOW - 601 })],
  ['one of the future', tokenOf({ ...CLAIMS, iat: NOW + 61 })],
  ['one that is over', tokenOf({ ...CLAIMS, exp: NOW - 61 })],
  ['one that is no logout', tokenOf({ ...CLAIMS, events: {} })],
  ['one with a nonce: an id_token in its place', tokenOf({ ...CLAIMS, nonce: 'n' })],
  ['one of nobody', tokenOf({ ...CLAIMS, sub: undefined, sid: undefined })],
])('refuses %s', (_, token) => {
  expect(() => read(token)).toThrow('n’est pas valable');
});
