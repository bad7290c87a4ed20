import type { Page } from 'playwright-core';

/** A screen, or a state of one: who must be signed in, and how to bring the page there. */
export interface Shown {
  readonly name: string;
  /** Nobody when absent. */
  readonly who?: string;
  readonly show: (page: Page) => Promise<void>;
}

/** At an address, once a heading or the text of a state is there and nothing loads any more. */
export const at = (path: string, ready: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
};

export const ROW = '.case-table tbody a, .case-card-name a';

export async function openDrawer(page: Page): Promise<void> {
  await at('/liste', ROW)(page);
  await page.locator(ROW).nth(2).click();
  await page.locator('dialog h1').waitFor();
}

export async function openCase(page: Page): Promise<void> {
  await openDrawer(page);
  await page.getByRole('link', { name: 'Ouvrir le dossier entier' }).click();
  await page.locator('.case-page h1').waitFor();
}

export const inForm = (button: string, form: string) => async (page: Page) => {
  await openCase(page);
  await page.getByRole('button', { name: button }).click();
  await page.locator(form).first().waitFor();
};

export async function openPlatform(page: Page): Promise<void> {
  await at('/reseau/plateformes', 'table')(page);
  await page.getByRole('link', { name: 'Plateforme de Lens' }).click();
  await page.getByText('communes aujourd’hui').waitFor();
}

/** The page that a school opens by its link, as the server would answer for that many former pupils. */
export const schoolLink = (count: number) => async (page: Page) => {
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
