import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { codeVersion } from '../../platform/files/code-version.ts';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@raccroche/linkage'));

let version: string | undefined;

/** SHA-256 of the program that links: a model that another one estimated may compare other things. */
export function linkageVersion(): string {
  version ??= codeVersion([import.meta.dirname, PACKAGE]);
  return version;
}
