import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
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

describe('what is found, as the server tells it', () => {
  const followed = (...more: object[]) => ({
    json: {
      findingId: 1,
      followed: more.map((one) => ({
        platformName: 'Plateforme d’Arras',
        department: '62',
        caseId: null,
        closed: false,
        ...one,
      })),
    },
  });
  async function found(...more: object[]) {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.route('**/api/findings', (route) => route.fulfill(followed(...more)));
    await page.goto('/accueil');
    await lookFor(page, 'Martin', 'Awa', '2008-11-03');
    return page;
  }

  test('in no zone: the coordination of the département is asked, and that is told', async () => {
    const page = await found({ platformName: null });
    await page.getByText('aucune plateforme ne la suit encore').waitFor();
    await page.getByText('Département 62, où aucune plateforme ne couvre sa commune').waitFor();
    expect(await page.getByRole('button', { name: 'Demander le transfert' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Ouvrir sans attendre…' }).click();
    await page.getByText('c’est la coordination du département 62 qui en répond').waitFor();
    await page.getByRole('button', { name: 'Ne pas ouvrir' }).click();
    await page.route('**/api/findings/request', (route) =>
      route.fulfill({ json: { asked: 1, departments: ['62'] } }),
    );
    await page.getByRole('button', { name: 'Demander l’accès au dossier' }).click();
    await page
      .getByText(
        'Accès demandé : aucune plateforme ne couvre sa commune ; la coordination du département (62)',
      )
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('closed there: that somebody was followed, and is no longer', async () => {
    const page = await found({ closed: true });
    await page.getByText('Cette personne a été suivie ; elle ne l’est plus.').waitFor();
    await page.getByText('Plateforme d’Arras (62) ; son dossier y est clos').waitFor();
    expect(await page.getByText('Cette personne est suivie.').count()).toBe(0);
    await page.getByRole('button', { name: 'Ouvrir sans attendre…' }).click();
    await page.getByText('Ce dossier est clos ; il était suivi par Plateforme d’Arras (62).').waitFor();
    expect(await page.getByText('est suivi par').count()).toBe(0);
    await page.getByRole('button', { name: 'Ne pas ouvrir' }).click();
    await page.route('**/api/findings/request', (route) =>
      route.fulfill({ json: { asked: 0, departments: [] } }),
    );
    await page.getByRole('button', { name: 'Demander l’accès au dossier' }).click();
    await page.getByText('votre demande attend déjà sa réponse').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
