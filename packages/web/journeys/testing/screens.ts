import type { Page } from 'playwright-core';

/** A screen, or a state of one: who must be signed in, and how to bring the page there. */
export interface Shown {
  readonly name: string;
  /** Nobody when absent. */
  readonly who?: string;
  readonly show: (page: Page) => Promise<void>;
}

/** At an address, once a heading or the text of a state is there and nothing loads any more. */
const at = (path: string, ready: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await page.locator('.skeleton').waitFor({ state: 'detached' });
};

const ROW = '.case-table tbody a, .case-card-name a';

async function openExport(page: Page): Promise<void> {
  await at('/liste', ROW)(page);
  await page.getByRole('button', { name: 'Exporter' }).click();
  await page.locator('dialog form').waitFor();
}

async function openDrawer(page: Page): Promise<void> {
  await at('/liste', ROW)(page);
  await page.locator(ROW).nth(2).click();
  await page.locator('dialog h1').waitFor();
}

async function openCase(page: Page): Promise<void> {
  await openDrawer(page);
  await page.getByRole('link', { name: 'Ouvrir le dossier entier' }).click();
  await page.locator('.case-page h1').waitFor();
}

const inForm = (button: string, form: string) => async (page: Page) => {
  await openCase(page);
  await page.getByRole('button', { name: button }).click();
  await page.locator(form).first().waitFor();
};

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

async function openPlatform(page: Page): Promise<void> {
  await at('/reseau/plateformes', 'table')(page);
  await page.getByRole('link', { name: 'Plateforme de Lens' }).click();
  await page.getByText('communes aujourd’hui').waitFor();
}

async function writeAct(page: Page): Promise<void> {
  await openPlatform(page);
  await page.getByRole('button', { name: 'Enregistrer un acte' }).click();
  await page.getByLabel('Structure désignée').selectOption('Une autre, à ajouter');
}

async function drawZone(page: Page): Promise<void> {
  await openPlatform(page);
  await page.getByRole('button', { name: 'Changer la zone' }).click();
  await page.getByLabel('Chercher une commune').fill('arr');
  await page.getByLabel(/^Arras/).check();
  await page.locator('.admin-effect').scrollIntoViewIfNeeded();
}
/** The page that a school opens by its link, as the server would answer for that many former pupils. */
const schoolLink = (count: number) => async (page: Page) => {
  await page.route('**/api/school-link', (route) =>
    route.fulfill({
      json: {
        school: count === 0 ? null : 'Lycée inventé',
        expiresAt: count === 0 ? null : '2026-12-17T07:30:00.000Z',
        pupils: ASKED.slice(0, count),
      },
    }),
  );
  // A page that is open already would only be told that the part behind the # has changed.
  await page.goto('about:blank');
  await page.goto(`/reponse-etablissement#${'ab'.repeat(32)}`);
  await page
    .locator(count === 0 ? '.state' : '.answer-card')
    .first()
    .waitFor();
};
const ASKED = ['Lou', 'Noé'].map((firstName, index) => ({
  questionId: `00000000-0000-4000-8000-00000000000${index}`,
  familyName: 'Inventé',
  firstNames: [firstName],
  lastTraining: 'formation de niveau bac',
  leftOn: '2025-08-31',
  askedBy: 'Nadia',
  platform: 'Plateforme de Lens',
}));

/** Every screen, in the order in which docs/screens shows them. */
export const SCREENS: readonly Shown[] = [
  { name: 'entrer', show: at('/', '.card') },
  { name: 'ma-journee', who: 'Nadia', show: at('/ma-journee', '.stack') },
  { name: 'la-liste', who: 'Nadia', show: at('/liste', ROW) },
  { name: 'par-etape', who: 'Nadia', show: at('/liste?affichage=etapes', '.board-card') },
  { name: 'par-commune', who: 'Nadia', show: at('/liste?affichage=communes', '.communes') },
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
  { name: 'aide', who: 'Nadia', show: at('/aide', 'h1') },
  { name: 'raccourcis', show: at('/raccourcis', 'h1') },
  { name: 'accessibilite', show: at('/accessibilite', 'h1') },
  { name: 'mentions-legales', show: at('/mentions-legales', 'h1') },
  { name: 'donnees-personnelles', show: at('/donnees-personnelles', 'h1') },
];

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
      await page.locator('.answer-buttons').waitFor();
    },
  },
  { name: 'no right', who: 'Nadia', show: at('/anciens-eleves', '.state') },
  {
    name: 'no such case',
    who: 'Nadia',
    show: at(`/dossiers/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, '.state'),
  },
  { name: 'empty view', who: 'Nadia', show: at('/liste?vue=unreachable', '.state') },
  { name: 'empty by filters', who: 'Nadia', show: at('/liste?contact=refuses', '.state') },
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
  { name: 'somebody at the desk', who: 'Nadia', show: at('/accueil', 'form.act-form') },
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
