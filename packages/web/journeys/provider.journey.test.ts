import { expect, test } from 'vitest';
import { enterAs, overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('a caseworker proposes, the structure answers on a phone, the person accepts', async () => {
  const page = await open();
  await enterAs(page, 'Thomas');
  // Somebody with whom nothing was begun, whatever the demonstration tells of others.
  await page.goto('/liste?parcours=not_started&verification=to_verify');
  await page.locator('.case-table tbody a').nth(2).click();
  await page.locator('dialog h1').waitFor();
  const address = `/dossiers/${new URL(page.url()).searchParams.get('dossier') ?? ''}`;
  await page.goto(address);
  const name = (await page.locator('.case-page h1').textContent()) ?? '';
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Enregistrer l’entretien' }).click();
  await page.getByText('Entretien noté.').waitFor();
  await page.keyboard.press('p');
  await page.getByLabel('À quelle structure ?').selectOption('Association (répond ici)');
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  await page.getByText('Proposé à Association.').waitFor();
  const panel = page.getByRole('region', { name: 'Propositions à des structures' });
  await panel.getByText('Sans réponse de la structure').waitFor();
  expect(await violations(page)).toEqual([]);

  const phone = await open({ size: PHONE });
  await signIn(phone, 'Olga');
  await phone.locator('.received').first().waitFor();
  const [firstName = ''] = name.split(' ');
  const one = phone
    .locator('.received')
    .filter({ hasText: `${firstName} ` })
    .first();
  expect(await one.textContent()).not.toContain(name);
  await one.getByRole('button', { name: /^Recontactez-nous/ }).tap();
  await one.getByRole('button', { name: 'Ne rien envoyer' }).tap();
  await one.getByRole('button', { name: /^Nous prenons/ }).tap();
  await phone.getByText('Réponse envoyée : nous prenons.').waitFor();
  await phone.getByRole('heading', { name: new RegExp(name) }).waitFor();
  expect(await overflows(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  // Nothing but what is proposed to it.
  await phone.goto('/liste');
  await phone.getByText(/Vous n’avez pas accès/).waitFor();
  await phone.goto(address);
  await phone.getByText(/Vous n’avez pas accès/).waitFor();

  await page.goto('/ma-journee');
  await page.getByText('Association prend : demander à la personne').first().waitFor();
  await page.goto(address);
  await panel.getByText('Réponse : nous prenons').waitFor();
  await panel.getByRole('button', { name: 'La personne accepte' }).click();
  await page.getByText('Solution acceptée par la personne.').waitFor();
  await page.locator('.axes').getByText('Solution acceptée').waitFor();
});
