import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openGenerations } from './generations.ts';
import { LockHeldError, takeLock } from './lock-file.ts';
import { openTextFile, replaceTextFile } from './text-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('text files', () => {
  test('hold what was written, in order, whatever its length', () => {
    const path = join(folder, 'deep', 'a.txt');
    const file = openTextFile(path);
    const pieces = ['é'.repeat(70_000), 'b', '', 'c'.repeat(200_000), '€'];
    for (const piece of pieces) file.write(piece);
    file.close();
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(pieces.join(''));
  });

  test('hold any text as UTF-8, also while another is written', () => {
    const unit = fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00', '\n', '\0');
    const text = fc.tuple(fc.string({ unit, maxLength: 6 }), fc.integer({ min: 0, max: 30_000 }));
    const path = (name: string) => join(folder, name);
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
        const pieces = texts.map(([one, times]) => one.repeat(times));
        const [file, other] = [openTextFile(path('a')), openTextFile(path('b'))];
        for (const piece of pieces) {
          file.write(piece);
          other.write('b'.repeat(piece.length));
        }
        file.close();
        other.close();
        const length = pieces.join('').length;
        expect(readFileSync(path('b'), 'latin1') === 'b'.repeat(length)).toBe(true);
        expect(readFileSync(path('a')).equals(Buffer.from(pieces.join(''), 'utf8'))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('keep a character whose halves come in two pieces, where a write to the disk falls between them', () => {
    const path = join(folder, 'a');
    const file = openTextFile(path);
    const before = 'a'.repeat((1 << 16) - 1);
    for (const piece of [before, '\ud83d', '\ude00', before, '\ud83d']) file.write(piece);
    file.close();
    expect(readFileSync(path, 'utf8') === `${before}😀${before}\ufffd`).toBe(true);
  });

  test('are replaced whole, with their mode', () => {
    const path = join(folder, 'a');
    replaceTextFile(path, 'one');
    replaceTextFile(path, 'two', 0o600);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

describe('lock', () => {
  const lock = () => join(folder, 'verrou');
  const DEAD_PID = 2 ** 22 + 1;

  test('is held once, and gone when released', () => {
    const release = takeLock(lock());
    expect(() => takeLock(lock())).toThrow(LockHeldError);
    release();
    release();
    expect(readdirSync(folder)).toEqual([]);
    takeLock(lock())();
  });

  test.each([
    ['of a dead process of this machine', { host: hostname(), pid: DEAD_PID }],
    ['of an earlier process with our id', { host: hostname(), pid: process.pid }],
  ])('%s is taken over', (_, holder) => {
    writeFileSync(lock(), JSON.stringify(holder));
    takeLock(lock())();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['of a live process', JSON.stringify({ host: hostname(), pid: process.ppid })],
    ['of another machine', JSON.stringify({ host: 'ailleurs', pid: DEAD_PID })],
    ['that cannot be read', '?'],
  ])('%s stays', (_, text) => {
    writeFileSync(lock(), text);
    expect(() => takeLock(lock())).toThrow(LockHeldError);
    expect(readFileSync(lock(), 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['verrou']);
  });
});

describe('generations', () => {
  const open = () => openGenerations(folder, 'pointer.json');
  const publish = (text: string) => {
    const generations = open();
    writeFileSync(join(generations.stage(), 'a'), text);
    generations.publish();
  };
  const current = () => readFileSync(join(open().currentFolder ?? '', 'a'), 'utf8');

  test('the last one published counts, the former is gone', () => {
    expect(open().currentFolder).toBeUndefined();
    publish('one');
    publish('two');
    expect(current()).toBe('two');
    expect(readdirSync(folder).sort()).toEqual(['generation-000002', 'pointer.json']);
  });

  test('what was staged and not published counts for nothing', () => {
    publish('one');
    writeFileSync(join(open().stage(), 'a'), 'half');
    expect(current()).toBe('one');
    expect(readdirSync(folder).sort()).toEqual(['generation-000001', 'pointer.json']);
  });

  test('killed between the folder and the pointer: the old state counts, and the next one can be published', () => {
    publish('one');
    mkdirSync(join(folder, 'generation-000002'));
    expect(current()).toBe('one');
    publish('two');
    expect(current()).toBe('two');
  });

  test.each(['{"generation":7}\n', '{"generation":0}\n', 'x', ''])('a pointer %j leads nowhere', (text) => {
    publish('one');
    writeFileSync(join(folder, 'pointer.json'), text);
    expect(open).toThrow('no whole generation');
    expect(existsSync(join(folder, 'generation-000001'))).toBe(true);
  });
});
