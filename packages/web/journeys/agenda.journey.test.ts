import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { today } from '../src/client/clock.ts';
import { enterAs, overflows, PHONE, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

/** Somebody of the list with whom nothing is set. */
async function nameAt(page: Page, row: number): Promise<string> {
  await page.goto('/liste');
  const link = page.locator('.case-table tbody a, .case-card-name a').nth(row);
  return (await link.textContent()) ?? '';
}

/**
 * From this week to that of the appointment that is proposed: in seven days, or the Monday that follows, which at a weekend is one
 * week further.
 */
async function toTheWeekProposed(page: Page): Promise<void> {
  await page.keyboard.press('s');
  if ([0, 6].includes(new Date(`${today()}T12:00:00Z`).getUTCDay())) await page.keyboard.press('s');
}

async function choosePerson(page: Page, name: string): Promise<void> {
  await page.getByLabel('Avec qui ?').fill(name);
  await page.locator('.picker').getByRole('button', { name }).first().click();
}

describe('rendez-vous', () => {
  test('set from the agenda, confirmed, moved by a free hour and back, called off', async () => {
    const page = await open();
    await enterAs(page, 'Léa');
    const name = await nameAt(page, 6);
    await page.goto('/rendez-vous');
    await page.locator('.agenda-week').waitFor();
    await page.getByRole('button', { name: 'Nouveau rendez-vous' }).first().click();
    await choosePerson(page, name);
    await page.getByRole('button', { name: 'Fixer l’entretien' }).click();
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    await toTheWeekProposed(page);
    const card = page.locator('.appointment').filter({ hasText: name });
    await card.getByText('Prévu').waitFor();
    expect(new URL(page.url()).search).toMatch(/^\?semaine=\d{4}-\d{2}-\d{2}$/);
    await card.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByText('Rendez-vous confirmé.').waitFor();
    await card.getByText('Confirmé', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Déplacer' }).click();
    await page.locator('.slots button').nth(1).click();
    await page.getByRole('button', { name: 'Déplacer l’entretien' }).click();
    await page.getByText(/^Entretien déplacé au .+\.$/).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText(/^Annulé : entretien déplacé/).waitFor();
    await card.getByText('Confirmé', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    // Closing the case says that it calls the appointment off; taken back, it is there again.
    await card.getByRole('link').first().click();
    const drawer = page.getByRole('dialog', { name: 'Dossier' });
    await drawer.getByText('Autres actes').click();
    await drawer.getByRole('button', { name: 'Clore', exact: true }).click();
    await drawer.getByText(/sera annulé et son heure libérée/).waitFor();
    await drawer.getByRole('button', { name: 'Clore le dossier' }).click();
    await page.getByText('Dossier clos : en formation.', { exact: true }).waitFor();
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.getByText(/^Annulé : dossier clos/).waitFor();
    await page.keyboard.press('Escape');
    await card.getByText('Confirmé', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Annuler' }).click();
    await page.getByText('Rendez-vous annulé.').waitFor();
    await card.waitFor({ state: 'detached' });
  });

  test('on a phone: from a free hour, in four taps and a name', async () => {
    const page = await open({ size: PHONE });
    await enterAs(page, 'Marc');
    const name = await nameAt(page, 9);
    await page.goto('/rendez-vous');
    await page.getByRole('button', { name: 'Suivante' }).tap();
    await page.locator('.free-hours summary').first().tap();
    await page.locator('.free-hours button').first().tap();
    await choosePerson(page, name);
    await page.getByRole('button', { name: 'Fixer l’entretien' }).tap();
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    await page.locator('.appointment').filter({ hasText: name }).waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  });

  test('by the keyboard alone; hours that one sets decide what is free', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    const name = await nameAt(page, 12);
    await page.goto('/rendez-vous');
    await page.locator('.agenda-week').waitFor();
    await page.getByText('Mes heures et mon lieu').press('Enter');
    await page.getByLabel('Lundi, matin', { exact: true }).press('Space');
    await page.getByRole('button', { name: 'Enregistrer mes heures' }).press('Enter');
    await page.getByText('Vos heures sont enregistrées.').waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await toTheWeekProposed(page);
    await page.keyboard.press('n');
    await page.keyboard.type(name);
    await page.locator('.picker').getByRole('button', { name }).first().press('Enter');
    await page.getByRole('button', { name: 'Fixer l’entretien' }).press('Enter');
    await page.getByText(/^Entretien fixé .+\.$/).waitFor();
    await page.locator('.appointment').filter({ hasText: name }).waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Dossier' }).getByRole('heading', { level: 1 }).waitFor();
  });
});
