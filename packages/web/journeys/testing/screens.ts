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
  { name: 'volet', who: 'Nadia', show: openDrawer },
  { name: 'dossier', who: 'Nadia', show: openCase },
  { name: 'tentative', who: 'Nadia', show: inForm('Noter une tentative', '.act-form .choice') },
  { name: 'a-verifier', who: 'Nadia', show: at('/a-verifier', '.verify') },
  { name: 'anciens-eleves', who: 'Hugo', show: at('/anciens-eleves', 'table') },
  { name: 'signaler', who: 'Hugo', show: at('/anciens-eleves?faire=signaler', '.signal-form') },
  { name: 'reponse-etablissement', show: schoolLink(2) },
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
