import { expect, test } from 'vitest';
import { browserForFile, overflows, PHONE, signIn } from './testing/browser.ts';

const { open } = browserForFile();

test('in the street: finds somebody, calls, records what came of it', async () => {
  const page = await open({ size: PHONE });
  await signIn(page, 'Marc');
  const bar = page.getByRole('navigation', { name: 'Navigation principale' });
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(PHONE.height);
  await bar.getByRole('link', { name: 'La liste' }).tap();
  const [name = ''] = ((await page.locator('.case-card-name a').nth(2).textContent()) ?? '').split(' ');
  await page.getByLabel('Chercher un nom').fill(name.slice(0, 4));
  await page.locator('.case-card-name a').first().tap();
  const drawer = page.getByRole('dialog', { name: 'Dossier' });
  await drawer.getByRole('heading', { level: 1 }).waitFor();
  const call = drawer.locator('a[href^="tel:"]').first();
  if ((await call.count()) > 0) expect(await call.getAttribute('href')).toMatch(/^tel:\+?\d{8,}$/);
  await drawer.getByRole('button', { name: 'Noter une tentative' }).tap();
  await drawer.getByRole('button', { name: 'Téléphone' }).tap();
  await drawer.getByRole('button', { name: 'Message laissé' }).tap();
  await page.getByText('Tentative notée.').waitFor();
  expect(await overflows(page)).toBe(false);
});
