import { createHash } from 'node:crypto';
import { linkSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashAhead, hashFile, WrittenHashes } from './hash-file.ts';
import { describeOutputs } from './manifest.ts';

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

describe('WrittenHashes', () => {
  const [one, two] = [Buffer.from('one'), Buffer.from('two')];

  it('spares the seal to read a file again, and nobody else', async () => {
    const written = new WrittenHashes();
    const path = write('page', one);
    written.note(path, one);
    write('other', two);
    replaceUnseen(path, two);
    const sealed = await describeOutputs(folder, new Map(), written);
    expect(sealed.map(({ sha256 }) => sha256)).toEqual([sha256(two), sha256(one)]);
    expect(await hashFile(path)).toBe(sha256(two));
  });

  it('knows a file under a second name, and none that was written into or is gone', () => {
    const written = new WrittenHashes();
    const [path, gone] = [write('page', one), write('gone', two)];
    written.note(path, one);
    written.note(gone, two);
    linkSync(path, join(folder, 'second'));
    rmSync(gone);
    expect(written.find(join(folder, 'second'))).toBe(sha256(one));
    expect(written.find(gone)).toBeUndefined();
    writeFileSync(path, 'three');
    expect(written.find(path)).toBeUndefined();
  });
});
