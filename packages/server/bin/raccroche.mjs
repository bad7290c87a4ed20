#!/usr/bin/env -S node --max-semi-space-size=64
// The flag is for campaigns (src/platform/terminal/node-flags.ts): started by `node` and this path alone, they are slower, and the same.
// The packages are consumed as TypeScript source: tsx must be there before the first import of one of them.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/app/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
