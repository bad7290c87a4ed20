import { inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ArchiveError } from './unpacking-limits.ts';

/** Opens the archive again. */
export type OpenArchive = () => Promise<ZipFile>;

/** Up to this size, packed and unpacked, an entry is unpacked at one go: the turns of a stream would cost more than its bytes. */
const WHOLE_ENTRY_BYTES = 4 * 1024 * 1024;
const DEFLATED = 8;

interface Unpacked {
  readonly entry: Entry;
  readonly whole: Buffer;
}

/** The small entry that was read last. Held weakly: what somebody sent does not stay in a process that has done with it. */
let last: WeakRef<Unpacked> | undefined;

/**
 * Unpacked bytes of an entry. Throws ArchiveError('damaged') when they are not what the archive declares, and what yauzl and zlib
 * throw. A small entry is read a few times in a row (recognition, encoding, rows): it is at hand until another one is read.
 */
export async function* entryBytes(open: OpenArchive, entry: Entry): AsyncGenerator<Uint8Array> {
  if (Math.max(entry.compressedSize, entry.uncompressedSize) > WHOLE_ENTRY_BYTES) {
    yield* streamed(open, entry);
    return;
  }
  let unpacked = last?.deref();
  if (unpacked?.entry !== entry) {
    unpacked = { entry, whole: await unpackedWhole(open, entry) };
    last = new WeakRef(unpacked);
  }
  yield unpacked.whole;
}

async function unpackedWhole(open: OpenArchive, entry: Entry): Promise<Buffer> {
  const packed = await packedWhole(open, entry);
  const size = entry.uncompressedSize;
  // One byte more than declared, so that the end is met in one step; what goes beyond what is declared throws.
  const sizes = { chunkSize: Math.max(size + 1, 64), maxOutputLength: Math.max(size, 1) };
  const whole = entry.compressionMethod === DEFLATED ? inflateRawSync(packed, sizes) : packed;
  if (whole.length !== size || zlibCrc32(whole) !== entry.crc32) throw new ArchiveError('damaged');
  return whole;
}

async function packedWhole(open: OpenArchive, entry: Entry): Promise<Buffer> {
  const zip = await open();
  try {
    const stream = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const parts: Buffer[] = [];
    for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    zip.close();
  }
}

async function* streamed(open: OpenArchive, entry: Entry): AsyncGenerator<Uint8Array> {
  const zip = await open();
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: AsyncIterable<Uint8Array> = stream;
    let checksum = 0;
    try {
      for await (const chunk of chunks) {
        checksum = zlibCrc32(chunk, checksum);
        yield chunk;
      }
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) throw new ArchiveError('damaged');
  } finally {
    zip.close();
  }
}
