import { expect, test } from 'vitest';
import { signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('the network is cut for a moment: nothing typed is lost, it leaves when the network is back', async () => {
  const page = await open();
  await signIn(page, 'Nadia');
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

test('a page that the network did not bring says so, and comes once it is back', async () => {
  const page = await open();
  await signIn(page, 'Thomas');
  await page.goto('/liste');
  await page.getByRole('row').nth(1).waitFor();
  await page.route('**/api/cases?**', (route) => route.abort());
  await page.goto('/liste?vue=mine');
  await page.getByText('Impossible d’afficher la liste.').waitFor({ timeout: 30_000 });
  await page.unroute('**/api/cases?**');
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByText('Impossible d’afficher la liste.').waitFor({ state: 'detached' });
});
