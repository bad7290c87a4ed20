import type { CaseRow } from '@raccroche/contract';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const ROWS = 10_000;
const PAGE = 100;
/** Rows of a screen of 800 pixels, and those kept ready around it: far from ten thousand. */
const ROWS_SHOWN_MAX = 60;

/** Answers the list with ten thousand rows, page after page, all made of one that the server gave. */
async function serveLongList(page: Page): Promise<void> {
  await page.route('**/api/cases?**', async (route) => {
    // The cursors of the test are numbers: the server never sees one.
    const url = new URL(route.request().url());
    const from = Number(url.searchParams.get('cursor') ?? 0);
    url.searchParams.delete('cursor');
    const response = await route.fetch({ url: url.toString() });
    const { cases } = (await response.json()) as { cases: CaseRow[] };
    const [model] = cases;
    const rows = Array.from({ length: PAGE }, (_, index) => ({
      ...model,
      caseId: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
      familyName: `Nom ${from + index}`,
    }));
    const next = from + PAGE < ROWS ? String(from + PAGE) : null;
    await route.fulfill({ json: { cases: rows, next } });
  });
}

test('ten thousand rows: only those on screen are in the page, and the keyboard goes through them', async () => {
  const page = await open();
  await signIn(page, 'Nadia');
  await serveLongList(page);
  await page.goto('/liste');
  await page.getByText('Nom 0 ').first().waitFor();
  for (let loaded = PAGE; loaded < 1_000; loaded += PAGE) {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect
      .poll(() => page.getByRole('table').getAttribute('aria-rowcount').then(Number))
      .toBeGreaterThan(loaded + 1);
  }
  expect(await page.getByRole('row').count()).toBeLessThan(ROWS_SHOWN_MAX);
  await page.evaluate(() => window.scrollTo(0, 0));
  for (let row = 0; row < 30; row += 1) await page.keyboard.press('j');
  await page.locator('tr.is-current').getByText('Nom 29 ').waitFor();
});
