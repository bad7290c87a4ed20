import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file written piece by piece. */
export interface TextFile {
  write(text: string): void;
  /** Writes what is left and closes; further calls do nothing. */
  close(): void;
}

/** Characters gathered before a write to disk. */
const BUFFER_CHARACTERS = 1 << 16;
/** A unit of a text takes at most so many bytes. */
const MOST_BYTES = 3;

/**
 * Where texts become bytes: of all files, for each writes them to the disk at once. New memory for each write costs more than the
 * writing itself.
 */
let shared: Buffer | undefined;

/**
 * Creates (or replaces) a UTF-8 file, and the folders above it.
 * Writes are synchronous: what is written never piles up in memory, however quick its producer.
 */
export function openTextFile(path: string): TextFile {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'w');
  let pending: string[] = [];
  let length = 0;
  let closed = false;
  const flush = (isEnd: boolean) => {
    const text = pending.join('');
    const ready = isEnd ? text.length : wholeCharacters(text);
    if (ready > 0) writeWhole(descriptor, bytesOf(text.slice(0, ready)));
    pending = [text.slice(ready)];
    length = text.length - ready;
  };
  return {
    write(text) {
      pending.push(text);
      length += text.length;
      if (length >= BUFFER_CHARACTERS) flush(false);
    },
    close() {
      if (closed) return;
      closed = true;
      flush(true);
      closeSync(descriptor);
    },
  };
}

/**
 * Its units but a last one that is the first half of a character: its second half may come with the next piece, and each
 * alone would be written as U+FFFD.
 */
function wholeCharacters(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}

/** In UTF-8; good until the next call. */
function bytesOf(text: string): Buffer {
  if (text.length > 2 * BUFFER_CHARACTERS) return Buffer.from(text, 'utf8');
  shared ??= Buffer.allocUnsafeSlow(2 * BUFFER_CHARACTERS * MOST_BYTES);
  return shared.subarray(0, shared.write(text, 'utf8'));
}

/** `writeSync` may take only a part of what it is given. */
function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

/** Replaces a small file whole: after a crash it holds the old text or the new one, never a part. */
export function replaceTextFile(path: string, text: string, mode = 0o644): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text, { mode });
  syncToDisk(temporary);
  renameSync(temporary, path);
  syncToDisk(dirname(path));
}

/** Waits until a file (or the names in a folder) is on the disk, not only in its cache. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
