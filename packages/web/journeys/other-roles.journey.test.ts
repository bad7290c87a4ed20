import { describe, expect, test } from 'vitest';
import { enterAs, signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

describe('every other role, from the door to what it may do', () => {
  test('a co-leader gives three cases to a colleague, told before who is left out', async () => {
    const page = await open();
    await enterAs(page, 'Fatou');
    await page.goto('/liste?vue=nobody');
    for (const row of [1, 2, 3]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: 'Actions sur la sélection' });
    await bar.getByText('3 sélectionnés').waitFor();
    await bar.getByLabel('Confier à').selectOption('Thomas');
    await bar.getByRole('button', { name: 'Confier 3 dossiers' }).click();
    await page.getByText('3 dossiers confiés à Thomas.').waitFor();
    const thomas = await open();
    await enterAs(thomas, 'Thomas');
    await thomas.goto('/liste?vue=mine');
    await thomas.getByRole('status').filter({ hasText: '3 jeunes' }).waitFor();
  });

  test('a coordinator goes from one platform of the département to the other, and may not record', async () => {
    const page = await open();
    await enterAs(page, 'Diane');
    await page.goto('/liste');
    await page.getByLabel('Plateforme').selectOption('Plateforme de Lens');
    await page.getByRole('row').nth(1).getByRole('link').click();
    const drawer = page.getByRole('dialog', { name: 'Dossier' });
    await drawer.getByRole('button', { name: 'Confier' }).waitFor();
    expect(await drawer.getByRole('button', { name: 'Noter une tentative' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'À vérifier' }).filter({ visible: true }).count()).toBe(1);
  });

  test('a head of school sees former pupils, and no case', async () => {
    const page = await open();
    await signIn(page, 'Hugo');
    await page.getByRole('heading', { name: 'Vos anciens élèves' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    await page.getByLabel('Situation inconnue').check();
    await expect.poll(() => new URL(page.url()).search).toBe('?montrer=inconnues');
    await page.goto('/liste');
    await page.getByText('Vous n’avez pas accès à « La liste ».').waitFor();
  });

  test.each([
    ['René', 'Membres'],
    ['Anne', 'Membres'],
    ['David', 'Membres'],
  ])('%s begins in the network, and sees no case', async (name, heading) => {
    const page = await open();
    await signIn(page, name);
    await page.getByRole('heading', { name: heading }).waitFor();
    // Where there is somebody: themselves at least.
    await page.locator('.admin-item').first().waitFor();
    await page.goto('/a-verifier');
    await page.getByText('Vous n’avez pas accès à « À vérifier ».').waitFor();
  });

  test('signs out: what was on screen is gone, and back does not bring it back', async () => {
    const page = await open();
    await signIn(page, 'Marc');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).waitFor();
    await page.locator('.account summary').click();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Qui voulez-vous être ?' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Qui voulez-vous être ?' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });
});
