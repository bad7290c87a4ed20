import type { CaseDetail } from '@raccroche/contract';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { enterAs, PHONE, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const ROW = '.case-table tbody a, .case-card-name a';

/** The case at a place of the list that the address asks for. */
async function openCase(page: Page, search: string, place: number): Promise<void> {
  await page.goto(`/liste${search}`);
  await page.locator(ROW).nth(place).click();
  await page.getByRole('link', { name: 'Ouvrir le dossier entier' }).click();
  await page.locator('.case-page h1').waitFor();
}
const panel = (page: Page, name: string) => page.getByRole('region', { name });

describe('the whole case', () => {
  test('a minor: a representative is added, invited with them, the duty of training is told', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await openCase(page, '?age=true', 0);
    const young = (await page.locator('.case-page h1').textContent()) ?? '';
    await page.getByText('Autres actes').click();
    await page.getByRole('button', { name: 'Ajouter un contact' }).click();
    await page.getByLabel('De qui').selectOption({ label: 'Un autre représentant légal' });
    await page.getByLabel('Nom du représentant légal').fill('Mme Invente');
    await page.getByLabel('Valeur').fill('0611223344');
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('link', { name: '06 11 22 33 44' }).waitFor();
    await page.getByRole('button', { name: 'Fixer un entretien' }).click();
    await page.getByRole('button', { name: 'Fixer l’entretien' }).click();
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    await panel(page, 'Documents').getByRole('button', { name: 'Invitation à l’entretien' }).click();
    const letter = page.locator('.letter');
    await letter.waitFor();
    for (const text of ['Mme Invente', young, 'un de vos parents'])
      await letter.getByText(text).first().waitFor();
    expect(await letter.textContent()).not.toMatch(/décroch|sanction|obligatoire/i);
    await page.getByLabel('Téléphone à appeler').fill('0321000000');
    await letter.getByText('03 21 00 00 00').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Retour au dossier' }).click();
    await panel(page, 'Documents').getByText('Invitation à l’entretien établie le').waitFor();
    await page.getByRole('button', { name: 'Mettre à jour l’obligation' }).click();
    await page.getByLabel('Où en est-on ?').selectOption({ label: 'Jeune et représentant convoqués' });
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await panel(page, 'Obligation de formation jusqu’à 18 ans')
      .getByText('Convoqué avec son représentant légal')
      .waitFor();
    // The papers do not outlive the page that made them.
    await page.goto('/documents');
    await page.getByText('Aucun document n’attend').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('a note warns of what it seems to speak of, says when it is erased, and is taken back', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await openCase(page, '', 1);
    await page.getByRole('button', { name: 'Ajouter une note' }).click();
    const text = page.getByLabel(/^Note \(/);
    await text.fill('Hospitalisé depuis mardi');
    await page.getByText('Cette note semble parler de : santé.').waitFor();
    expect(await violations(page)).toEqual([]);
    await text.fill('Préfère être appelé le matin');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    const notes = panel(page, 'Notes');
    await notes.getByText('Préfère être appelé le matin').waitFor();
    await notes.getByText(/s’efface le \d\d\/\d\d\/\d{4}/).waitFor();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await notes.getByText('Aucune note.').waitFor();
  });

  test('a telephone is told wrong, with the day; the story is narrowed; who read is told', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await openCase(page, '?telephone=true', 2);
    await page.getByRole('button', { name: 'Dire ce que valent ces coordonnées' }).click();
    await page
      .getByRole('button', { name: /^C’est faux : 0/ })
      .first()
      .click();
    await page
      .getByText(/^faux depuis le /)
      .first()
      .waitFor();
    const story = panel(page, 'Historique');
    await story.getByLabel('Sources').check();
    await story.getByText('Dossier ouvert par une liste').waitFor();
    expect(await story.getByText('Moyen de contact faux').count()).toBe(0);
    await story.getByLabel('Contacts').check();
    await story.getByText('Moyen de contact faux').waitFor();
    await page.getByRole('button', { name: 'Voir qui l’a consulté' }).click();
    const readers = panel(page, 'Qui a consulté ce dossier ?');
    await readers.getByRole('row', { name: /Marc a modifié/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('on a phone: an interview is told, its summary given, a return asked, the rest put off', async () => {
    const page = await open({ size: PHONE });
    await enterAs(page, 'Marc');
    await openCase(page, '', 4);
    await page.getByRole('button', { name: 'Noter l’entretien' }).click();
    await page.getByLabel('Un apprentissage').check();
    await page.getByRole('button', { name: 'Enregistrer l’entretien' }).click();
    await page.getByText('Entretien noté.').waitFor();
    await panel(page, 'Documents').getByRole('button', { name: 'Résumé de l’entretien' }).click();
    await page.locator('.letter').getByText('Un apprentissage').waitFor();
    await page.getByRole('link', { name: 'Retour au dossier' }).click();
    await page.getByText('Autres actes').click();
    await page.getByRole('button', { name: 'Demande de retour en formation' }).click();
    await page.getByRole('button', { name: 'Noter la demande' }).click();
    await page.getByText(/^Demande de retour notée/).waitFor();
    await page.getByText('Autres actes').click();
    await page.getByRole('button', { name: 'Remettre à plus tard' }).click();
    await page.getByRole('button', { name: 'Remettre à plus tard' }).click();
    await page.getByText(/^Remis .+\.$/).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('handed over to another platform: it is no longer here', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await openCase(page, '', 5);
    const address = page.url();
    await page.getByRole('button', { name: 'Transférer' }).click();
    const choice = page.getByLabel('À quelle plateforme ?');
    await choice.locator('option').nth(1).waitFor({ state: 'attached' });
    await choice.selectOption({ index: 1 });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Transférer' }).click();
    await page.getByText(/^Dossier transféré à /).waitFor();
    await page.goto(address);
    await page.getByText('Ce dossier n’existe pas, ou vous n’y avez pas accès.').waitFor();
  });
});

test('a look-alike is joined here, its own case says where it goes on, and they are parted again', async () => {
  const page = await open();
  await enterAs(page, 'Marc');
  await page.goto('/liste');
  const idAt = async (place: number) => {
    const link = await page.locator(ROW).nth(place).getAttribute('href');
    return new URLSearchParams(link?.split('?')[1]).get('dossier') ?? '';
  };
  await page.locator(ROW).nth(9).waitFor();
  const [kept, double] = [await idAt(8), await idAt(9)];
  const detailOf = async (caseId: string) =>
    (await (await page.request.get(`/api/cases/${caseId}`)).json()) as CaseDetail;
  const { siei, familyName, firstNames, birthDate } = await detailOf(double);
  // The demonstration has no two cases of a platform that look alike: one is told to.
  await page.route(`**/api/cases/${kept}`, async (route) => {
    const one = (await (await route.fetch()).json()) as CaseDetail;
    const other = { caseId: double, familyName, firstNames, birthDate };
    const lookAlikes = [{ siei, kind: 'pair', reasons: ['noms proches'], weight: 4, case: other }];
    await route.fulfill({ json: { ...one, lookAlikes } });
  });
  await page.goto(`/dossiers/${kept}`);
  const alike = panel(page, 'Peut-être une autre personne');
  await alike.getByRole('button', { name: 'Ce sont deux personnes' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await alike.getByRole('button', { name: 'C’est la même personne : réunir ici' }).click();
  await page.getByText('Dossiers réunis dans celui-ci.').waitFor();
  await panel(page, 'Historique').getByText('Un dossier en double lui est réuni').waitFor();
  await page.goto(`/dossiers/${double}`);
  await page.getByRole('link', { name: 'ouvrir celui qui continue' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ce sont deux personnes : séparer' }).click();
  await page.getByText('Dossiers séparés.').waitFor();
  await page.getByRole('button', { name: 'Noter une tentative' }).waitFor();
  // Nobody had told that they are one: found by name, joined, and the undo parts them.
  await page.unrouteAll();
  await page.goto(`/dossiers/${kept}`);
  await page.getByText('Cette personne a un autre dossier ?').click();
  await page.getByLabel('Nom, date de naissance ou numéro SIEI de l’autre dossier').fill(siei);
  await page.getByRole('button', { name: new RegExp(`^${familyName}`, 'i') }).click();
  await page.getByRole('button', { name: 'En choisir un autre' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'C’est la même personne : réunir ici' }).click();
  await page.getByText('Dossiers réunis dans celui-ci.').waitFor();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByText('Annulé : dossiers réunis dans celui-ci.').waitFor();
});

test('several invitations at once: one print job, a page each', async () => {
  const page = await open();
  await enterAs(page, 'Marc');
  for (const place of [6, 7]) {
    await page.goto('/liste');
    await page.locator(ROW).nth(place).click();
    await page.getByRole('button', { name: 'Fixer un entretien' }).click();
    await page.getByRole('button', { name: 'Fixer l’entretien' }).click();
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
  }
  await page.goto('/liste?parcours=interview_set');
  for (const place of [1, 2]) await page.getByRole('row').nth(place).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Inviter par courrier : 2 sur 2' }).click();
  await page.locator('.letter').nth(1).waitFor();
  expect(await page.locator('.letter').count()).toBe(2);
  expect(await violations(page)).toEqual([]);
});
