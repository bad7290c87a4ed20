import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeVersion } from '../../platform/files/code-version.ts';
import { COMMUNES_FILE } from './referential.ts';

const require = createRequire(import.meta.url);
const SERVER = join(import.meta.dirname, '..', '..');
const CONTRACT = dirname(require.resolve('@raccroche/contract'));

/** Program text that decides what is read of a file: this module, what it stands on, the vocabularies, the packages it names. */
const PROGRAM = [
  import.meta.dirname,
  join(SERVER, 'kernel'),
  ...['duckdb', 'files', 'text', 'xml', 'zip'].map((name) => join(SERVER, 'platform', name)),
  ...['departments', 'identifiers', 'intake-issues', 'person-vocabulary', 'source-vocabulary'].map((name) =>
    join(CONTRACT, `${name}.ts`),
  ),
  join(SERVER, '..', 'package.json'),
];

let version: string | undefined;

/**
 * SHA-256 of the program and of the referential of communes that deliveries are read with: under another one, the same file
 * may give other rows.
 */
export function readingVersion(): string {
  version ??= codeVersion([...PROGRAM, require.resolve(COMMUNES_FILE)]);
  return version;
}
