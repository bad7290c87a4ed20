import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { close, launch, type OpenedPage, openPage, type PageOptions } from './browser.ts';
import type { ServedDemo } from './served-demo.ts';

const LOOK_MS = 100;
let taken: ServedDemo | undefined;

/** The demonstration that the file of tests has taken. */
export function ownDemo(): ServedDemo {
  if (taken === undefined) throw new Error('a file takes a demonstration before its first test');
  return taken;
}

/**
 * Takes a demonstration that no other file has: there are as many as files that run at once, and a worker's number is no name for
 * one, as a worker that goes on with another file may share it with a new one.
 */
async function takeDemo(): Promise<ServedDemo> {
  for (;;) {
    for (const demo of inject('demos')) {
      try {
        mkdirSync(demo.lock);
        return demo;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    await sleep(LOOK_MS);
  }
}

/**
 * A browser for the tests of a file, on the demonstration as on its first day: what another file did there is gone. Every page must
 * have had nothing to complain of.
 */
export function browserForFile(): { open: (options?: PageOptions) => Promise<Page> } {
  let browser: Browser;
  const opened: OpenedPage[] = [];
  beforeAll(async () => {
    taken = await takeDemo();
    const reset = await globalThis.fetch(new URL('/api/demo/reset', ownDemo().address), { method: 'POST' });
    expect(reset.status).toBe(200);
    browser = await launch(inject('browser'));
  });
  afterAll(async () => {
    try {
      await close(browser);
    } finally {
      rmdirSync(ownDemo().lock);
      taken = undefined;
    }
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
