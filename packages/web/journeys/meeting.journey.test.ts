import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { enterAs, overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const NEXT = { timeout: 15_000 };

test('a meeting from its agenda to its minutes: interrupted, taken up again, by two, from the keyboard', async () => {
  const page = await open();
  await signIn(page, 'Fatou');
  await page.getByRole('link', { name: 'Ouvrir la réunion' }).click();
  await page.getByRole('heading', { name: 'L’ordre du jour est prêt' }).waitFor();
  await page.getByRole('button', { name: 'Commencer la réunion' }).click();
  const name = page.locator('.meeting-case h2');
  await name.waitFor();
  const decided = async (...keys: readonly string[]) => {
    const before = (await name.textContent()) ?? '';
    for (const key of keys) await page.keyboard.press(key);
    await expect.poll(() => name.textContent(), NEXT).not.toBe(before);
    return before;
  };
  const assigned = await decided('1', '1');
  await page.getByText('Dossier confié.').waitFor();
  await decided('2', '2');
  await page.getByText('Contact demandé.').waitFor();
  await decided('5');
  await page.getByText('Reporté à la prochaine réunion.').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Décision annulée.').waitFor();
  await page.getByText('2 décisions prises').waitFor();

  // What is written has the warnings of a note.
  await page.getByLabel(/En une phrase/).fill('À revoir avec le juge');
  await page.getByText('Cette phrase semble parler de : justice.', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: 'Noter cette décision' }).isDisabled()).toBe(true);
  await page.getByLabel(/En une phrase/).fill('Le rappeler après les vacances');
  await page.getByRole('button', { name: 'Noter cette décision' }).click();
  await page.getByText('3 décisions prises').waitFor();

  // Interrupted: a case is opened, and the meeting goes on where it was.
  await page.getByRole('link', { name: 'Ouvrir le dossier' }).click();
  await page.locator('.case-page h1').waitFor();
  await page.goto('/reunion');
  await page.getByText('3 décisions prises').waitFor();

  // The other one at the table sees what was decided, and decides.
  const other = await open();
  await enterAs(other, 'Fatou');
  await other.goto('/reunion');
  await other.getByText('3 décisions prises').waitFor();
  await other.keyboard.press('5');
  await other.getByText('4 décisions prises').waitFor();

  await page.getByRole('checkbox', { name: 'Nadia' }).check();
  await page.getByRole('button', { name: 'Finir la réunion' }).click();
  await page.getByRole('heading', { name: 'Réunions passées' }).waitFor();
  const taken = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer le compte rendu' }).click();
  const file = await taken;
  expect(file.suggestedFilename()).toMatch(/^compte-rendu-\d{4}-\d\d-\d\d\.html$/);
  const html = readFileSync(await file.path(), 'utf8');
  expect(html).toContain('Nadia');
  expect(html).toContain('Le rappeler après les vacances');
  expect(html).toContain(assigned.split(' ').at(-1));
});

test('on a phone: begun, decided, nothing sideways, nothing that axe finds', async () => {
  const page = await open({ size: PHONE });
  await enterAs(page, 'Marc');
  await page.goto('/reunion');
  const begin = page.getByRole('button', { name: 'Commencer la réunion' });
  await begin.waitFor();
  expect(await violations(page)).toEqual([]);
  await begin.tap();
  await page.locator('.meeting-case h2').waitFor();
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
  for (const [ask, field] of [
    ['Transférer', 'À quelle plateforme ?'],
    ['Clore', 'Pourquoi clore ?'],
  ] as const) {
    await page.getByRole('button', { name: ask, exact: false }).first().tap();
    await page.getByText(field).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Retour' }).tap();
  }
  await page.getByRole('button', { name: 'Reporter à la prochaine réunion' }).tap();
  await page.getByText('1 décision prise').waitFor();
  expect(await overflows(page)).toBe(false);
});

test('a caseworker has no meeting to hold', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  await page.goto('/reunion');
  await page.getByText('Vous n’avez pas accès à « Réunion mensuelle ».').waitFor();
});
