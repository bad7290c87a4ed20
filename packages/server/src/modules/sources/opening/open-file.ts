import { readFileSync } from 'node:fs';
import { gunzip } from '../../../platform/zip/gunzip.ts';
import { DEFAULT_UNPACKING_LIMITS, type UnpackingLimits } from '../../../platform/zip/unpacking-limits.ts';
import { listZipEntries, verifyZipEntries, type ZipEntry } from '../../../platform/zip/zip-archive.ts';
import { FileRejection } from '../reader.ts';
import { lookAtFile, readChunks, SMALL_FILE_BYTES } from './file-chunks.ts';
import { looksLikeGzip, looksLikeZip, WORKBOOK_ENTRY } from './signatures.ts';
import { rejectingArchiveErrors, toFileRejection } from './to-file-rejection.ts';

export type Container = 'plain' | 'gzip' | 'zip';

/** One file to be read: bare, or taken out of what it came in. */
export interface LogicalFile {
  /** As delivered; a file of a ZIP archive is `archive.zip/inner.xml`. */
  readonly name: string;
  /** What it was taken out of. A workbook (XLSX) is `plain`. */
  readonly container: Container;
  /** Bytes from the start, unpacked, at each call. Throws FileRejection while it is read. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** What tells the containers. */
const SIGNATURE_BYTES = 8;

/**
 * The logical files inside the file at `path`, told by its bytes and never by its name. `name` is how it is reported
 * (its path relative to the delivery). Archives inside archives are not opened: they come back as they are.
 * A ZIP archive is unpacked once here, to be refused as a whole, unless `trusts` knows the files that it holds.
 * Throws FileRejection: fichier_vide, fichier_illisible, fichier_chiffre, fichier_tronque, archive_demesuree, archive_chemin_interdit.
 */
export async function openFile(
  path: string,
  name: string = path,
  limits: UnpackingLimits = DEFAULT_UNPACKING_LIMITS,
  trusts: (names: readonly string[]) => boolean = () => false,
): Promise<LogicalFile[]> {
  const { size, head } = look(path);
  const plain = plainBytes(path, size);
  if (looksLikeGzip(head)) {
    return [{ name, container: 'gzip', bytes: () => rejectingArchiveErrors(gunzip(plain(), size, limits)) }];
  }
  if (!looksLikeZip(head)) return [{ name, container: 'plain', bytes: plain }];
  const entries = await openZip(path, name, { size, limits, trusts });
  if (entries === 'workbook') return [{ name, container: 'plain', bytes: plain }];
  return entries.map((entry) => ({
    name: nameInside(name, entry),
    container: 'zip',
    bytes: () => rejectingArchiveErrors(entry.bytes()),
  }));
}

function look(path: string): { size: number; head: Buffer } {
  try {
    const seen = lookAtFile(path, SIGNATURE_BYTES);
    if (seen === undefined) throw new FileRejection('fichier_illisible');
    if (seen.size === 0) throw new FileRejection('fichier_vide');
    return seen;
  } catch (cause) {
    throw cause instanceof FileRejection
      ? cause
      : new FileRejection('fichier_illisible', undefined, { cause });
  }
}

/** The bytes of the small file that was read last, and whose they are. */
let kept: { readonly owner: object; readonly whole: Buffer } | undefined;

/**
 * A small file is read a few times in a row (encoding, recognition, rows): it is kept until another one is read. Not a
 * weak reference: those of thousands of files would all live as long as the loop that reads them never pauses.
 */
function plainBytes(path: string, size: number): () => AsyncIterable<Uint8Array> {
  return async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      if (size > SMALL_FILE_BYTES) {
        yield* readChunks(path, size);
        return;
      }
      if (kept?.owner !== bytes) kept = { owner: bytes, whole: readFileSync(path) };
      yield kept.whole;
    } catch (cause) {
      // Thrown by the file system only: what a consumer throws does not come back into a generator.
      throw new FileRejection('fichier_illisible', undefined, { cause });
    }
  };
}

interface ZipRequest {
  readonly size: number;
  readonly limits: UnpackingLimits;
  readonly trusts: (names: readonly string[]) => boolean;
}

const nameInside = (archive: string, entry: ZipEntry): string => `${archive}/${entry.name}`;

async function openZip(
  path: string,
  name: string,
  { size, limits, trusts }: ZipRequest,
): Promise<readonly ZipEntry[] | 'workbook'> {
  try {
    const entries = await listZipEntries(path, size, limits);
    if (entries.length === 0) throw new FileRejection('fichier_vide');
    const workbook = entries.some((entry) => entry.name === WORKBOOK_ENTRY);
    const names = workbook ? [name] : entries.map((entry) => nameInside(name, entry));
    if (!trusts(names)) await verifyZipEntries(entries, size, limits);
    return workbook ? 'workbook' : entries;
  } catch (cause) {
    throw toFileRejection(cause);
  }
}
