#!/usr/bin/env node
// The package is TypeScript source: tsx must be there before its first import.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
