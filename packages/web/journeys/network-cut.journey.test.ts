import { expect, test } from 'vitest';
import { enterAs, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('the network is cut for a moment: nothing typed is lost, it leaves when the network is back', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  await page.goto('/liste');
  await page.getByRole('row').nth(6).getByRole('link').click();
  const drawer = page.getByRole('dialog', { name: 'Dossier' });
  await drawer.getByRole('button', { name: 'Noter une tentative' }).click();
  await drawer.getByRole('button', { name: 'Visite' }).click();
  await page.context().setOffline(true);
  await drawer.getByRole('button', { name: 'A répondu' }).click();
  await drawer.getByText('Votre saisie est gardée ici et partira au retour du réseau').waitFor();
  // Even when the page is asked again: what was done lives in the tab.
  await drawer.getByText('1 action en attente').waitFor();
  const kept = await page.evaluate(() => sessionStorage.getItem('raccroche.outbox'));
  expect(kept).toContain('visit');
  const name = (await drawer.getByRole('heading', { level: 1 }).textContent()) ?? 'nobody';
  // Codes and ids: no name is kept by the browser.
  for (const word of name.split(' ')) expect(kept).not.toContain(word);
  await page.context().setOffline(false);
  await page.getByText('Connexion retrouvée. Tentative notée : c’est parti.').waitFor();
  await drawer.getByText('Connexion perdue').waitFor({ state: 'detached' });
  await drawer.getByText('visite, a répondu').waitFor();
});

test('a page that the network did not bring, wholly or in part, says so, and comes once it is back; one that grew old says when it was read', async () => {
  const page = await open({ expects: /dynamically imported module|preload CSS/ });
  await page.clock.install();
  await enterAs(page, 'Thomas');
  await page.goto('/liste');
  await page.getByRole('row').nth(1).waitFor();
  await page.route('**/api/cases?**', (route) => route.abort());
  await page.goto('/liste?vue=mine');
  await page.getByText('Impossible d’afficher la liste.').waitFor({ timeout: 30_000 });
  await page.unroute('**/api/cases?**');
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByText('Impossible d’afficher la liste.').waitFor({ state: 'detached' });
  await page.locator('.case-table, .state').first().waitFor();
  // Left open, it says when it was read; read again, it is of now.
  const old = page.getByText(/^Mis à jour il y a \d+\smin\./);
  expect(await old.count()).toBe(0);
  await page.clock.fastForward('04:00');
  await old.waitFor();
  expect(await violations(page)).toEqual([]);
  await old.getByRole('button', { name: 'Actualiser' }).click();
  await old.waitFor({ state: 'detached' });
  // A part that could not be read is named: the day does not look done.
  await page.route('**/api/school-answers?**', (route) => route.abort());
  await page.goto('/ma-journee');
  const missing = page.getByRole('alert').filter({ hasText: 'Cette page n’est pas complète.' });
  await missing.getByText('les réponses des établissements').waitFor({ timeout: 30_000 });
  expect(await violations(page)).toEqual([]);
  await page.unroute('**/api/school-answers?**');
  await missing.getByRole('button', { name: 'Réessayer' }).click();
  await missing.waitFor({ state: 'detached' });
  // A page whose code did not come: the frame stays, and the page comes with the network.
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Rendez-vous' }).first().click();
  await page.getByRole('heading', { name: 'Cette page n’a pas pu s’afficher.' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.locator('.agenda-week').waitFor();
});
