import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { gunzip } from '../../../platform/zip/gunzip.ts';
import { DEFAULT_UNPACKING_LIMITS, type UnpackingLimits } from '../../../platform/zip/unpacking-limits.ts';
import { listZipEntries, verifyZipEntries, type ZipEntry } from '../../../platform/zip/zip-archive.ts';
import { FileRejection } from '../reader.ts';
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

/** Large enough for few turns of the event loop, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;
/** Up to this size a file is read at one go: 5,000 small files then cost no stream each. */
const SMALL_FILE_BYTES = 1024 * 1024;

/**
 * The logical files inside the file at `path`, told by its bytes and never by its name. `name` is how it is reported
 * (its path relative to the delivery). Archives inside archives are not opened: they come back as they are.
 * A ZIP archive is unpacked once here, to be refused as a whole.
 * Throws FileRejection: fichier_vide, fichier_illisible, fichier_chiffre, fichier_tronque, archive_demesuree, archive_chemin_interdit.
 */
export async function openFile(
  path: string,
  name: string = path,
  limits: UnpackingLimits = DEFAULT_UNPACKING_LIMITS,
): Promise<LogicalFile[]> {
  const { size, head } = await look(path);
  const plain = plainBytes(path, size);
  if (looksLikeGzip(head)) {
    return [{ name, container: 'gzip', bytes: () => rejectingArchiveErrors(gunzip(plain(), size, limits)) }];
  }
  if (!looksLikeZip(head)) return [{ name, container: 'plain', bytes: plain }];
  const entries = await openZip(path, size, limits);
  if (entries === 'workbook') return [{ name, container: 'plain', bytes: plain }];
  return entries.map((entry) => ({
    name: `${name}/${entry.name}`,
    container: 'zip',
    bytes: () => rejectingArchiveErrors(entry.bytes()),
  }));
}

async function look(path: string): Promise<{ size: number; head: Buffer }> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new FileRejection('fichier_illisible');
    if (facts.size === 0) throw new FileRejection('fichier_vide');
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
      return { size: facts.size, head: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof FileRejection
      ? cause
      : new FileRejection('fichier_illisible', undefined, { cause });
  }
}

/**
 * A small file is read a few times in a row (encoding, recognition, rows): it is kept for as long as nothing else wants
 * the memory, and read again otherwise.
 */
function plainBytes(path: string, size: number): () => AsyncIterable<Uint8Array> {
  let kept: WeakRef<Buffer> | undefined;
  return async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      if (size > SMALL_FILE_BYTES) {
        yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
        return;
      }
      const whole = kept?.deref() ?? (await readFile(path));
      kept = new WeakRef(whole);
      yield whole;
    } catch (cause) {
      // Thrown by the file system only: what a consumer throws does not come back into a generator.
      throw new FileRejection('fichier_illisible', undefined, { cause });
    }
  };
}

async function openZip(
  path: string,
  size: number,
  limits: UnpackingLimits,
): Promise<readonly ZipEntry[] | 'workbook'> {
  try {
    const entries = await listZipEntries(path, size, limits);
    if (entries.length === 0) throw new FileRejection('fichier_vide');
    await verifyZipEntries(entries, size, limits);
    return entries.some((entry) => entry.name === WORKBOOK_ENTRY) ? 'workbook' : entries;
  } catch (cause) {
    throw toFileRejection(cause);
  }
}
