import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codeVersion } from '../../platform/files/code-version.ts';

const SERVER = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

let version: string | undefined;

/**
 * SHA-256 of the program that makes lists of persons, and of what packs the spreadsheets: under another one, the same entry may
 * have other bytes.
 */
export function listingVersion(): string {
  if (version !== undefined) return version;
  const program = codeVersion([
    import.meta.dirname,
    join(SERVER, 'kernel'),
    join(SERVER, 'platform', 'duckdb'),
    join(SERVER, 'platform', 'files'),
    dirname(require.resolve('@raccroche/contract')),
    dirname(require.resolve('@raccroche/linkage')),
  ]);
  version = createHash('sha256').update(`${program} ${process.versions.zlib}`).digest('hex');
  return version;
}
