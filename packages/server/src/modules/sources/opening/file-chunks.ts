import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Large enough for few turns of the event loop, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;
/** Chunks between two turns of the event loop, where what runs beside is looked at. */
const CHUNKS_A_TURN = 16;
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

/**
 * Gives the bytes of the file at `path`, of `size` bytes, to `take`, all in one buffer: what is kept of a chunk must be copied.
 * A stream would make a buffer and a promise of each chunk, which costs as much as hashing it. Throws what the file system throws.
 */
export async function takeChunks(path: string, size: number, take: (chunk: Buffer) => void): Promise<void> {
  if (size <= SMALL_FILE_BYTES) {
    take(readFileSync(path));
    return;
  }
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let chunks = 1; ; chunks += 1) {
      const read = readSync(file, buffer, 0, CHUNK_BYTES, null);
      if (read === 0) return;
      take(buffer.subarray(0, read));
      if (chunks % CHUNKS_A_TURN === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}
