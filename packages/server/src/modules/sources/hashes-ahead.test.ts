import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HashesAhead } from './hashes-ahead.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const SIZES = [1, 700_000, 262_144, 12, 524_289];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hashes-ahead-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function files() {
  return SIZES.map((bytes, index) => {
    const content = Buffer.alloc(bytes, index + 1);
    const absolutePath = join(folder, `file-${index}`);
    writeFileSync(absolutePath, content);
    return { absolutePath, bytes, content };
  });
}

describe('hashes of deliveries', () => {
  it.each([
    ['by threads beside', 0],
    ['without them, where there is little', Number.MAX_SAFE_INTEGER],
  ])('are those of their bytes: %s', async (_how, worth) => {
    const given = files();
    const hashes = new HashesAhead(given, worth);
    for (const { absolutePath, bytes, content } of given)
      expect(await hashes.hash(absolutePath, bytes)).toBe(sha256(content));
    await hashes.close();
  });

  it('of a file that cannot be read: it alone is refused', async () => {
    const given = files();
    const gone = { absolutePath: join(folder, 'gone'), bytes: 5 };
    const hashes = new HashesAhead([gone, ...given], 0);
    await expect(hashes.hash(gone.absolutePath, gone.bytes)).rejects.toThrow('fichier_illisible');
    for (const { absolutePath, bytes, content } of given)
      expect(await hashes.hash(absolutePath, bytes)).toBe(sha256(content));
    await hashes.close();
  });

  it('of files that nobody asked for ahead, and once the threads are gone', async () => {
    const given = files();
    const hashes = new HashesAhead(given.slice(0, 2), 0);
    await hashes.close();
    for (const { absolutePath, bytes, content } of given)
      expect(await hashes.hash(absolutePath, bytes)).toBe(sha256(content));
  });
});
