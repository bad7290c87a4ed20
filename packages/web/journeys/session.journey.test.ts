import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { instantAfter } from '../src/client/clock.ts';
import { enterAs } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const MINUTE_MS = 60_000;

/** Who holds the right to renew, and who waits for it, in all pages of the browser. */
const turns = (page: Page) =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return { held: held.length, waiting: pending.length };
  });

/**
 * As if a provider had opened the session, and a few minutes were left of it; counts how often it is renewed.
 * `answered`: when the provider answers.
 */
async function nearItsEnd(page: Page, answered: Promise<void> = Promise.resolve()) {
  const near = { expiresAt: instantAfter(10 * MINUTE_MS), read: 0, renewed: 0 };
  await page.context().route('**/api/me', async (route) => {
    const response = await route.fetch();
    near.read += 1;
    const me = (await response.json()) as { signIn: object };
    await route.fulfill({
      json: { ...me, signIn: { ...me.signIn, kind: 'provider', expiresAt: near.expiresAt } },
    });
  });
  await page.context().route('**/api/session/renewal', async (route) => {
    near.renewed += 1;
    await answered;
    near.expiresAt = instantAfter(130 * MINUTE_MS);
    await route.fulfill({ json: { expiresAt: near.expiresAt } });
  });
  return near;
}

test('a session that is used is renewed before its end, once for all the pages that hold it', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const near = await nearItsEnd(page, answered);
  const other = await page.context().newPage();
  await page.clock.install();
  await page.goto('/aide');
  await expect.poll(() => turns(page)).toEqual({ held: 1, waiting: 0 });
  // The other page sees the same end, and waits for its turn: it then finds it done.
  await other.goto('/aide');
  await expect.poll(() => turns(page)).toEqual({ held: 1, waiting: 1 });
  const before = near.read;
  answer();
  await expect.poll(() => turns(page)).toEqual({ held: 0, waiting: 0 });
  expect([near.renewed, near.read - before]).toEqual([1, 1]);
  await other.close();
  // Two hours go by without a touch: it is left to end. A touch, and it goes on.
  await page.clock.fastForward(100 * MINUTE_MS);
  expect(near.renewed).toBe(1);
  await page.keyboard.press('Tab');
  await page.clock.fastForward(2 * MINUTE_MS);
  await expect.poll(() => near.renewed).toBe(2);
});

test('a session that cannot be renewed is asked about once, and nobody is told', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  await nearItsEnd(page);
  let asked = 0;
  await page.context().route('**/api/session/renewal', (route) => {
    asked += 1;
    const problem = { status: 409, code: 'not_possible', title: '', reference: 'r1' };
    return route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    });
  });
  await page.clock.install();
  await page.goto('/aide');
  await expect.poll(() => asked).toBe(1);
  await page.keyboard.press('Tab');
  await page.clock.fastForward(9 * MINUTE_MS);
  expect([asked, await page.getByRole('alert').count()]).toEqual([1, 0]);
});
