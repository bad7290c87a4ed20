import { describe, expect, test } from 'vitest';
import { enterAs, signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

describe('a caseworker', () => {
  test('opens the list, a drawer, records an attempt in three presses, takes it back', async () => {
    const page = await open();
    await signIn(page, 'Nadia');
    await page.getByRole('link', { name: 'La liste' }).first().click();
    await page.getByRole('row').nth(1).getByRole('link').click();
    const drawer = page.getByRole('dialog', { name: 'Dossier' });
    await drawer.getByRole('button', { name: 'Noter une tentative' }).click();
    await drawer.getByRole('button', { name: 'Téléphone' }).click();
    await drawer.getByRole('button', { name: 'N’a pas répondu' }).click();
    await page.getByText('Tentative notée.').waitFor();
    await drawer.getByText('A été appelé, sans réponse').first().waitFor();
    await drawer.getByRole('button', { name: 'Rien de plus' }).waitFor();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.getByText('Annulé : tentative notée.').waitFor();
    await drawer.getByText('À contacter', { exact: true }).first().waitFor();
    // Both stay in the story.
    await drawer.getByText('annulé', { exact: true }).first().waitFor();
    expect(await drawer.getByText('annulé', { exact: true }).count()).toBe(1);
  });

  test('narrows the list: the address holds it, a pasted link shows the same', async () => {
    const page = await open();
    await enterAs(page, 'Thomas');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).waitFor();
    // The count above the table: of a long list, only some rows are in the page.
    const count = page.getByRole('status').filter({ hasText: 'jeune' });
    const everybody = await count.textContent();
    await page.getByText('Filtrer').click();
    await page.getByRole('combobox', { name: 'Âge', exact: true }).selectOption('Mineurs');
    await page.getByRole('button', { name: 'Âge : mineurs' }).waitFor();
    await expect.poll(() => count.textContent()).not.toBe(everybody);
    expect(new URL(page.url()).search).toBe('?age=true');
    const minors = await count.textContent();
    await page.reload();
    await page.getByRole('button', { name: 'Âge : mineurs' }).waitFor();
    await expect.poll(() => count.textContent()).toBe(minors);
    await page.getByRole('button', { name: 'Âge : mineurs' }).click();
    await expect.poll(() => count.textContent()).toBe(everybody);
  });

  test('finds somebody by a name turned round and mis-spelt; a name never stands in the address', async () => {
    const page = await open();
    await enterAs(page, 'Nadia');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).waitFor();
    const name = (await page.getByRole('row').nth(3).getByRole('link').textContent()) ?? '';
    const turned = name.toLowerCase().split(' ').reverse().join(' ');
    await page.keyboard.press('/');
    await page.keyboard.type(turned);
    await page.getByRole('search').getByRole('link', { name }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.case-page h1').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/dossiers\/[0-9a-f-]{36}$/);
    await page.getByRole('searchbox').fill('zzzzzz');
    await page.getByText('Personne de ce nom parmi ceux que vous pouvez voir.').waitFor();
  });

  test('reads what is not theirs as if it did not exist', async () => {
    const page = await open();
    await enterAs(page, 'Léa');
    await page.goto('/liste');
    await page.getByRole('row').nth(1).getByRole('link').click();
    const caseId = new URL(page.url()).searchParams.get('dossier') ?? '';
    const other = await open();
    await enterAs(other, 'Nadia');
    await other.goto(`/dossiers/${caseId}`);
    await other.getByText('Ce dossier n’existe pas, ou vous n’y avez pas accès.').waitFor();
  });
});

describe('two colleagues on one case', () => {
  test('the second sees both versions and chooses', async () => {
    const first = await open();
    await enterAs(first, 'Nadia');
    await first.goto('/liste');
    await first.getByRole('row').nth(4).getByRole('link').click();
    const address = `/dossiers/${new URL(first.url()).searchParams.get('dossier') ?? ''}`;
    const second = await open();
    await enterAs(second, 'Thomas');
    await second.goto(address);
    await second.getByRole('button', { name: 'Noter une tentative' }).click();
    await second.getByRole('button', { name: 'SMS' }).click();
    await first.goto(address);
    await first.locator('.case-page h1').waitFor();
    await first.keyboard.press('t');
    await first.keyboard.press('1');
    await first.keyboard.press('2');
    await first.getByText('Tentative notée.').waitFor();
    await second.getByRole('button', { name: 'Message laissé' }).click();
    const conflict = second.getByRole('alert');
    await conflict.getByText('Nadia a modifié ce dossier entre-temps').waitFor();
    await conflict.getByText('téléphone, n’a pas répondu').waitFor();
    await conflict.getByText('Tentative par SMS, message laissé').waitFor();
    await second.getByRole('button', { name: 'Enregistrer aussi ma saisie' }).click();
    await second.getByText('Tentative notée.').waitFor();
    await expect.poll(() => second.getByText('Tentative de contact').count()).toBe(2);
  });
});
