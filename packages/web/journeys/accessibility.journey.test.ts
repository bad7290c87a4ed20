import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DESKTOP, enterAs, NARROWEST, overflows, PHONE, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';
import { SCREENS } from './testing/screens.ts';
import type { Shown } from './testing/shown.ts';
import { STATES } from './testing/states.ts';

const { open } = browserForFile();

/** Of one page, that is turned: what a screen is, it is in each of them. */
const WAYS = [
  { name: 'desktop', size: DESKTOP, colorScheme: 'light' },
  { name: 'desktop, dark', size: DESKTOP, colorScheme: 'dark' },
  { name: 'phone, dark', size: PHONE, colorScheme: 'dark' },
  { name: 'phone', size: PHONE, colorScheme: 'light' },
] as const;
const ALL: readonly Shown[] = [...SCREENS, ...STATES];

/** Once what depends on the size has been laid out anew. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** What axe and the width find, in every way, of what is on the page. */
async function problemsOf(page: Page, name: string): Promise<string[]> {
  const problems: string[] = [];
  for (const { name: way, size, colorScheme } of WAYS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await settled(page);
    const sideways = (await overflows(page)) ? ['scrolls sideways'] : [];
    problems.push(
      ...[...sideways, ...(await violations(page))].map((problem) => `${name}, ${way}: ${problem}`),
    );
  }
  await page.setViewportSize(NARROWEST);
  await settled(page);
  return (await overflows(page)) ? [...problems, `${name}: scrolls sideways at 320 pixels`] : problems;
}

// Two at a time: while axe reads one page, the server answers another. Who has most to show begins.
const PEOPLE = [...new Set(ALL.map(({ who }) => who))]
  .map((who) => ({ who, shown: ALL.filter((one) => one.who === who) }))
  .sort((one, two) => two.shown.length - one.shown.length);
describe.concurrent('axe finds nothing on any screen, nor in any of its states, and nothing scrolls sideways', () => {
  test.each(PEOPLE)('$who', { timeout: 600_000 }, async ({ who, shown }) => {
    const page = await open();
    if (who !== undefined) await enterAs(page, who);
    const problems: string[] = [];
    for (const { name, show } of shown) {
      await page.setViewportSize(DESKTOP);
      await show(page);
      problems.push(...(await problemsOf(page, name)));
      await page.unrouteAll();
    }
    expect(problems).toEqual([]);
  });
});

test('axe does find a fault when there is one', async () => {
  const page = await open();
  await page.goto('/aide');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => document.querySelector('html')?.removeAttribute('lang'));
  expect((await violations(page)).join()).toContain('html-has-lang');
});
