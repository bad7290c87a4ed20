import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launch, type OpenedPage, openPage, type PageOptions } from './browser.ts';
import type { ServedDemo } from './served-demo.ts';

/** The demonstration of this worker. */
export function ownDemo(): ServedDemo {
  const demos = inject('demos');
  // Workers are counted from 1, up to as many as there are demonstrations.
  const demo = demos[Number(process.env.VITEST_POOL_ID) - 1];
  if (demo === undefined) throw new Error(`worker ${process.env.VITEST_POOL_ID} has no demonstration`);
  return demo;
}

/**
 * A browser for the tests of a file, on the demonstration as on its first day: what another file did there is gone. Every page must
 * have had nothing to complain of.
 */
export function browserForFile(): { open: (options?: PageOptions) => Promise<Page> } {
  let browser: Browser;
  const opened: OpenedPage[] = [];
  beforeAll(async () => {
    const reset = await globalThis.fetch(new URL('/api/demo/reset', ownDemo().address), { method: 'POST' });
    expect(reset.status).toBe(200);
    browser = await launch(inject('browser'));
  });
  afterAll(async () => {
    await browser.close();
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  return {
    async open(options = {}) {
      const one = await openPage(browser, ownDemo().address, options);
      opened.push(one);
      return one.page;
    },
  };
}
