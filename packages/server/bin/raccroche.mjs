#!/usr/bin/env node
// The packages are consumed as TypeScript source: tsx must be there before the first import of one of them.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/app/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
