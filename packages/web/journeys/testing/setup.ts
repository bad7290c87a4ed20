import type { TestProject } from 'vitest/node';
import { serveDemo } from './served-demo.ts';
import { type UnpackedBrowser, unpackBrowser } from './unpack-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly address: string;
    readonly messages: string;
    readonly browser: UnpackedBrowser;
  }
}

/** One demonstration and one unpacked browser for all journeys. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  provide('browser', await unpackBrowser());
  const { address, messages, stop } = await serveDemo();
  provide('address', address);
  provide('messages', messages);
  return stop;
}
