import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

// The five commonest tasks: how many presses each takes, from the screen where one is. docs/screens/README.md tells them.
describe('the five commonest tasks', () => {
  let page: Page;
  let presses = 0;
  const press = async (target: Locator) => {
    presses += 1;
    await target.click();
  };
  const key = async (name: string) => {
    presses += 1;
    await page.keyboard.press(name);
  };
  beforeEach(async () => {
    page = await open();
    presses = 0;
  });

  test('verify somebody: one key', async () => {
    await signIn(page, 'Marc');
    await page.goto('/a-verifier');
    const name = page.locator('.verify-who h2');
    const before = await name.textContent();
    await key('1');
    await expect.poll(() => name.textContent()).not.toBe(before);
    expect(presses).toBe(1);
  });

  test('record an attempt from the list, with its call-back: five presses', async () => {
    await signIn(page, 'Marc');
    await page.goto('/liste');
    await press(page.getByRole('row').nth(5).getByRole('link'));
    await page.locator('dialog h1').waitFor();
    await key('t');
    await key('1');
    await key('2');
    await page.getByText('Tentative notée.').waitFor();
    await key('1');
    await page.getByText(/^Rappel prévu .+\.$/).waitFor();
    expect(presses).toBe(5);
  });

  test('find somebody on the phone: their name, one press', async () => {
    await signIn(page, 'Marc');
    await page.goto('/liste');
    const name = (await page.getByRole('row').nth(2).getByRole('link').textContent()) ?? '';
    await page.getByRole('searchbox').fill(name);
    await press(page.getByRole('search').getByRole('link', { name }).first());
    await page.locator('.case-page h1').waitFor();
    expect(presses).toBe(1);
  });

  test('give a case to a colleague: two presses and a choice', async () => {
    await signIn(page, 'Marc');
    await page.goto('/liste?vue=nobody');
    await press(page.getByRole('row').nth(1).getByRole('checkbox'));
    await page.getByLabel('Confier à').selectOption('Léa');
    await press(page.getByRole('button', { name: 'Confier 1 dossier' }));
    await page.getByText('1 dossier confié à Léa.').waitFor();
    expect(presses).toBe(2);
  });

  test('set an interview from the day: two presses', async () => {
    await signIn(page, 'Marc');
    await page.goto('/ma-journee');
    await press(page.getByRole('link', { name: 'Fixer l’entretien' }).first());
    await press(page.getByRole('button', { name: 'Fixer l’entretien' }));
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    expect(presses).toBe(2);
  });
});
