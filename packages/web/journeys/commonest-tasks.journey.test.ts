import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { today } from '../src/client/clock.ts';
import { addDays } from '../src/words/dates.ts';
import { enterAs, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
/** So much of a name that it is found. */
const LETTERS = 14;

/**
 * Seconds of a hand that knows the screen, by the keystroke-level model (Card, Moran, Newell, 1980): to think of the next gesture, to
 * point and press, to press a key, to type a letter. What the machine takes is not in it.
 */
const SECONDS = { think: 1.35, point: 1.3, key: 0.28 };

// The five commonest tasks: how many gestures and seconds each takes, from the screen where one is. docs/screens/README.md tells them.
describe('the five commonest tasks', () => {
  let page: Page;
  let presses = 0;
  let seconds = 0;
  const press = async (target: Locator) => {
    presses += 1;
    seconds += SECONDS.think + SECONDS.point;
    await target.click();
  };
  const key = async (name: string) => {
    presses += 1;
    seconds += SECONDS.think + SECONDS.key;
    await page.keyboard.press(name);
  };
  const type = async (target: Locator, text: string) => {
    seconds += SECONDS.think + text.length * SECONDS.key;
    await target.fill(text);
  };
  /** To open the choices, and to point at one. */
  const choose = async (target: Locator, label: string) => {
    seconds += 2 * (SECONDS.think + SECONDS.point);
    await target.selectOption(label);
  };
  /** Whole seconds, never fewer. */
  const told = () => Math.ceil(seconds);
  beforeEach(async () => {
    page = await open();
    presses = 0;
    seconds = 0;
  });

  test('verify somebody: one key', async () => {
    await enterAs(page, 'Marc');
    await page.goto('/a-verifier');
    const name = page.locator('.verify-who h2');
    const before = await name.textContent();
    await key('1');
    await expect.poll(() => name.textContent()).not.toBe(before);
    expect(presses).toBe(1);
    expect(told()).toBe(2);
  });

  test('record an attempt from the list, with its call-back: five presses', async () => {
    await enterAs(page, 'Marc');
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
    expect(told()).toBe(10);
  });

  test('find somebody on the phone: their name, one press', async () => {
    await enterAs(page, 'Marc');
    await page.goto('/liste');
    const name = (await page.getByRole('row').nth(2).getByRole('link').textContent()) ?? '';
    await type(page.getByRole('searchbox'), name.slice(0, LETTERS));
    await press(page.getByRole('search').getByRole('link', { name }).first());
    await page.locator('.case-page h1').waitFor();
    expect(presses).toBe(1);
    expect(told()).toBeLessThanOrEqual(8);
  });

  test('give a case to a colleague: two presses and a choice', async () => {
    await enterAs(page, 'Marc');
    await page.goto('/liste?vue=nobody');
    await press(page.getByRole('row').nth(1).getByRole('checkbox'));
    await choose(page.getByLabel('Confier à'), 'Léa');
    await press(page.getByRole('button', { name: 'Confier 1 dossier' }));
    await page.getByText('1 dossier confié à Léa.').waitFor();
    expect(presses).toBe(2);
    expect(told()).toBe(11);
  });

  test('set an interview from the day: two presses; what is put off asks when, and comes back', async () => {
    await enterAs(page, 'Marc');
    await page.goto('/ma-journee');
    const duty = page.locator('.duty').filter({ hasText: 'Plus tard' });
    await duty.first().waitFor();
    const duties = await duty.count();
    const later = duty.first().getByRole('button', { name: 'Plus tard' });
    await later.press('Enter');
    await page.getByRole('group', { name: 'Plus tard, quand ?' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Plus tard');
    await later.press('Enter');
    await page.getByLabel('ou le').fill(addDays(today(), 2));
    await page.getByRole('button', { name: 'Remettre à ce jour' }).click();
    await page.getByText(/ reviendra /).waitFor();
    await expect.poll(() => duty.count()).toBe(duties - 1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => duty.count()).toBe(duties);
    await press(page.getByRole('link', { name: 'Fixer l’entretien' }).first());
    await press(page.getByRole('button', { name: 'Fixer l’entretien' }));
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    expect(presses).toBe(2);
    expect(told()).toBe(6);
    // What is done is counted.
    await page.getByText(/\d+\sdossiers? avancés? aujourd’hui\./).waitFor({ state: 'attached' });
  });
});
