import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launch, type OpenedPage, openPage, type PageOptions } from './browser.ts';

/**
 * A browser for the tests of a file, on the demonstration as on its first day: what another file did there is gone. Every page must
 * have had nothing to complain of.
 */
export function browserForFile(): { open: (options?: PageOptions) => Promise<Page> } {
  let browser: Browser;
  const opened: OpenedPage[] = [];
  beforeAll(async () => {
    const reset = await globalThis.fetch(new URL('/api/demo/reset', inject('address')), { method: 'POST' });
    expect(reset.status).toBe(200);
    browser = await launch(inject('browser'));
  });
  afterAll(async () => {
    await browser.close();
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  return {
    async open(options = {}) {
      const one = await openPage(browser, inject('address'), options);
      opened.push(one);
      return one.page;
    },
  };
}
