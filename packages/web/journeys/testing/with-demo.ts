import type { Browser } from 'playwright-core';
import { close, launch } from './browser.ts';
import { serveDemos } from './served-demo.ts';
import { unpackBrowser } from './unpack-browser.ts';

/** A browser and the address of a demonstration, for as long as `work` lasts. */
export async function withDemo(work: (browser: Browser, address: string) => Promise<void>): Promise<void> {
  const { demos, stop } = await serveDemos(1);
  const browser = await launch(await unpackBrowser());
  try {
    await work(browser, demos[0]?.address ?? '');
  } finally {
    await close(browser);
    await stop();
  }
}
