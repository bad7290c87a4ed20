import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ZipFile, zip } from './zip.ts';

const ENTRIES = ['premier', 'deuxième, un peu plus long'].map((text, index) => ({
  name: `dossier/${index}.txt`,
  bytes: Buffer.from(text, 'utf8'),
}));

it('writes the same archive on disk as in memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    const file = new ZipFile(join(folder, 'a.zip'));
    for (const entry of ENTRIES) file.add(entry);
    file.close();
    expect(readFileSync(join(folder, 'a.zip')).equals(zip(ENTRIES))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('holds what was put in, and says where', () => {
  const archive = zip(ENTRIES);
  const name = archive.readUInt16LE(26);
  const size = archive.readUInt32LE(18);
  const data = archive.subarray(30 + name, 30 + name + size);
  expect(inflateRawSync(data).toString('utf8')).toBe('premier');
  expect(archive.readUInt16LE(archive.length - 12)).toBe(ENTRIES.length);
});
