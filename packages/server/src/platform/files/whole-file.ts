import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Reads files whole, one after the other, each in the place of the one before: to be given fresh memory, page by page, costs a file
 * of some megabytes more than its bytes do.
 */
export class FileBuffer {
  #room = Buffer.alloc(0);

  /** The bytes of the file, until the next is read. Throws what `readFileSync` would. */
  read(path: string): Buffer {
    const descriptor = openSync(path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      // Half as much again: of files of about the same size not every one asks for more.
      if (size > this.#room.length) this.#room = Buffer.allocUnsafeSlow(Math.ceil(size * 1.5));
      let at = 0;
      while (at < size) {
        const length = readSync(descriptor, this.#room, at, size - at, at);
        if (length === 0) break;
        at += length;
      }
      return this.#room.subarray(0, at);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Of fewer bytes, to ask the system to write them costs more than to copy them. */
const WORTH_WRITING_BYTES = 1 << 16;

/**
 * Writes a file of these pieces, of which large ones are not copied together first, while this thread does something else: until it is written,
 * what the pieces hold must stay as it is.
 */
export async function writePieces(path: string, pieces: Iterable<Buffer>): Promise<void> {
  let left: readonly Buffer[] = [...largerPieces(pieces)];
  const file = await open(path, 'w');
  try {
    // All that is left at once: between two pieces this thread would have to be free.
    while (left.length > 0) left = behind(left, (await file.writev(left)).bytesWritten);
  } finally {
    await file.close();
  }
}

/** What follows the first `bytes` of them. */
function behind(pieces: readonly Buffer[], bytes: number): readonly Buffer[] {
  let at = bytes;
  return pieces.flatMap((piece) => {
    const left = piece.subarray(Math.min(at, piece.length));
    at -= piece.length - left.length;
    return left.length > 0 ? [left] : [];
  });
}

/** The same bytes: small pieces that follow each other as one. */
function* largerPieces(pieces: Iterable<Buffer>): Generator<Buffer> {
  let small: Buffer[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    const large = piece.length >= WORTH_WRITING_BYTES;
    if (!large) {
      small.push(piece);
      bytes += piece.length;
    }
    if (large || bytes >= WORTH_WRITING_BYTES) {
      yield Buffer.concat(small);
      [small, bytes] = [[], 0];
    }
    if (large) yield piece;
  }
  yield Buffer.concat(small);
}
