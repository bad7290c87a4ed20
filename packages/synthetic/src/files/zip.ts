import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { crc32Of } from './crc32.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 1 January 1980, midnight: the first day a ZIP can say. One fixed date makes the bytes depend on the content alone. */
const DOS_DATE = 0x21;
const VERSION_DEFLATE = 20;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;

/** A ZIP archive of `entries`, deflated, in order. Names are paths with `/`. Source: APPNOTE.TXT 6.3.10, without ZIP64. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const archive = new Archive((bytes) => parts.push(bytes));
  for (const entry of entries) archive.add(entry);
  archive.end();
  return Buffer.concat(parts);
}

/** The same on disk, entry by entry. At most 65,535 entries and 4 GB. */
export class ZipFile {
  readonly #descriptor: number;
  readonly #archive: Archive;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w');
    this.#archive = new Archive((bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
  }

  add(entry: ZipEntry): void {
    this.#archive.add(entry);
  }

  close(): void {
    this.#archive.end();
    closeSync(this.#descriptor);
  }
}

class Archive {
  readonly #write: (bytes: Buffer) => void;
  readonly #directory: Buffer[] = [];
  #offset = 0;

  constructor(write: (bytes: Buffer) => void) {
    this.#write = write;
  }

  add({ name, bytes }: ZipEntry): void {
    const data = deflateRawSync(bytes, { level: 6 });
    const title = Buffer.from(name, 'utf8');
    const facts = describe(bytes, data, title);
    const local = Buffer.concat([signature(0x04034b50), facts, title, data]);
    this.#directory.push(centralRecord(facts, title, this.#offset));
    this.#write(local);
    this.#offset += local.length;
  }

  end(): void {
    const central = Buffer.concat(this.#directory);
    this.#write(central);
    this.#write(endRecord(this.#directory.length, central.length, this.#offset));
  }
}

/** What local and central records say alike: from "version needed" to "extra field length". */
function describe(bytes: Uint8Array, data: Buffer, title: Buffer): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION_DEFLATE, 0);
  facts.writeUInt16LE(UTF8_NAMES, 2);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(DOS_DATE, 8);
  facts.writeUInt32LE(crc32Of(bytes), 10);
  facts.writeUInt32LE(data.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(title.length, 22);
  return facts;
}

function centralRecord(facts: Buffer, title: Buffer, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(VERSION_DEFLATE, 0);
  // Comment length, disk, two attribute fields: all zero; then where the local record starts.
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([signature(0x02014b50), madeBy, facts, tail, title]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
