import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { enterAs, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

async function lookFor(page: Page, familyName: string, firstName: string, birthDate: string) {
  await page.getByLabel('Nom de naissance').fill(familyName);
  await page.getByLabel('Premier prénom').fill(firstName);
  await page.getByLabel('Date de naissance', { exact: true }).fill(birthDate);
  await page.getByRole('button', { name: 'Chercher dans tout le pays' }).click();
}

/** `03/11/2008` as a field of a date takes it. */
const isoOf = (french: string) => french.split('/').reverse().join('-');

test('nobody follows them: from an empty search to a case that is open', async () => {
  const page = await open();
  await enterAs(page, 'Marc');
  await page.goto('/liste');
  await page.getByRole('searchbox').fill('Introuvable');
  await page.getByRole('link', { name: /Chercher dans tout le pays/ }).click();
  await lookFor(page, 'Introuvable', 'Zoé', '2008-11-03');
  await page.getByText('Aucune plateforme ne suit cette personne.').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(page.url()).not.toContain('Introuvable');
  await page.getByLabel('Téléphone (facultatif)').fill('0611000001');
  await page.getByRole('button', { name: /^Ouvrir un dossier à / }).click();
  await page.locator('.case-page h1', { hasText: 'Zoé Introuvable' }).waitFor();
  await page.goto('/liste?vue=signalled');
  await page.getByRole('link', { name: 'Introuvable Zoé' }).waitFor();
});

/** Somebody whom Nadia's platform follows. */
async function followedByNadia() {
  const there = await open();
  await enterAs(there, 'Nadia');
  await there.goto('/liste?age=false');
  await there.getByRole('row').nth(3).getByRole('link').click();
  const band = there.getByRole('dialog', { name: 'Dossier' });
  const name = (await band.getByRole('heading', { level: 1 }).textContent()) ?? '';
  const birth = /naissance le (\d\d\/\d\d\/\d{4})/.exec((await band.textContent()) ?? '')?.[1] ?? '';
  const [firstName = '', ...family] = name.replace(/ \(.*\)$/, '').split(' ');
  return { there, family: family.join(' '), firstName, birthDate: isoOf(birth) };
}

test('followed elsewhere: the platform alone is told, the transfer is asked, and those who follow see it', async () => {
  const { there, family, firstName, birthDate } = await followedByNadia();
  const here = await open();
  await enterAs(here, 'Marc');
  await here.goto('/accueil');
  await lookFor(here, family, firstName, birthDate);
  await here.getByText('Cette personne est suivie.').waitFor();
  expect(await here.getByRole('link', { name: 'ouvrir son dossier' }).count()).toBe(0);
  await here.getByRole('button', { name: 'Demander le transfert' }).click();
  await here.getByText(/^Transfert demandé : /).waitFor();
  expect(await violations(here)).toEqual([]);

  await there.goto('/ma-journee');
  const asked = there.getByRole('listitem').filter({ hasText: 'a demandé le transfert' });
  await asked.getByRole('link').filter({ hasText: firstName }).waitFor();
  expect(await violations(there)).toEqual([]);
  await asked.getByRole('button', { name: 'Refuser' }).first().click();
});

test('followed elsewhere, and it cannot wait: opened for three hours with a reason and a second factor; the owner is told', async () => {
  const { family, firstName, birthDate } = await followedByNadia();
  const here = await open();
  await enterAs(here, 'Marc');
  await here.goto('/accueil');
  await lookFor(here, family, firstName, birthDate);
  await here.getByRole('button', { name: 'Ouvrir sans attendre…' }).click();
  const form = here.getByRole('form', { name: 'Ouvrir un dossier d’un autre territoire' });
  await form.getByText('avertis aussitôt').waitFor();
  await form.getByLabel('La personne a déménagé ici').check();
  await form.getByLabel(/^Ce qui le justifie/).fill('Vient d’arriver chez sa tante, sans ses papiers.');
  expect(await violations(here)).toEqual([]);
  // As a provider's session would be without a second factor given lately; then it is given.
  const refusal = { status: 403, code: 'stronger_sign_in_needed', title: '', reference: 'r1' };
  await here.route('**/api/openings', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) })
      : route.continue(),
  );
  await here.route('**/api/sign-in?**', (route) =>
    route.fulfill({ status: 302, headers: { location: '/accueil' } }),
  );
  await form.getByRole('button', { name: 'Ouvrir pour trois heures' }).click();
  await here.getByRole('button', { name: 'Confirmer mon identité' }).click();
  await here.getByText('C’est confirmé.').waitFor();
  await here.unroute('**/api/openings');
  await form.getByRole('button', { name: 'Ouvrir pour trois heures' }).click();
  await here.locator('.case-page h1', { hasText: firstName }).waitFor();
  expect(await violations(here)).toEqual([]);

  const answering = await open();
  await enterAs(answering, 'Fatou');
  await answering.goto('/avertissements');
  await answering.getByText('Vient d’arriver chez sa tante').waitFor();
});
