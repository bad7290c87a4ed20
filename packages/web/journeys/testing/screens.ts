import type { Page } from 'playwright-core';
import { at, inForm, openCase, openDrawer, openPlatform, ROW, type Shown, schoolLink } from './shown.ts';

async function openExport(page: Page): Promise<void> {
  await at('/liste', ROW)(page);
  await page.getByRole('button', { name: 'Exporter' }).click();
  await page.locator('dialog form').waitFor();
}

/** The week of an appointment that is set for it. */
async function showAgenda(page: Page): Promise<void> {
  await at('/rendez-vous', '.agenda-week')(page);
  if ((await page.locator('.appointment').count()) > 0) return;
  await inForm('Fixer un entretien', 'form.act-form')(page);
  await page.getByRole('button', { name: 'Fixer l’entretien' }).click();
  await page.getByText(/^Entretien fixé/).waitFor();
  await at('/rendez-vous', '.agenda-week')(page);
  await page.keyboard.press('s');
  await page.locator('.appointment').first().waitFor();
}

/** Begun when it is not yet. */
async function showMeeting(page: Page): Promise<void> {
  await at('/reunion', '.meeting-case, .meeting-counts, .state')(page);
  const begin = page.getByRole('button', { name: 'Commencer la réunion' });
  if ((await begin.count()) > 0) await begin.click();
  await page.locator('.meeting-case, .state').first().waitFor();
}

async function drawZone(page: Page): Promise<void> {
  await openPlatform(page);
  await page.getByRole('button', { name: 'Changer la zone' }).click();
  await page.getByLabel('Chercher une commune').fill('arr');
  await page.getByLabel(/^Arras/).check();
  await page.locator('.admin-effect').scrollIntoViewIfNeeded();
}

/** Somebody whom another platform follows, as the server tells it; then the form that opens their case without waiting. */
async function openElsewhere(page: Page): Promise<void> {
  const elsewhere = { platformName: 'Plateforme d’Arras', department: '62', caseId: null, closed: false };
  await page.route('**/api/findings', (route) =>
    route.fulfill({ json: { findingId: 1, followed: [elsewhere] } }),
  );
  await at('/accueil', 'form.act-form')(page);
  await page.getByLabel('Nom de naissance').fill('Martin');
  await page.getByLabel('Premier prénom').fill('Awa');
  await page.getByLabel('Date de naissance', { exact: true }).fill('2008-11-03');
  await page.getByRole('button', { name: 'Chercher dans tout le pays' }).click();
  await page.getByRole('button', { name: 'Ouvrir sans attendre…' }).click();
  const form = page.getByRole('form', { name: 'Ouvrir un dossier d’un autre territoire' });
  await form.getByLabel('La personne a déménagé ici').check();
  await form.scrollIntoViewIfNeeded();
}

/** Every screen, in the order in which docs/screens shows them. */
export const SCREENS: readonly Shown[] = [
  { name: 'entrer', show: at('/', '.card') },
  { name: 'ma-journee', who: 'Nadia', show: at('/ma-journee', '.stack') },
  { name: 'la-liste', who: 'Nadia', show: at('/liste', ROW) },
  { name: 'par-etape', who: 'Nadia', show: at('/liste?affichage=etapes', '.board-card') },
  { name: 'par-commune', who: 'Nadia', show: at('/liste?affichage=communes', '.commune-map') },
  { name: 'a-imprimer', who: 'Nadia', show: at('/liste?affichage=feuille', '.sheet-table') },
  { name: 'exporter', who: 'Nadia', show: openExport },
  { name: 'volet', who: 'Nadia', show: openDrawer },
  { name: 'dossier', who: 'Nadia', show: openCase },
  { name: 'tentative', who: 'Nadia', show: inForm('Noter une tentative', '.act-form .choice') },
  { name: 'a-verifier', who: 'Nadia', show: at('/a-verifier', '.verify') },
  { name: 'rendez-vous', who: 'Nadia', show: showAgenda },
  { name: 'propositions', who: 'Olga', show: at('/propositions', '.received, .state') },
  { name: 'litiges', who: 'Nadia', show: at('/litiges', '.litige') },
  { name: 'reunion', who: 'Fatou', show: showMeeting },
  { name: 'anciens-eleves', who: 'Hugo', show: at('/anciens-eleves', 'table') },
  { name: 'membres', who: 'Fatou', show: at('/reseau', '.admin-item') },
  { name: 'inviter', who: 'Fatou', show: at('/reseau?faire=inviter', '.admin-opens') },
  { name: 'remplacements', who: 'Fatou', show: at('/reseau/remplacements', '.admin-item') },
  { name: 'plateformes', who: 'René', show: at('/reseau/plateformes', 'table') },
  { name: 'plateforme', who: 'René', show: openPlatform },
  { name: 'zone', who: 'René', show: drawZone },
  { name: 'trace', who: 'David', show: at('/administration?acte=session.', 'table') },
  { name: 'demandes', who: 'David', show: at('/administration/demandes', '.state, .admin-item') },
  { name: 'durees', who: 'David', show: at('/administration/durees', 'table') },
  { name: 'campagnes', who: 'Anne', show: at('/administration/campagnes', '.admin-item') },
  { name: 'livraisons', who: 'Anne', show: at('/administration/livraisons', 'table') },
  { name: 'travaux', who: 'Anne', show: at('/administration/travaux', 'table, .state') },
  { name: 'signaler', who: 'Hugo', show: at('/anciens-eleves?faire=signaler', '.signal-form') },
  { name: 'reponse-etablissement', show: schoolLink(2) },
  { name: 'accueil', who: 'Nadia', show: at('/accueil', 'form.act-form') },
  { name: 'ouvrir-ailleurs', who: 'Nadia', show: openElsewhere },
  { name: 'partenaires', who: 'Diane', show: at('/partenaires', 'h1') },
  { name: 'avertissements', who: 'Fatou', show: at('/avertissements', 'h1') },
  { name: 'aide', who: 'Nadia', show: at('/aide', 'h1') },
  { name: 'raccourcis', show: at('/raccourcis', 'h1') },
  { name: 'accessibilite', show: at('/accessibilite', 'h1') },
  { name: 'mentions-legales', show: at('/mentions-legales', 'h1') },
  { name: 'donnees-personnelles', show: at('/donnees-personnelles', 'h1') },
];
