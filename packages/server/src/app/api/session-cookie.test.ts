import { expect, test } from 'vitest';
import { cookiesOf } from './session-cookie.ts';

const TOKEN = 'a'.repeat(64);

test.each([
  ['over https', new URL('https://raccroche.exemple.fr')],
  ['where no address is set', undefined],
])('cookies are bound to this host and a safe connection %s', (_, publicUrl) => {
  const cookies = cookiesOf(publicUrl);
  expect(cookies.session(TOKEN)).toBe(`__Host-raccroche=${TOKEN}; Path=/; Secure; HttpOnly; SameSite=Strict`);
  expect(cookies.session(null)).toBe(
    '__Host-raccroche=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict',
  );
  // Sent along when the provider, another site, sends the browser back.
  expect(cookies.pending('x')).toMatch(
    /^__Host-raccroche-connexion=x; Max-Age=900; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  );
  expect(cookies.readSession(`autre=1; __Host-raccroche=${TOKEN}`)).toBe(TOKEN);
  expect(cookies.readSession(`raccroche=${TOKEN}`)).toBeUndefined();
});

test('only over plain http, on one’s own machine, do they go without', () => {
  const cookies = cookiesOf(new URL('http://127.0.0.1:8420'));
  expect(cookies.session(TOKEN)).toBe(`raccroche=${TOKEN}; Path=/; HttpOnly; SameSite=Strict`);
  expect(cookies.readSession(`raccroche=${TOKEN}`)).toBe(TOKEN);
});

test.each([
  '',
  'raccroche',
  '__Host-raccroche=x',
  `__Host-raccroche=${TOKEN}0`,
  `x__Host-raccroche=${TOKEN}`,
])('« %s » holds no session', (header) => {
  expect(cookiesOf(undefined).readSession(header)).toBeUndefined();
});
