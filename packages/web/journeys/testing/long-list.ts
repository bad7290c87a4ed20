import type { CaseRow } from '@raccroche/contract';
import type { Page } from 'playwright-core';

export const ROWS = 10_000;
export const PAGE_ROWS = 100;

/** Answers the list with ten thousand rows, page after page, all made of one that the server gave. */
export async function serveLongList(page: Page): Promise<void> {
  await page.route('**/api/cases?**', async (route) => {
    // The cursors are numbers here: the server never sees one.
    const url = new URL(route.request().url());
    const from = Number(url.searchParams.get('cursor') ?? 0);
    url.searchParams.delete('cursor');
    const response = await route.fetch({ url: url.toString() });
    const { cases } = (await response.json()) as { cases: CaseRow[] };
    const [model] = cases;
    const rows = Array.from({ length: PAGE_ROWS }, (_, index) => ({
      ...model,
      caseId: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
      familyName: `Nom ${from + index}`,
    }));
    const next = from + PAGE_ROWS < ROWS ? String(from + PAGE_ROWS) : null;
    await route.fulfill({ json: { cases: rows, news: [], next } });
  });
}

/** Scrolls to the end, page after page, until that many rows are loaded. */
export async function loadRows(page: Page, rows: number): Promise<void> {
  const loaded = async () => Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
  await page.getByText('Nom 0 ').first().waitFor();
  for (let before = await loaded(); before < rows; before = await loaded()) {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(
      (count) => Number(document.querySelector('table')?.getAttribute('aria-rowcount')) > count + 1,
      before,
    );
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}
