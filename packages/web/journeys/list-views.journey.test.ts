import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { enterAs, overflows, PHONE, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const EVERY_COLUMN = 14;

describe('the list in other ways', () => {
  test('columns are chosen, and stay in this browser', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByRole('button', { name: 'Colonnes' }).click();
    const boxes = page.getByRole('group', { name: 'Colonnes à montrer' }).getByRole('checkbox');
    expect(await boxes.count()).toBe(EVERY_COLUMN);
    for (const box of await boxes.all()) await box.check();
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Commune' }).uncheck();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Numéro SIEI' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Commune' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Colonnes' }).click();
    await page.getByRole('button', { name: 'Comme au départ' }).click();
    await page.getByRole('columnheader', { name: 'Commune' }).waitFor();
  });

  test('the table keeps still, however high the window: no row that comes in moves the others', async () => {
    const page = await open();
    await enterAs(page, 'Nadia');
    await page.goto('/liste?age=false');
    await page.getByRole('row').nth(3).waitFor();
    for (let height = 600; height <= 1000; height += 50) {
      await page.setViewportSize({ width: 1280, height });
      const places = await page.evaluate(async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const placeOfThird = () =>
          document.querySelectorAll('.case-table tbody tr[data-index]')[2]?.getBoundingClientRect().y;
        for (let settling = 0; settling < 10; settling += 1) await frame();
        const seen: unknown[] = [];
        for (let look = 0; look < 8; look += 1) {
          seen.push(placeOfThird());
          await frame();
        }
        return seen;
      });
      expect(new Set(places).size, `at ${height} pixels`).toBe(1);
    }
  });

  test('what one sees leaves in a file: said before, counted, with the people of the filter alone', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?age=true');
    await page.getByRole('row').nth(1).waitFor();
    const shown = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
    await page.getByRole('button', { name: 'Exporter' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exporter la liste' });
    await dialog.getByText(/Il vous en reste \d+ sur 20 aujourd’hui/).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('préparer la réunion').check();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: `Exporter ${shown}` }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^liste-\d{4}-\d\d-\d\d\.xlsx$/);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(readFileSync(await file.path()) as never);
    expect(workbook.getWorksheet('Liste')?.rowCount).toBe(shown + 1);
    await page.getByText(`${shown} personnes exportées.`).waitFor();
  });

  test('those selected leave alone; when the day is over, more is asked for', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: 'Actions sur la sélection' });
    await page.route('**/api/cases/export?**', async (route) => {
      const response = await route.fetch();
      const terms = (await response.json()) as object;
      await route.fulfill({ json: { ...terms, left: 0 } });
    });
    await bar.getByRole('button', { name: 'Exporter' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exporter la liste' });
    await dialog.getByText('celles que vous avez sélectionnées').waitFor();
    expect(await dialog.getByRole('button', { name: /^Exporter 1/ }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Demander à en faire plus' }).click();
    await dialog.getByText('Votre demande est partie').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('several are verified alike, and those who were already are told', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?verification=to_verify&age=false');
    for (const row of [1, 2]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: 'Actions sur la sélection' });
    await bar.getByLabel('Vérifier').selectOption({ label: 'Toujours sans solution' });
    expect(await violations(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Vérifier 2 personnes' }).click();
    await page.getByText('2 personnes vérifiées.').waitFor();
  });

  test('by stage: arrows go from card to card, Enter opens, the drawer acts', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?affichage=etapes&par=contact');
    const cards = page.locator('.board-card');
    await cards.nth(1).waitFor();
    const second = await cards.nth(1).locator('strong').textContent();
    await cards.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.board-card:focus strong').textContent()).toBe(second);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Dossier' });
    await drawer.getByRole('button', { name: 'Noter une tentative' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('by commune: on the map arrows go to a neighbour, a name opens the list of its own, and nobody is said why', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?affichage=communes');
    const map = page.getByRole('group', { name: /^Carte schématique/ });
    const places = map.getByRole('link');
    await places.first().focus();
    for (const arrow of ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(arrow);
    const label = await page.evaluate(() => document.activeElement?.querySelector('title')?.textContent);
    expect(label).toMatch(/, \d+\sjeunes?$/);
    expect(await violations(page)).toEqual([]);
    const first = page.getByRole('row').nth(1);
    const name = (await first.getByRole('link').textContent()) ?? '';
    const count = Number(await first.locator('.number').textContent());
    await first.getByRole('link').click();
    await page.getByRole('button', { name: `Commune : ${name}` }).waitFor();
    await expect
      .poll(() => page.getByRole('table').getAttribute('aria-rowcount').then(Number))
      .toBe(count + 1);
    // The same, from the map.
    await page.goto('/liste?affichage=communes');
    await map.getByRole('link', { name: `${name}, ${count}` }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Commune : ${name}` }).waitFor();
    for (const display of ['communes', 'etapes']) {
      await page.goto(`/liste?affichage=${display}&contact=refuses`);
      await page
        .getByRole('button', { name: 'Retirer le filtre « Contact : ne souhaite pas être suivi »' })
        .waitFor();
    }
  });

  test('on paper: everybody on one page, with what the paper is', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?affichage=feuille');
    const print = page.getByRole('button', { name: /^Imprimer \d/ });
    await print.waitFor();
    const everybody = Number.parseInt((await print.textContent())?.slice('Imprimer '.length) ?? '', 10);
    expect(await page.getByRole('row').count()).toBe(everybody + 1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(
      await page.getByText('Données personnelles, pour les personnes de la plateforme').isVisible(),
    ).toBe(true);
  });

  test('a view of one’s own is kept, opened again, removed', async () => {
    const page = await open();
    await enterAs(page, 'Marc');
    await page.goto('/liste?age=true&affichage=communes');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.getByLabel('Mission locale, d’après la liste').selectOption({ label: 'Inconnu' });
    await page.getByLabel('Niveau de la dernière formation').selectOption({ label: 'Niveau CAP' });
    await page.getByRole('button', { name: 'Niveau de la dernière formation : niveau CAP' }).click();
    await page.getByRole('button', { name: 'Mes vues' }).click();
    await page.getByRole('button', { name: 'Enregistrer ce que je vois' }).click();
    await page.getByLabel('Nom de la vue').fill('Mineurs par commune');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer la vue' }).click();
    await page.getByText('Vue « Mineurs par commune » enregistrée.').waitFor();
    await page.goto('/liste');
    await page.getByRole('button', { name: 'Mes vues' }).click();
    await page.getByRole('link', { name: 'Mineurs par commune' }).click();
    await page.getByRole('button', { name: 'Âge : mineurs' }).waitFor();
    await page.getByRole('button', { name: 'Mission locale, d’après la liste : inconnu' }).waitFor();
    expect(new URL(page.url()).search).toMatch(/affichage=communes/);
    expect(new URL(page.url()).search).not.toMatch(/niveau=/);
    await page.getByRole('button', { name: 'Retirer la vue « Mineurs par commune »' }).click();
    await page.getByText('Aucune vue enregistrée.').waitFor();
  });

  test.each(['etapes', 'communes', 'feuille'])('on a phone, %s stays within the screen', async (display) => {
    const page = await open({ size: PHONE, dark: true });
    await enterAs(page, 'Marc');
    await page.goto(`/liste?affichage=${display}`);
    await page.locator('.board-card, .communes, .sheet-table').first().waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});
