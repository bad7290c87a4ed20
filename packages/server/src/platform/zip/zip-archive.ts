import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, validateFileName } from 'yauzl';
import { entryBytes, type OpenArchive } from './entry-bytes.ts';
import { ArchiveError, metered, type UnpackingLimits, UnpackingMeter } from './unpacking-limits.ts';

/** A file of a ZIP archive. */
export interface ZipEntry {
  /** Path inside the archive, with `/`, checked: it stays inside. */
  readonly name: string;
  /** Opens the file at each call; throws ArchiveError while it is read. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** More entries than any delivery has; their list alone would take the memory. */
const MAX_ENTRIES = 100_000;

/** Entries of the archive at `source` (a path, or the bytes of the archive), without directories and macOS's shadow files. */
export async function listZipEntries(
  source: string | Buffer,
  packedBytes: number,
  limits: UnpackingLimits,
): Promise<ZipEntry[]> {
  // Names are decoded here and not by yauzl, to tell an unsafe one from a damaged archive.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;
  const open: OpenArchive = () =>
    typeof source === 'string' ? openPromise(source, options) : fromBufferPromise(source, options);
  const meter = (): UnpackingMeter => new UnpackingMeter(packedBytes, limits);
  const entries: ZipEntry[] = [];
  const zip = await refusing(open());
  try {
    let index = 0;
    for await (const entry of zip.eachEntry()) {
      const name = safeName(entry);
      if (entry.isEncrypted()) throw new ArchiveError('encrypted');
      if (!entry.canDecodeFileData()) throw new ArchiveError('damaged');
      if (++index > MAX_ENTRIES) throw new ArchiveError('oversized');
      if (name.endsWith('/') || isShadow(name)) continue;
      entries.push({ name, bytes: () => metered(entryBytes(open, entry), meter()) });
    }
  } catch (cause) {
    throw cause instanceof ArchiveError ? cause : new ArchiveError('damaged', { cause });
  } finally {
    zip.close();
  }
  return entries;
}

/**
 * Reads every entry to its end, one after the other, against one meter: the archive is refused as a whole before any of
 * its rows is used, whatever the order in which its files are read later.
 */
export async function verifyZipEntries(
  entries: readonly ZipEntry[],
  packedBytes: number,
  limits: UnpackingLimits,
): Promise<void> {
  const meter = new UnpackingMeter(packedBytes, limits);
  for (const entry of entries) for await (const chunk of entry.bytes()) meter.add(chunk.length);
}

async function refusing(opening: ReturnType<OpenArchive>): ReturnType<OpenArchive> {
  try {
    return await opening;
  } catch (cause) {
    throw new ArchiveError('damaged', { cause });
  }
}

function safeName(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  if (validateFileName(name) !== null || name.includes('\0')) throw new ArchiveError('unsafe-path');
  return name;
}

function isShadow(name: string): boolean {
  return name.startsWith('__MACOSX/') || name.endsWith('/.DS_Store') || name === '.DS_Store';
}
