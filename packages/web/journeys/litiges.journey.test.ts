import { expect, test } from 'vitest';
import { enterAs, overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const NEXT = { timeout: 15_000 };

test('a series from the keyboard: a second opinion, an answer, its undo, and one taken back later', async () => {
  const page = await open();
  await enterAs(page, 'Nadia');
  await page.goto('/litiges');
  const title = page.locator('.litige h2');
  await title.waitFor();
  const first = (await title.textContent()) ?? '';
  expect(first).toContain('une seule personne');
  // Differences are told by a sign and a word, what weighs by a table too.
  await page.locator('.compare-differs').first().waitFor();
  expect(await page.locator('.compare-differs .visually-hidden').first().textContent()).toContain(
    'différent',
  );
  await page.getByText('Les mêmes chiffres, en tableau').click();
  await page.getByRole('cell', { name: 'rapproche' }).first().waitFor();
  await page.getByRole('heading', { name: 'Que se passe-t-il si je réponds…' }).waitFor();
  expect(await page.locator('#effet-same').textContent()).toContain('prochaine campagne');

  await page.keyboard.press('n');
  await page.getByText('La question est posée à quelqu’un d’autre.').waitFor();
  await expect.poll(() => title.textContent(), NEXT).not.toBe(first);
  const second = await title.textContent();
  await page.keyboard.press('d');
  await expect.poll(() => title.textContent(), NEXT).not.toBe(second);
  await page.keyboard.press('Control+z');
  await expect.poll(() => title.textContent(), NEXT).toBe(second);
  await page.keyboard.press('m');
  await expect.poll(() => title.textContent(), NEXT).not.toBe(second);

  // Somebody else is asked, and told who did not know; not the same person again.
  expect(await page.getByText(first.slice(0, 12)).count()).toBeGreaterThan(0);
  const thomas = await open();
  await signIn(thomas, 'Thomas');
  await thomas.getByRole('link', { name: 'Trancher' }).click();
  const asked = thomas.locator('.litige h2');
  await asked.waitFor();
  for (let tried = 0; tried < 8 && (await asked.textContent()) !== first; tried += 1) {
    const before = await asked.textContent();
    await thomas.keyboard.press('d');
    await expect.poll(() => asked.textContent(), NEXT).not.toBe(before);
  }
  await thomas.getByText('Votre avis est demandé.').waitFor();
  await thomas.getByText('Nadia a répondu').waitFor();
  await thomas.keyboard.press('d');
  await thomas.getByText('Il n’y a rien à trancher.').waitFor();
  // Later, one's own answer is taken back from the list.
  await thomas.getByRole('button', { name: 'Reprendre ma réponse' }).first().click();
  await asked.waitFor();
});

test('on a phone: a possible death is asked with care, and answered by a press', async () => {
  const page = await open({ size: PHONE });
  await enterAs(page, 'Marc');
  await page.goto('/litiges');
  const title = page.locator('.litige h2');
  await title.waitFor();
  const isDeath = async () => ((await title.textContent()) ?? '').startsWith('Ce décès');
  for (let tried = 0; tried < 6 && !(await isDeath()); tried += 1) {
    expect(await overflows(page)).toBe(false);
    expect(await violations(page)).toEqual([]);
    const before = await title.textContent();
    await page.getByRole('button', { name: 'Deux personnes' }).tap();
    await expect.poll(() => title.textContent(), NEXT).not.toBe(before);
  }
  await page.getByText('N’appelez pas la famille').waitFor();
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel(/Pourquoi/).fill('née ailleurs');
  await page.getByRole('button', { name: 'Ce n’est pas elle' }).tap();
  await page.getByText('Noté : ce décès est celui de quelqu’un d’autre.').waitFor();
});

test('with the network cut, the answer is kept and leaves when it is back', async () => {
  const page = await open();
  await enterAs(page, 'Léa');
  await page.goto('/litiges');
  await page.locator('.litige h2').waitFor();
  await page.context().setOffline(true);
  await page.keyboard.press('d');
  await page.getByText('1 action en attente').waitFor();
  await page.context().setOffline(false);
  await page.getByText(/c’est parti/).waitFor(NEXT);
});
