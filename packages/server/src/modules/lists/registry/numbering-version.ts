import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { codeVersion } from '../../../platform/files/code-version.ts';

const require = createRequire(import.meta.url);

let version: string | undefined;

/** SHA-256 of the program that recognises people: under another one, the same person may have other keys. */
export function numberingVersion(): string {
  version ??= codeVersion([
    import.meta.dirname,
    dirname(require.resolve('@raccroche/contract')),
    dirname(require.resolve('@raccroche/linkage')),
  ]);
  return version;
}
