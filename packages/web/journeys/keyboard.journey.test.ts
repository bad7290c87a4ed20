import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { enterAs } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const TABS_MAX = 60;

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: one } = document;
    return (one?.getAttribute('aria-label') ?? one?.textContent ?? '').trim();
  });

/** Goes on with Tab until the place of the keyboard says `label`. */
async function tabTo(page: Page, label: RegExp): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    if (label.test(await focused(page))) return;
  }
  throw new Error(`Tab never came to ${String(label)}`);
}

test('from the door to a recorded attempt and its undo, without a mouse', async () => {
  const page = await open();
  await page.goto('/');
  await page.getByRole('button', { name: 'Entrer comme Marc' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Aller au contenu');
  await tabTo(page, /^Entrer comme Marc$/);
  await page.keyboard.press('Enter');
  await page.locator('.account').waitFor();
  await tabTo(page, /^La liste$/);
  await page.keyboard.press('Enter');
  await page.getByRole('row').nth(3).waitFor();
  // The list: j moves, x selects, Enter opens.
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 sélectionné').waitFor();
  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Dossier' });
  const name = drawer.getByRole('heading', { level: 1 });
  await name.waitFor();
  const first = await name.textContent();
  await page.keyboard.press('j');
  await expect.poll(() => name.textContent()).not.toBe(first);
  // An attempt: t, how, what came of it.
  await page.keyboard.press('t');
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  await page.getByText('Tentative notée.').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Annulé : tentative notée.').waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  // What is typed in a field is typed, and does nothing else.
  await page.keyboard.type('xj');
  expect(await page.getByRole('searchbox').inputValue()).toBe('xj');
});

test('single keys can be switched off', async () => {
  const page = await open();
  await enterAs(page, 'Léa');
  await page.goto('/raccourcis');
  await page.getByLabel(/Utiliser les touches simples/).uncheck();
  await page.goto('/liste');
  await page.getByRole('row').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  expect(await page.getByText('1 sélectionné').count()).toBe(0);
});
