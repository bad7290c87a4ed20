import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { FileBuffer, writePieces } from './whole-file.ts';

const root = mkdtempSync(join(tmpdir(), 'whole-file-'));
const path = join(root, 'file');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Of any length on either side of what is worth a write of its own. */
const piece = fc
  .tuple(fc.constantFrom(0, 1, 40, 65_535, 65_536, 200_000), fc.nat(255))
  .map(([length, byte]) => Buffer.alloc(length, byte));

test('pieces are written one after the other, whatever their lengths, and over what was there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      await writePieces(path, pieces);
      expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
    }),
  );
});

test('more pieces than the system takes at once are all written', async () => {
  const pieces = Array.from({ length: 2_500 }, (_, nth) => Buffer.alloc(65_536 + (nth % 3), nth));
  await writePieces(path, pieces);
  expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
});

test('where no file can be made, that is told', async () => {
  await expect(writePieces(join(root, 'none', 'file'), [Buffer.from('x')])).rejects.toThrow('ENOENT');
});

test('files read in the same place are each what they hold, longer or shorter than the one before', () => {
  const room = new FileBuffer();
  fc.assert(
    fc.property(piece, (bytes) => {
      writeFileSync(path, bytes);
      expect(room.read(path).equals(bytes)).toBe(true);
    }),
  );
});

test('a file that is not there, and a folder, are told', () => {
  const room = new FileBuffer();
  expect(() => room.read(join(root, 'none'))).toThrow('ENOENT');
  expect(() => room.read(root)).toThrow('EISDIR');
});
