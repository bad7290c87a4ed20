import { expect, test } from 'vitest';
import { overflows, PHONE, signIn } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

test('in the street: finds somebody, calls, records what came of it', async () => {
  const page = await open({ size: PHONE });
  await signIn(page, 'Marc');
  const bar = page.getByRole('navigation', { name: 'Navigation principale' });
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(PHONE.height);
  await bar.getByRole('link', { name: 'La liste' }).tap();
  await page.locator('.case-card-name a').nth(2).tap();
  const drawer = page.getByRole('dialog', { name: 'Dossier' });
  await drawer.getByRole('heading', { level: 1 }).waitFor();
  const call = drawer.locator('a[href^="tel:"]').first();
  if ((await call.count()) > 0) expect(await call.getAttribute('href')).toMatch(/^tel:\+?\d{8,}$/);
  await drawer.getByRole('button', { name: 'Noter une tentative' }).tap();
  await drawer.getByRole('button', { name: 'Téléphone' }).tap();
  await drawer.getByRole('button', { name: 'Message laissé' }).tap();
  await page.getByText('Tentative notée.').waitFor();
  await drawer.getByRole('button', { name: 'Rappeler demain' }).tap();
  await page.getByText(/^Rappel prévu .+\.$/).waitFor();
  await drawer.getByText('Rappeler', { exact: false }).first().waitFor();
  expect(await overflows(page)).toBe(false);
});
