import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { enterAs, overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile, ownDemo } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const SOON = { timeout: 20_000 };
const LINK = /\/reponse-etablissement#[0-9a-f]{64}/g;

/** Links of the messages that left, in no order. */
function linksSent(): string[] {
  const folder = ownDemo().messages;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\n', '').match(LINK) ?? []);
}

/** Asks about the first person whose school can be written to; gives the name. */
async function askAboutSomebody(page: Page): Promise<string> {
  await page.goto('/a-verifier');
  const heading = page.locator('.verify-who h2');
  await heading.waitFor();
  const name = (await heading.textContent()) ?? '';
  await page.keyboard.press('?');
  const asked = page.getByText('Question posée à l’établissement.');
  const refused = page.getByText('Appelez-le, ou écrivez-lui par courrier');
  await asked.or(refused).first().waitFor();
  if ((await asked.count()) > 0) return name;
  await page.keyboard.press('Space');
  await expect.poll(() => heading.textContent(), SOON).not.toBe(name);
  return askAboutSomebody(page);
}

test('one key asks the school, which answers by a link on a phone; its answer comes back and one key confirms it', async () => {
  const before = new Set(linksSent());
  const page = await open();
  await enterAs(page, 'Marc');
  const name = await askAboutSomebody(page);
  // The next person is there already.
  await expect.poll(() => page.locator('.verify-who h2').textContent(), SOON).not.toBe(name);
  const newLinks = () => linksSent().filter((link) => !before.has(link));
  await expect.poll(newLinks, SOON).toHaveLength(1);
  const [link = ''] = newLinks();

  const school = await open({ size: PHONE });
  await school.goto(link);
  const card = school.getByRole('article');
  await card.waitFor();
  // What opens the link is off the address at once; nobody but those asked about is shown.
  expect(new URL(school.url()).hash).toBe('');
  // The name of use, which stands in parentheses, is not the school's business.
  const [firstName = '', ...familyName] = name.replace(/ \(.*\)$/, '').split(' ');
  await school.getByRole('heading', { name: `${familyName.join(' ')} ${firstName}` }).waitFor();
  expect(await card.count()).toBe(1);
  expect([...(await violations(school)), await overflows(school)]).toEqual([false]);
  await school.getByRole('button', { name: 'A déménagé' }).tap();
  await school.getByText('Réponse enregistrée').waitFor();
  await school.getByLabel(/Dans quelle ville/).fill('Lille');
  await school.getByRole('button', { name: 'Ajouter' }).tap();
  await school.getByText('Merci, tout est répondu.').waitFor();
  expect([...(await violations(school)), await overflows(school)]).toEqual([false]);

  const again = await open();
  await again.goto(link);
  await again.getByRole('heading', { name: 'Merci.' }).waitFor();
  expect(await again.getByText(familyName.join(' ')).count()).toBe(0);

  await page.goto('/ma-journee');
  const answers = page
    .getByRole('region')
    .or(page.locator('section'))
    .filter({ hasText: 'Réponses des établissements' });
  await answers.getByText('a déménagé (Lille)').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.goto('/a-verifier');
  await page.getByText('a déménagé (Lille)').waitFor();
  expect(await page.locator('.verify-who h2').textContent()).toBe(name);
  await page.keyboard.press('Enter');
  await page.getByText('Vérifié : a déménagé.').waitFor();
  // Taken back: the person is to verify again, and the answer is still there.
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.locator('.verify-who h2').textContent(), SOON).toBe(name);
});

test('a head of school says what is known, signals who left, and is told what the law starts', async () => {
  const page = await open();
  await signIn(page, 'Hugo');
  await page.locator('.pupil-table').waitFor();
  await page.getByText('Aucune question en attente.').or(page.getByRole('article').first()).first().waitFor();
  await page
    .getByRole('button', { name: /^Dire ce que je sais/ })
    .first()
    .click();
  const card = page.locator('.pupil-table').getByRole('article');
  await card.getByRole('button', { name: 'Autre…' }).click();
  await card.getByRole('button', { name: 'De retour dans l’établissement' }).click();
  await card.getByText('Réponse enregistrée').waitFor();

  const signal = async () => {
    await page.getByRole('button', { name: 'Signaler un élève parti' }).click();
    await page.getByLabel('Nom de famille').fill('Quinoa');
    await page.getByLabel('Prénom').fill('Lou');
    await page.getByLabel('Date de naissance').fill('2009-05-05');
    await page.getByRole('button', { name: 'Chercher, puis signaler' }).click();
    await page.getByText('Choisissez la commune où la personne habite').waitFor();
    await page.getByLabel('Commune où la personne habite').fill('lens');
    await page.getByRole('button', { name: 'Lens (62300)' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Chercher, puis signaler' }).click();
  };
  await signal();
  await page.getByText('Un délai de la loi commence aujourd’hui').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Fermer' }).click();
  await page.getByRole('rowheader', { name: /Quinoa Lou/ }).waitFor();
  // Told twice: whoever follows is named, and nothing is made.
  await signal();
  await page.getByText('Cette personne est déjà suivie.').waitFor();
  await page.getByText('Plateforme de Lens').waitFor();
  await page.getByRole('button', { name: 'C’est la même personne : terminer' }).click();
  await page.getByRole('button', { name: 'Signaler un élève parti' }).waitFor();

  const address = page.getByLabel(/Adresse électronique/);
  await address.fill('direction@exemple.test');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Adresse enregistrée.').waitFor();
});

test('a head of two schools says which one signals', async () => {
  const page = await open();
  await enterAs(page, 'Hugo');
  // As if another school were theirs too.
  await page.route('**/api/me', async (route) => {
    const response = await route.fetch();
    const me = (await response.json()) as { rights: { territoryKind: string; territoryId: string }[] };
    const schools = me.rights.filter(({ territoryKind }) => territoryKind === 'establishment');
    const others = schools.map((right) => ({ ...right, territoryId: '0590001Z' }));
    await route.fulfill({ json: { ...me, rights: [...me.rights, ...others] } });
  });
  let told: unknown;
  await page.route('**/api/signals', async (route) => {
    told = route.request().postDataJSON();
    await route.fulfill({ json: { caseId: null, findingId: null, followed: [] } });
  });
  await page.goto('/anciens-eleves?faire=signaler');
  const which = page.getByLabel('Quel établissement signale ?');
  await which.waitFor();
  await page.getByLabel('Nom de famille').fill('Quinoa');
  await page.getByLabel('Prénom').fill('Lou');
  await page.getByLabel('Date de naissance').fill('2009-05-05');
  await page.getByLabel('Commune où la personne habite').fill('lens');
  await page.getByRole('button', { name: 'Lens (62300)' }).click();
  // Nothing leaves before it is said.
  await page.getByRole('button', { name: 'Chercher, puis signaler' }).click();
  expect(await which.evaluate((select: HTMLSelectElement) => select.validity.valueMissing)).toBe(true);
  await which.selectOption('établissement 0590001Z');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Chercher, puis signaler' }).click();
  await expect.poll(() => told).toMatchObject({ uai: '0590001Z' });
});
