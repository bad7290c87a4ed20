import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { enterAs, signIn } from './testing/browser.ts';
import { browserForFile, ownDemo } from './testing/browser-for-file.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const BUDGET_BYTES = 250_000;
/** What is reserved to the State's own sites: its typeface, its block, its emblem, its components' colours. */
const RESERVED =
  /marianne|spectral|fr-logo|r[ée]publique fran[çc]aise|libert[ée],? [ée]galit[ée]|gouv\.fr|000091|e1000f/i;

const { open } = browserForFile();

const builtFiles = () =>
  readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('the JavaScript that the list needs, compressed, stays within its budget', async () => {
  const page = await open();
  const scripts = new Map<string, number>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (extname(pathname) === '.js')
      scripts.set(pathname, gzipSync(readFileSync(join(DIST, pathname))).length);
  });
  await enterAs(page, 'Nadia');
  await page.goto('/liste');
  await page.getByRole('row').nth(1).waitFor();
  const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
});

describe('the brand of the State', () => {
  test('is in no built file, by name or by content', () => {
    const found = builtFiles().filter(
      (file) => RESERVED.test(file) || RESERVED.test(readFileSync(file, 'latin1')),
    );
    expect(found).toEqual([]);
  });

  test('is nowhere on a page', async () => {
    const page = await open();
    await enterAs(page, 'Nadia');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.content()).not.toMatch(RESERVED);
    const fonts = await page.evaluate(() => [...document.fonts].map(({ family }) => family));
    expect(new Set(fonts)).toEqual(new Set(['Hyperlegible']));
  });

  test('would be seen if it were there', () => {
    expect('src:url(/fonts/Marianne-Bold.woff2)').toMatch(RESERVED);
    expect('<a class="fr-logo">').toMatch(RESERVED);
  });
});

test('nothing comes from another address, and the policy of the pages allows nothing else', async () => {
  const page = await open({ expects: /inline script violates/ });
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== ownDemo().address) elsewhere.push(request.url());
  });
  const response = await page.goto('/aide');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(elsewhere).toEqual([]);
  expect(response?.headers()['content-security-policy']).toContain("script-src 'self';");
  // An inline script does not run.
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
  });
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  const asset = builtFiles().find((file) => file.endsWith('.css')) ?? '';
  const cached = await page.request.get(asset.slice(DIST.length));
  expect(cached.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await page.request.get('/assets/none.js')).status()).toBe(404);
  expect((await page.request.get('/api/none')).status()).toBe(404);
});

test('over plain http the session has a cookie that every browser keeps, and no script reads', async () => {
  const page = await open();
  await signIn(page, 'Nadia');
  const cookies = await page.context().cookies();
  expect(
    cookies.map(({ name, secure, httpOnly, sameSite }) => ({ name, secure, httpOnly, sameSite })),
  ).toEqual([{ name: 'raccroche', secure: false, httpOnly: true, sameSite: 'Strict' }]);
});
