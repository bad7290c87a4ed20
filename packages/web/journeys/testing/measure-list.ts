// From a press to the next picture on the screen, with ten thousand rows in La liste; what the list loads. docs/benchmarks.md tells it.
// npx tsx packages/web/journeys/testing/measure-list.ts
import type { Page } from 'playwright-core';
import { enterAs, openPage } from './browser.ts';
import { loadRows, ROWS, serveLongList } from './long-list.ts';
import { withDemo } from './with-demo.ts';

/** The browser tells of none that is shorter; it counts by eight milliseconds. */
const TOLD_FROM_MS = 16;
const MOVES = 40;
const SELECTIONS = 20;

declare global {
  interface Window {
    /** Longest event of each interaction, in milliseconds. Source: Event Timing, W3C. */
    interactions?: Map<number, number>;
  }
}

const watch = (page: Page) =>
  page.evaluate((durationThreshold) => {
    const seen = new Map<number, number>();
    window.interactions = seen;
    new PerformanceObserver((list) => {
      for (const { duration, interactionId } of list.getEntries() as PerformanceEventTiming[])
        if (interactionId > 0) seen.set(interactionId, Math.max(duration, seen.get(interactionId) ?? 0));
    }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
  }, TOLD_FROM_MS);

/** What the browser told of `count` interactions, the shortest first; one of which it told nothing took less than it tells of. */
async function durations(page: Page, count: number): Promise<number[]> {
  await page.waitForTimeout(500);
  const told = await page.evaluate(() => [...(window.interactions?.values() ?? [])]);
  const silent = Array.from({ length: Math.max(0, count - told.length) }, () => TOLD_FROM_MS);
  return [...silent, ...told].sort((one, other) => one - other);
}

/** Keys, presses on boxes, a drawer opened and closed, a filter chosen: how many. */
async function interact(page: Page): Promise<number> {
  for (let move = 0; move < MOVES; move += 1) await page.keyboard.press('j');
  for (let move = 0; move < SELECTIONS; move += 1) {
    await page.keyboard.press('x');
    await page.keyboard.press('k');
  }
  await page.getByRole('row').nth(3).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Filtrer' }).click();
  await page.getByRole('button', { name: 'Colonnes' }).click();
  await page.getByRole('checkbox', { name: 'Commune' }).click();
  return MOVES + 2 * SELECTIONS + 4;
}

const tell = (line: string) => process.stdout.write(`${line}\n`);

await withDemo(async (browser, address) => {
  const { page } = await openPage(browser, address);
  const scripts: Promise<{ readonly responseBodySize: number }>[] = [];
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('.js')) scripts.push(request.sizes());
  });
  await enterAs(page, 'Nadia');
  await serveLongList(page);
  await page.goto('/liste');
  await page.getByText('Nom 0 ').first().waitFor();
  const bytes = (await Promise.all(scripts)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  tell(`scripts of La liste, as they came: ${Math.round(bytes / 1000)} kB`);
  await loadRows(page, ROWS);
  await watch(page);
  const all = await durations(page, await interact(page));
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? Number.NaN;
  tell(`${all.length} interactions with ${ROWS} rows, each to the next paint`);
  tell(`median ${at(0.5)} ms, 98th percentile ${at(0.98)} ms, longest ${at(1)} ms`);
});
