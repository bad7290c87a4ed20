import { expect, test } from 'vitest';
import { enterAs } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
const NEXT = { timeout: 15_000 };

test('a series from the keyboard: each key answers and the next person comes; undo brings one back', async () => {
  const page = await open();
  await enterAs(page, 'Léa');
  await page.goto('/a-verifier');
  const name = page.locator('.verify-who h2');
  await name.waitFor();
  const seen: string[] = [];
  const answer = async (...keys: readonly string[]) => {
    const before = (await name.textContent()) ?? '';
    seen.push(before);
    for (const key of keys) await page.keyboard.press(key);
    await expect.poll(() => name.textContent(), NEXT).not.toBe(before);
  };
  const progress = page.locator('.progress strong');
  const [before = 0, total = 0] = ((await progress.textContent()) ?? '').split(' sur ').map(Number);
  expect(total).toBeGreaterThan(6);
  const deferred = async () =>
    Number(/(\d+)\sremis/.exec((await page.locator('.progress').textContent()) ?? '')?.[1] ?? 0);
  const putOff = await deferred();
  const expectDone = (more: number) =>
    expect.poll(() => progress.textContent()).toBe(`${before + more} sur ${total}`);
  await answer('1');
  await page.getByText('Vérifié : toujours sans solution.').waitFor();
  await answer('3');
  // Where, if it is known; a code that is none is told.
  await page.keyboard.press('2');
  await page.getByLabel(/Code UAI/).fill('ailleurs');
  await page.keyboard.press('Enter');
  await page.getByText('Ce code n’a pas la bonne forme.').waitFor();
  await page.getByLabel(/Code UAI/).fill('0620001a');
  await answer('Enter');
  await answer('4', 'Enter');
  await answer('5', '1');
  await answer('Space');
  await page.getByText('Remis à plus tard.').waitFor();
  expect(new Set(seen).size).toBe(6);
  // The one put off is told apart.
  await expect.poll(deferred, NEXT).toBe(putOff + 1);
  // The last answer is taken back: that person is there again.
  await page.keyboard.press('Control+z');
  await expect.poll(() => name.textContent(), NEXT).toBe(seen[5]);
  await expect.poll(deferred, NEXT).toBe(putOff);
  await answer('1');
  await expectDone(6);
});
