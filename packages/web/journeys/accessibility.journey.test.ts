import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DESKTOP, NARROWEST, overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';
import { SCREENS } from './testing/screens.ts';
import { STATES } from './testing/states.ts';

const { open } = browserForFile();

const WAYS = [
  { name: 'desktop', size: DESKTOP, dark: false },
  { name: 'desktop, dark', size: DESKTOP, dark: true },
  { name: 'phone', size: PHONE, dark: false },
  { name: 'phone, dark', size: PHONE, dark: true },
] as const;

async function problemsOf(page: Page, name: string): Promise<string[]> {
  const sideways = (await overflows(page)) ? ['scrolls sideways'] : [];
  return [...sideways, ...(await violations(page))].map((problem) => `${name}: ${problem}`);
}

describe.each(WAYS)('$name', ({ size, dark }) => {
  test('axe finds nothing on any screen, nor in any of its states', async () => {
    const problems: string[] = [];
    const all = [...SCREENS, ...STATES];
    for (const who of new Set(all.map((one) => one.who))) {
      const page = await open({ size, dark });
      if (who !== undefined) await signIn(page, who);
      for (const { name, show } of all.filter((one) => one.who === who)) {
        await show(page);
        problems.push(...(await problemsOf(page, name)));
        await page.unrouteAll();
      }
    }
    expect(problems).toEqual([]);
  });
});

test('at 320 pixels nothing scrolls sideways', async () => {
  const wide: string[] = [];
  for (const { who, name, show } of SCREENS) {
    const page = await open({ size: NARROWEST });
    if (who !== undefined) await signIn(page, who);
    await show(page);
    if (await overflows(page)) wide.push(name);
  }
  expect(wide).toEqual([]);
});

test('axe does find a fault when there is one', async () => {
  const page = await open();
  await page.goto('/aide');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => document.querySelector('html')?.removeAttribute('lang'));
  expect((await violations(page)).join()).toContain('html-has-lang');
});
