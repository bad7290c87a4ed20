import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** Large enough for few turns of the event loop, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;
/** Up to this size a file is read at one go. */
export const SMALL_FILE_BYTES = 1024 * 1024;

/**
 * Size and first bytes of a file; undefined when it is none (a folder, a socket, a device). Throws what the file system throws.
 * Synchronous, as is the reading of small files: a promise of the file system costs more than the bytes of a small file,
 * and thousands of them come one after the other.
 */
export function lookAtFile(path: string, headBytes: number): { size: number; head: Buffer } | undefined {
  // Asked before it is opened: to open a pipe would wait for whoever writes to it.
  if (!statSync(path).isFile()) return undefined;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const read = readSync(file, head, 0, headBytes, 0);
    return { size: fstatSync(file).size, head: head.subarray(0, read) };
  } finally {
    closeSync(file);
  }
}

/** The bytes of the file at `path`, of `size` bytes: a small one at one go. Throws what the file system throws. */
export async function* readChunks(path: string, size: number): AsyncGenerator<Buffer> {
  if (size <= SMALL_FILE_BYTES) yield readFileSync(path);
  else yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
}
