import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeVersion } from '../../platform/files/code-version.ts';

const SERVER = join(import.meta.dirname, '..', '..');
const CONTRACT = dirname(createRequire(import.meta.url).resolve('@raccroche/contract'));

let version: string | undefined;

/** SHA-256 of the program that judges, with its rules and vocabularies: under another one, the same person may be judged otherwise. */
export function eligibilityVersion(): string {
  version ??= codeVersion([
    import.meta.dirname,
    join(SERVER, 'kernel'),
    join(SERVER, 'platform', 'duckdb'),
    CONTRACT,
  ]);
  return version;
}
