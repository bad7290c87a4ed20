import type { Page } from 'playwright-core';
import { at, inForm, openCase, openPlatform, ROW, type Shown, schoolLink } from './shown.ts';

async function writeAct(page: Page): Promise<void> {
  await openPlatform(page);
  await page.getByRole('button', { name: 'Enregistrer un acte' }).click();
  await page.getByLabel('Structure désignée').selectOption('Une autre, à ajouter');
}

/** Asked, running, silent and failed: as the server would tell them. */
async function campaignsOnTheirWay(page: Page): Promise<void> {
  const run = (index: number, more: object) => ({
    runId: `00000000-0000-4000-8000-00000000000${index}`,
    name: `essai-${index}`,
    asOf: '2025-11-15',
    rules: 'siei-2011',
    previous: null,
    stages: ['read', 'link'],
    silent: false,
    message: null,
    askedAt: '2025-11-20T10:00:00.000Z',
    endedAt: null,
    ...more,
  });
  const runs = [
    run(1, { state: 'running' }),
    run(2, { state: 'running', silent: true }),
    run(3, { state: 'failed', message: 'Mémoire insuffisante à l’étape « Rapprochement des identités ».' }),
  ];
  await page.route('**/api/campaigns', (route) =>
    route.fulfill({ json: { configured: true, runs, campaigns: [] } }),
  );
  await at('/administration/campagnes', '.admin-stages')(page);
}

const problem = (status: number, code: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code, status, title: '', reference: 'r1' }),
});

