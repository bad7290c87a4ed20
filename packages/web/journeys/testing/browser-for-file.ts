import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launch, type OpenedPage, openPage, type PageOptions } from './browser.ts';

/** A browser for the tests of a file; every page must have had nothing to complain of. */
export function browserForFile(): { open: (options?: PageOptions) => Promise<Page> } {
  let browser: Browser;
  const opened: OpenedPage[] = [];
  beforeAll(async () => {
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
