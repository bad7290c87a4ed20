import { expect, test } from 'vitest';
import { enterAs } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';
import { loadRows, serveLongList } from './testing/long-list.ts';

const { open } = browserForFile();
/** Rows of a screen of 800 pixels, and those kept ready around it: far from ten thousand. */
const ROWS_SHOWN_MAX = 60;
/** Ten pages of them: one page more is read as one page less was. */
const LOADED = 1_000;

test('ten thousand rows: only those on screen are in the page, and the keyboard goes through them', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  await serveLongList(page);
  await page.goto('/liste');
  await loadRows(page, LOADED);
  expect(await page.getByRole('row').count()).toBeLessThan(ROWS_SHOWN_MAX);
  for (let row = 0; row < 30; row += 1) await page.keyboard.press('j');
  await page.locator('tr.is-current').getByText('Nom 29 ').waitFor();
});