/** The states that are designed: nothing there, no right, refused, waiting, cut. */
export const STATES: readonly Shown[] = [
  { name: 'no such page', who: 'Nadia', show: at('/nulle-part', '.state') },
  { name: 'a link that asks nothing any more', show: schoolLink(0) },
  {
    name: 'an answer given by a link, and another open',
    async show(page) {
      await page.route('**/api/school-link/answers', (route) => route.fulfill({ json: { remaining: 1 } }));
      await schoolLink(2)(page);
      await page.getByRole('button', { name: 'A déménagé' }).first().click();
      await page.locator('.answer-place').waitFor();
      await page.getByRole('button', { name: 'Autre…' }).click();
    },
  },
  {
    name: 'a head says what is known',
    who: 'Hugo',
    async show(page) {
      await at('/anciens-eleves', '.pupil-table')(page);
      await page
        .getByRole('button', { name: /^Dire ce que je sais/ })
        .first()
        .click();
      await page.locator('.answer-buttons').first().waitFor();
    },
  },
  { name: 'no right', who: 'Nadia', show: at('/anciens-eleves', '.state') },
  {
    name: 'no such case',
    who: 'Nadia',
    show: at(`/dossiers/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, '.state'),
  },
  {
    name: 'put off: when',
    who: 'Nadia',
    async show(page) {
      await at('/ma-journee', '.stack')(page);
      await page.getByRole('button', { name: 'Plus tard' }).first().click();
      await page.locator('.later').waitFor();
    },
  },
  { name: 'empty view', who: 'Nadia', show: at('/liste?vue=unreachable', '.state') },
  { name: 'empty by filters', who: 'Nadia', show: at('/liste?contact=refuses', '.state') },
  {
    name: 'a part that could not be read',
    who: 'Nadia',
    async show(page) {
      await page.route('**/api/case-notices?**', (route) => route.fulfill(problem(500, 'unexpected')));
      await at('/ma-journee', '.missing-parts')(page);
    },
  },
  {
    name: 'filters open, one row selected',
    who: 'Nadia',
    async show(page) {
      await at('/liste?age=false', ROW)(page);
      await page.getByText('Filtrer').click();
      const box = page.locator('.case-table tbody input').first();
      if ((await box.count()) > 0) await box.check();
    },
  },
  {
    name: 'account menu',
    who: 'Nadia',
    async show(page) {
      await at('/aide', 'h1')(page);
      await page.locator('.account summary').click();
    },
  },
  {
    name: 'new appointment, hours open',
    who: 'Nadia',
    async show(page) {
      await at('/rendez-vous', '.agenda-week')(page);
      await page.getByRole('button', { name: 'Nouveau rendez-vous', exact: true }).click();
      await page.getByText('Mes heures et mon lieu').click();
      await page.locator('.reception-days').waitFor();
      await page.getByLabel('Avec qui ?').fill('ma');
      await page.locator('.picker button').first().click();
      await page.locator('form[aria-label*="entretien"]').waitFor();
    },
  },
  {
    name: 'a second factor is asked',
    who: 'Fatou',
    async show(page) {
      await page.route('**/confirmation', (route) => route.fulfill(problem(403, 'stronger_sign_in_needed')));
      await at('/reseau', '.admin-item')(page);
      await page.getByRole('button', { name: 'Toujours justifié : Nadia' }).click();
      await page.getByText('Confirmez d’abord').waitFor();
    },
  },
  {
    name: 'a right about to be taken away',
    who: 'Fatou',
    async show(page) {
      await at('/reseau', '.admin-item')(page);
      await page.getByRole('button', { name: 'Retirer : Nadia' }).click();
      await page.getByText('ne verra plus rien').waitFor();
    },
  },
  {
    name: 'a campaign to start',
    who: 'Anne',
    show: at('/administration/campagnes?faire=lancer', '.act-form'),
  },
  {
    name: 'a campaign to publish',
    who: 'Anne',
    show: at('/administration/campagnes?campagne=campagne&faire=publier', '.admin-item'),
  },
  {
    name: 'twenty names',
    who: 'Anne',
    async show(page) {
      await at('/administration/campagnes?campagne=campagne&faire=regarder', '.act-form')(page);
      await page.getByRole('button', { name: 'Tirer vingt noms' }).click();
      await page.locator('.admin-item table').waitFor();
    },
  },
  { name: 'campaigns on their way', who: 'Anne', show: campaignsOnTheirWay },
  { name: 'an act to write', who: 'René', show: writeAct },
  { name: 'nothing looked for', who: 'David', show: at('/administration', '.state') },
  { name: 'no unusual day', who: 'David', show: at('/administration/jours-inhabituels', '.state') },
  {
    name: 'who asks about their data',
    who: 'David',
    show: at('/administration/demandes?faire=enregistrer', '.act-form'),
  },
  { name: 'interview to set', who: 'Nadia', show: inForm('Fixer un entretien', 'form.act-form') },
  { name: 'interview to report', who: 'Nadia', show: inForm('Noter l’entretien', 'form.act-form') },
  { name: 'closing', who: 'Nadia', show: inForm('Clore', 'form.act-form') },
  { name: 'note to write', who: 'Nadia', show: inForm('Ajouter une note', 'form.act-form') },
  { name: 'handing over', who: 'Nadia', show: inForm('Transférer', 'form.act-form') },
  {
    name: 'rare acts, contacts to judge',
    who: 'Nadia',
    async show(page) {
      await openCase(page);
      await page.getByText('Autres actes').click();
      await page.getByRole('button', { name: 'Dire ce que valent ces coordonnées' }).click();
    },
  },
  { name: 'no paper to print', who: 'Nadia', show: at('/documents', '.state') },
  {
    name: 'where somebody is enrolled',
    who: 'Nadia',
    async show(page) {
      await at('/a-verifier', '.verify-answers')(page);
      await page.getByRole('button', { name: 'Scolarisé ou en formation ailleurs' }).click();
      await page.locator('#precision').waitFor();
    },
  },
  {
    name: 'a partner to connect',
    who: 'Diane',
    async show(page) {
      await at('/partenaires', 'h1')(page);
      await page.getByRole('button', { name: 'Relier un système' }).click();
      await page.locator('.partner-form').waitFor();
    },
  },
  {
    name: 'loading',
    who: 'Nadia',
    async show(page) {
      await page.route('**/api/cases?**', () => new Promise(() => undefined));
      await page.goto('/liste');
      await page.locator('.skeleton').waitFor();
    },
  },
  {
    name: 'refused by a defect',
    who: 'Nadia',
    async show(page) {
      await page.route('**/api/cases?**', (route) => route.fulfill(problem(500, 'unexpected')));
      await at('/liste', '.state-problem')(page);
    },
  },
];
