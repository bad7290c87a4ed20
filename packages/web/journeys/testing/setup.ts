import type { TestProject } from 'vitest/node';
import { type ServedDemo, serveDemos } from './served-demo.ts';
import { type UnpackedBrowser, unpackBrowser } from './unpack-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly demos: readonly ServedDemo[];
    readonly browser: UnpackedBrowser;
  }
}

/** One unpacked browser for all journeys, and as many demonstrations as files run at once: what one does, another does not see. */
export default async function setup({ provide, config }: TestProject): Promise<() => Promise<void>> {
  provide('browser', await unpackBrowser());
  const { demos, stop } = await serveDemos(config.maxWorkers);
  provide('demos', demos);
  return stop;
}
