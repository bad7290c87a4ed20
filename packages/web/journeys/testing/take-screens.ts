// Takes docs/screens anew: every screen on a desktop, on a phone and in the dark. npm run screens
// With names, those alone, and the others are left as they are: npm run screens -- ma-journee volet
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { DESKTOP, enterAs, openPage, PHONE } from './browser.ts';
import { SCREENS } from './screens.ts';
import type { Shown } from './shown.ts';
import { withDemo } from './with-demo.ts';

const FOLDER = fileURLToPath(new URL('../../../../docs/screens', import.meta.url));
const COLOURS = 64;
const WAYS = [
  { suffix: 'ordinateur', size: DESKTOP, dark: false },
  { suffix: 'telephone', size: PHONE, dark: false },
  { suffix: 'sombre', size: DESKTOP, dark: true },
] as const;

async function take(browser: Browser, address: string, shown: Shown): Promise<void> {
  for (const { suffix, size, dark } of WAYS) {
    const { page } = await openPage(browser, address, { size, dark });
    if (shown.who !== undefined) await enterAs(page, shown.who);
    await shown.show(page);
    // Where the mouse was left, nothing is lit.
    await page.mouse.move(0, 0);
    const picture = await page.screenshot();
    // Few colours are enough for flat screens, and make small files.
    const small = await sharp(picture).png({ palette: true, colours: COLOURS, effort: 10 }).toBuffer();
    writeFileSync(join(FOLDER, `${shown.name}-${suffix}.png`), small);
    await page.context().close();
  }
}

await withDemo(async (browser, address) => {
  mkdirSync(FOLDER, { recursive: true });
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !SCREENS.some((shown) => shown.name === name));
  if (unknown.length > 0) throw new Error(`no such screen: ${unknown.join(', ')}`);
  if (asked.length === 0)
    for (const old of readdirSync(FOLDER).filter((name) => name.endsWith('.png'))) rmSync(join(FOLDER, old));
  for (const shown of SCREENS)
    if (asked.length === 0 || asked.includes(shown.name)) await take(browser, address, shown);
});
