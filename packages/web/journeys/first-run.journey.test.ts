import { expect, test } from 'vitest';
import { overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('the door tells who each is and what waits for them, and the tour is walked from the keyboard', async () => {
  const page = await open({ offersTour: true });
  await page.goto('/');
  const nadia = page.locator('.card').filter({ hasText: 'Nadia' });
  await nadia
    .getByText(/Conseillère à la mission locale de Lens.: \d+.dossiers, dont \d+ à son nom/)
    .waitFor();
  await signIn(page, 'Nadia');
  await page.getByRole('button', { name: 'Faire la visite' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Faire la visite' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Ma journée' }).waitFor();
  expect(await violations(page)).toEqual([]);
  for (const stop of ['La liste', 'À vérifier']) {
    await dialog.getByRole('button', { name: 'Suivant' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: stop }).waitFor();
    // Each stop is said: the place of the keyboard is its title.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(stop);
  }
  expect(new URL(page.url()).pathname).toBe('/a-verifier');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Closed for ever, unless it is asked for again.
  await page.reload();
  await page.locator('.verify').waitFor();
  expect(await page.getByRole('button', { name: 'Faire la visite' }).count()).toBe(0);
  await page.goto('/aide');
  await page.getByRole('button', { name: 'Refaire la visite guidée' }).click();
  await dialog.waitFor();
});

test('on a phone the tour fits, and is declined in one press', async () => {
  const page = await open({ size: PHONE, offersTour: true });
  await signIn(page, 'Hugo');
  await page.getByRole('button', { name: 'Faire la visite' }).tap();
  await page.getByRole('dialog').waitFor();
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
  const other = await open({ size: PHONE, offersTour: true });
  await signIn(other, 'Marc');
  await other.getByRole('button', { name: 'Ne plus proposer' }).tap();
  await other.reload();
  await other.locator('.account').waitFor();
  expect(await other.getByRole('button', { name: 'Faire la visite' }).count()).toBe(0);
});

test('the demonstration says that it can be made anew', async () => {
  const page = await open();
  await page.goto('/');
  await page.getByRole('button', { name: 'Remettre la démonstration à neuf' }).waitFor();
  expect(await violations(page)).toEqual([]);
});
