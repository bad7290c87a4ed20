import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StagedPart, StagingWriter } from './staging-writer.ts';

const SEED = 20261128;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staging-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writerIn(where: string) {
  const parts: StagedPart[] = [];
  return { parts, writer: new StagingWriter(where, 'rows', ['a', 'b'], (part) => parts.push(part)) };
}
const textOf = ({ path }: StagedPart) => readFileSync(path, 'utf8');

it('a part ends with a file, once it is large enough', async () => {
  const { parts, writer } = writerIn(folder);
  writer.write([1, 1, 0, '2'], { a: 'é', b: 'x;"y"' });
  writer.endFile(30);
  expect(parts).toEqual([]);
  writer.write([2, 1, 0, '2'], { b: '\0z' });
  writer.write([2, 2, 0, '3'], { a: '' });
  writer.endFile(30);
  writer.endFile(0);
  writer.write([3, 1, 0, '2'], { a: 'x'.repeat(2_000_000) });
  await writer.close();
  const [first, second] = parts;
  if (first === undefined || second === undefined) throw new Error('two parts were to be there');
  expect(parts.map(({ rows }) => rows)).toEqual([3, 1]);
  expect(textOf(first)).toBe('1;1;0;2;é;"x;""y"""\n2;1;0;2;;z\n2;2;0;3;;\n');
  expect(textOf(second)).toBe(`3;1;0;2;${'x'.repeat(2_000_000)};\n`);
  expect(parts.map(({ bytes }) => bytes)).toEqual(
    [first, second].map((part) => Buffer.byteLength(textOf(part))),
  );
});

it('parts grow with what has come, up to what they are to be at most', async () => {
  const { parts, writer } = writerIn(folder);
  const MEGABYTE = 1024 * 1024;
  const bytesOf = ({ bytes }: StagedPart) => Math.round(bytes / MEGABYTE);
  for (let file = 1; file <= 40; file += 1) {
    writer.write([file, 1, 0, '2'], { a: 'x'.repeat(MEGABYTE) });
    writer.endFile(7 * MEGABYTE);
  }
  await writer.close();
  // Four at least; six are a quarter of them and the sixteen before; never more than seven.
  expect(parts.map(bytesOf)).toEqual([4, 4, 4, 4, 6, 7, 7, 4]);
  expect(parts.reduce((rows, part) => rows + part.rows, 0)).toBe(40);
});

it('without a row there is no part', async () => {
  const { parts, writer } = writerIn(folder);
  writer.endFile(0);
  await writer.close();
  expect(parts).toEqual([]);
});

it('tells of a disk that is gone, at the latest when it is closed', async () => {
  const { parts, writer } = writerIn(join(folder, 'nowhere'));
  writer.write([1, 1, 0, '2'], { a: 'x' });
  writer.endFile(0);
  await expect(parts[0]?.closed).rejects.toThrow('ENOENT');
  await expect(writer.drained()).rejects.toThrow('ENOENT');
  await expect(writer.close()).rejects.toThrow('ENOENT');
});

it('every column has its place in every line, however few of them are told', async () => {
  const column = fc.nat({ max: 200 }).map((rank) => `c${rank}`);
  const row = fc.dictionary(column, fc.constantFrom('x', 'é', '', 'a;b', '"', undefined), { maxKeys: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 200 }),
      fc.array(row, { minLength: 1, maxLength: 5 }),
      async (most, rows) => {
        const columns = Array.from({ length: most + 1 }, (_, rank) => `c${rank}`);
        const parts: StagedPart[] = [];
        const writer = new StagingWriter(folder, 'rows', columns, (part) => parts.push(part));
        for (const [index, values] of rows.entries()) writer.write([7, index, 0, 'p'], values);
        await writer.close();
        const quoted = (value: string) => (/[;"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
        const lines = rows.map((values, index) =>
          ['7', String(index), '0', 'p', ...columns.map((name) => quoted(values[name] ?? ''))].join(';'),
        );
        expect(parts.map(textOf)).toEqual([`${lines.join('\n')}\n`]);
      },
    ),
    { seed: SEED, numRuns: 200 },
  );
});
