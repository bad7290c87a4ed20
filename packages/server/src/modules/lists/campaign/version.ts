import { createRequire } from 'node:module';

/** Version of the product, as its package says. */
export const PRODUCT_VERSION = (
  createRequire(import.meta.url)('../../../../package.json') as { version: string }
).version;
