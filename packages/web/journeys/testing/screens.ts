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

/** Every screen, in the order in which docs/screens shows them. */
export const SCREENS: readonly Shown[] = [
  { name: 'entrer', show: at('/', '.card') },
  { name: 'ma-journee', who: 'Nadia', show: at('/ma-journee', '.stack') },
  { name: 'la-liste', who: 'Nadia', show: at('/liste', ROW) },
  { name: 'volet', who: 'Nadia', show: openDrawer },
  { name: 'dossier', who: 'Nadia', show: openCase },
  { name: 'tentative', who: 'Nadia', show: inForm('Noter une tentative', '.act-form .choice') },
  { name: 'a-verifier', who: 'Nadia', show: at('/a-verifier', '.verify') },
  { name: 'rendez-vous', who: 'Nadia', show: showAgenda },
  { name: 'propositions', who: 'Olga', show: at('/propositions', '.received, .state') },
  { name: 'litiges', who: 'Nadia', show: at('/litiges', '.litige') },
  { name: 'reunion', who: 'Fatou', show: showMeeting },
  { name: 'anciens-eleves', who: 'Hugo', show: at('/anciens-eleves', 'table') },
  { name: 'aide', who: 'Nadia', show: at('/aide', 'h1') },
  { name: 'raccourcis', show: at('/raccourcis', 'h1') },
  { name: 'accessibilite', show: at('/accessibilite', 'h1') },
  { name: 'mentions-legales', show: at('/mentions-legales', 'h1') },
  { name: 'donnees-personnelles', show: at('/donnees-personnelles', 'h1') },
];

const problem = (status: number, code: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code, status, title: '', reference: 'r1' }),
});

/** The states that are designed: nothing there, no right, refused, waiting, cut. */
export const STATES: readonly Shown[] = [
  { name: 'no such page', who: 'Nadia', show: at('/nulle-part', '.state') },
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
  { name: 'interview to set', who: 'Nadia', show: inForm('Fixer un entretien', 'form.act-form') },
  { name: 'interview to report', who: 'Nadia', show: inForm('Noter l’entretien', 'form.act-form') },
  { name: 'closing', who: 'Nadia', show: inForm('Clore', 'form.act-form') },
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
