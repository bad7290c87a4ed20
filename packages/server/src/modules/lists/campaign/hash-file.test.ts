import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashAhead, hashFile } from './hash-file.ts';

/** What is hashed ahead, on a thread beside, is what `hashFile` says, and is not said of a file that is another by then. */

const LARGE_BYTES = (5 << 19) + 7;
const large = (fill: number) => Buffer.alloc(LARGE_BYTES, fill);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hash-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Other bytes under a name, which the file system says nothing of. */
function replaceUnseen(path: string, bytes: Buffer): void {
  const seconds = Math.floor(statSync(path).mtimeMs / 1000);
  writeFileSync(path, bytes);
  utimesSync(path, seconds, seconds);
}

function write(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const seconds = Math.floor(statSync(path).mtimeMs / 1000);
  utimesSync(path, seconds, seconds);
  return path;
}

describe('hashAhead', () => {
  it('hashes large files so that they are not read again', async () => {
    const path = write('large', large(1));
    await hashAhead([path]);
    replaceUnseen(path, large(2));
    expect(await hashFile(path)).toBe(sha256(large(1)));
  });

  it('leaves small files, for which a thread is too much', async () => {
    const path = write('small', Buffer.from('one'));
    await hashAhead([path]);
    replaceUnseen(path, Buffer.from('two'));
    expect(await hashFile(path)).toBe(sha256(Buffer.from('two')));
  });

  it('says nothing of a file that somebody wrote into meanwhile', async () => {
    const paths = [write('first', large(3)), write('second', large(4))];
    const hashing = hashAhead(paths);
    for (const path of paths) writeFileSync(path, large(5));
    await hashing;
    for (const path of paths) expect(await hashFile(path)).toBe(sha256(large(5)));
  });

  it('throws nothing for a file that is gone: hashFile does', async () => {
    const paths = [write('gone', large(6)), write('there', large(7))];
    const hashing = hashAhead([...paths, join(folder, 'never')]);
    rmSync(paths[0] ?? '');
    await hashing;
    await expect(hashFile(paths[0] ?? '')).rejects.toThrow('ENOENT');
    expect(await hashFile(paths[1] ?? '')).toBe(sha256(large(7)));
  });
});
