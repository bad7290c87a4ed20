import { expect, test } from 'vitest';
import { signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('a coordinator connects a system, hands its secret over, renews it, and cuts it off', async () => {
  const page = await open();
  await signIn(page, 'Diane');
  await page.getByRole('link', { name: 'Partenaires' }).click();
  await page.getByText('Aucun système n’est relié.').waitFor();
  await page.getByRole('button', { name: 'Relier un système' }).click();
  await page.getByLabel('Organisation').selectOption('Mission locale');
  await page.getByLabel('Nom, tel que').fill('i-MILO de Lens');
  await page.getByLabel('Adresse électronique').fill('technique@exemple.test');
  await page.getByRole('checkbox', { name: 'Plateforme de Lens' }).check();
  await page.getByRole('button', { name: 'Relier ce système' }).click();
  const shown = page.getByRole('region', { name: 'Le secret, montré cette seule fois' });
  const secret = await shown.locator('code').nth(1).textContent();
  const clientId = await shown.locator('code').first().textContent();
  expect(secret).toMatch(/^rcs_[0-9a-f]{64}$/);
  const askToken = async (word: string | null) =>
    (
      await page.request.post('/api/oauth/token', {
        form: { grant_type: 'client_credentials', client_id: clientId ?? '', client_secret: word ?? '' },
      })
    ).status();
  expect(await askToken(secret)).toBe(200);
  await shown.getByRole('button', { name: 'C’est transmis' }).click();
  expect(await page.content()).not.toContain(secret);
  const partner = page.getByRole('article', { name: 'i-MILO de Lens' });
  await partner.getByRole('button', { name: 'Nouveau secret' }).click();
  await shown.waitFor();
  await partner.getByText('vaut jusqu’au').waitFor();
  await partner.getByRole('button', { name: 'Retirer' }).first().click();
  await partner.getByText('vaut jusqu’au').waitFor({ state: 'detached' });
  expect(await askToken(secret)).toBe(401);
  await partner.getByText('Annonces').click();
  await partner.getByText('Aucune annonce depuis trente jours.').waitFor();
  await partner.getByRole('button', { name: 'Couper ce système' }).click();
  await partner.getByRole('button', { name: 'Couper', exact: true }).click();
  await partner.getByText('coupé le').waitFor();
});
