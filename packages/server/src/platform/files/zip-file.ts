import { closeSync, openSync, writeSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/**
 * A ZIP written as a stream, entry after entry. No entry bears a time (all say 1 January 1980, the first day that a ZIP can
 * tell), so the same content gives the same bytes. Up to 4 GB and 65,535 entries: nothing here comes near.
 */
export interface ZipFile {
  /** Starts an entry; the former must be closed. Names are ASCII with `/`. */
  entry(name: string): ZipEntry;
  /** A small entry, whole. One with the same text as before costs nothing: files of a kind are made of the same parts. */
  add(name: string, text: string): void;
  /** An entry that is packed already: what `firstEntryOf` found in another file. */
  carry(name: string, packed: PackedEntry): void;
  /** Writes the directory and closes. */
  close(): void;
}

export interface ZipEntry {
  /** Resolves when the text may be followed by more: await it, and memory stays flat. Bytes are not to change any more. */
  write(text: string | Buffer): Promise<void>;
  close(): Promise<void>;
}

/** An entry as it stands in a file: the bytes that it takes there, and what they are the packed form of. */
export interface PackedEntry {
  readonly packed: Buffer;
  readonly crc: number;
  readonly bytes: number;
}

const VERSION = 20;
const DEFLATED = 8;
const FIRST_DAY = 0x0021;
const SIGNATURES = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const LOCAL_HEADER_SIZE = 30;
/** Quick and close to the best: lists are mostly repeated mark-up. */
const LEVEL = 6;

interface EntryFacts {
  readonly name: string;
  readonly offset: number;
  crc: number;
  packed: number;
  bytes: number;
}

/** Where the bytes go. */
export interface ByteSink {
  /** Puts bytes at a place, which lies at most at the end of what was put. */
  put(bytes: Buffer, at: number): void;
  close(): void;
}

function fileSink(path: string): ByteSink {
  const descriptor = openSync(path, 'w');
  return {
    put(bytes, place) {
      for (let at = 0; at < bytes.length; )
        at += writeSync(descriptor, bytes, at, bytes.length - at, place + at);
    },
    close: () => closeSync(descriptor),
  };
}

/** Keeps the bytes in memory: what must leave no trace on a disk. `bytes` once it is closed. */
export function memorySink(): ByteSink & { bytes(): Buffer } {
  let kept = Buffer.alloc(1 << 16);
  let size = 0;
  return {
    put(bytes, at) {
      if (at + bytes.length > kept.length)
        kept = Buffer.concat([kept.subarray(0, size)], 2 * (at + bytes.length));
      bytes.copy(kept, at);
      size = Math.max(size, at + bytes.length);
    },
    close: () => undefined,
    bytes: () => kept.subarray(0, size),
  };
}

/** `target`: a path, or where the bytes go. */
export function openZipFile(target: string | ByteSink): ZipFile {
  const sink = typeof target === 'string' ? fileSink(target) : target;
  const entries: EntryFacts[] = [];
  let offset = 0;
  const append = (bytes: Buffer) => {
    sink.put(bytes, offset);
    offset += bytes.length;
  };
  const carry = (name: string, { packed, crc, bytes }: PackedEntry) => {
    const facts: EntryFacts = { name, offset, crc, packed: packed.length, bytes };
    entries.push(facts);
    append(Buffer.concat([localHeader(facts), packed]));
  };
  return {
    entry(name) {
      const facts: EntryFacts = { name, offset, crc: 0, packed: 0, bytes: 0 };
      entries.push(facts);
      append(localHeader(facts));
      return openEntry(facts, append, () => {
        // Sizes are known only now: the header is written again over itself.
        sink.put(localHeader(facts), facts.offset);
      });
    },
    add: (name, text) => carry(name, pack(text)),
    carry,
    close() {
      const start = offset;
      for (const facts of entries) append(centralHeader(facts));
      append(endRecord(entries.length, start, offset - start));
      sink.close();
    },
  };
}

/**
 * The first entry of a file that `openZipFile` wrote: sizes stand in its header. Throws when the file begins otherwise, or with
 * an entry of another name.
 */
export function firstEntryOf(file: Buffer, name: string): PackedEntry {
  const start = LOCAL_HEADER_SIZE + name.length;
  if (
    file.length < start ||
    file.readUInt32LE(0) !== SIGNATURES.local ||
    file.toString('latin1', LOCAL_HEADER_SIZE, start) !== name
  )
    throw new Error(`the file does not begin with ${name}`);
  const size = file.readUInt32LE(18);
  return {
    crc: file.readUInt32LE(14),
    packed: file.subarray(start, start + size),
    bytes: file.readUInt32LE(22),
  };
}

/** Texts packed lately, the oldest first. */
const packedTexts = new Map<string, PackedEntry>();
const MAX_PACKED_TEXTS = 32;

function pack(text: string): PackedEntry {
  const known = packedTexts.get(text);
  if (known !== undefined) return known;
  const content = Buffer.from(text, 'utf8');
  const packed = deflateRawSync(content, { level: LEVEL, strategy: constants.Z_DEFAULT_STRATEGY });
  const made = { packed, crc: crc32(content), bytes: content.length };
  const [oldest] = packedTexts.keys();
  if (oldest !== undefined && packedTexts.size >= MAX_PACKED_TEXTS) packedTexts.delete(oldest);
  packedTexts.set(text, made);
  return made;
}

function openEntry(facts: EntryFacts, append: (bytes: Buffer) => void, onClosed: () => void): ZipEntry {
  const deflate = createDeflateRaw({ level: LEVEL, strategy: constants.Z_DEFAULT_STRATEGY });
  deflate.on('data', (chunk: Buffer) => {
    facts.packed += chunk.length;
    append(chunk);
  });
  let packing = Promise.resolve();
  return {
    // What is written is packed on another thread: the next text is made meanwhile, and no more than one waits.
    async write(text) {
      const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
      await packing;
      facts.crc = crc32(bytes, facts.crc);
      facts.bytes += bytes.length;
      packing = new Promise((resolve, reject) => {
        deflate.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      // Whoever writes next, or closes, is told of it.
      packing.catch(() => undefined);
    },
    async close() {
      await packing;
      deflate.end();
      await finished(deflate);
      onClosed();
    },
  };
}

/** The fields that both headers of an entry share, from the version to the length of the name. */
function writeCommon(header: Buffer, at: number, { crc, packed, bytes, name }: EntryFacts): void {
  header.writeUInt16LE(VERSION, at);
  header.writeUInt16LE(DEFLATED, at + 4);
  header.writeUInt16LE(FIRST_DAY, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(packed, at + 14);
  header.writeUInt32LE(bytes, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function localHeader(facts: EntryFacts): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER_SIZE);
  header.writeUInt32LE(SIGNATURES.local, 0);
  writeCommon(header, 4, facts);
  return Buffer.concat([header, Buffer.from(facts.name, 'ascii')]);
}

function centralHeader(facts: EntryFacts): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(SIGNATURES.central, 0);
  header.writeUInt16LE(VERSION, 4);
  writeCommon(header, 6, facts);
  header.writeUInt32LE(facts.offset, 42);
  return Buffer.concat([header, Buffer.from(facts.name, 'ascii')]);
}

function endRecord(entries: number, start: number, bytes: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(SIGNATURES.end, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(start, 16);
  return record;
}
