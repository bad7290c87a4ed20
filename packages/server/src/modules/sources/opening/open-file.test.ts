import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildZip } from '../../../platform/zip/build-zip.ts';
import { DEFAULT_UNPACKING_LIMITS } from '../../../platform/zip/unpacking-limits.ts';
import { openFile } from './open-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-opening-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of bytes) parts.push(Uint8Array.from(chunk));
  return Buffer.concat(parts).toString('latin1');
}

async function contents(path: string, limits = DEFAULT_UNPACKING_LIMITS): Promise<string[]> {
  const files = await openFile(path, 'lot/remis', limits);
  return Promise.all(
    files.map(async (file) => `${file.container} ${file.name} ${await whole(file.bytes())}`),
  );
}

const TEN_MB = Buffer.alloc(10_000_001);
/** Too large to be unpacked at one go. */
const LARGE = Buffer.alloc(5_000_000);

describe('opening what was delivered', () => {
  it('takes files out of what they come in, by their bytes and not their name', async () => {
    expect(await contents(write('a.zip', 'a;b'))).toEqual(['plain lot/remis a;b']);
    expect(await contents(write('b.csv', gzipSync('a;b')))).toEqual(['gzip lot/remis a;b']);
    const zip = buildZip([
      { name: 'dossier/', data: '' },
      { name: 'dossier/x.xml', data: '<x/>' },
      { name: '__MACOSX/dossier/._x.xml', data: 'shadow' },
      { name: 'y.csv', data: 'é' },
    ]);
    const wanted = ['zip lot/remis/dossier/x.xml <x/>', 'zip lot/remis/y.csv Ã©'];
    expect(await contents(write('c.xml', zip))).toEqual(wanted);
  });

  it('gives the bytes again at each call, small or large, read to the end or not', async () => {
    const large = Buffer.alloc(5_000_000, 'x');
    for (const content of [
      Buffer.from('small'),
      large,
      gzipSync(large),
      buildZip([{ name: 'x', data: 'small' }]),
      buildZip([{ name: 'x', data: large }]),
    ]) {
      const [file] = await openFile(write('again', content));
      if (!file) throw new Error('no file');
      for await (const chunk of file.bytes()) if (chunk.length > 0) break;
      const first = await whole(file.bytes());
      expect(first.length).toBeGreaterThan(0);
      expect(await whole(file.bytes())).toBe(first);
    }
  });

  it('does not open an archive inside an archive, and keeps a workbook whole', async () => {
    const inner = buildZip([{ name: 'x.csv', data: 'a;b' }]);
    const [nested] = await openFile(
      write('nested.zip', buildZip([{ name: 'inner.zip', data: inner }])),
      'n.zip',
    );
    expect(nested?.name).toBe('n.zip/inner.zip');
    const workbook = buildZip([{ name: 'xl/workbook.xml', data: '<workbook/>' }]);
    const files = await openFile(write('book.xlsx', workbook), 'book.xlsx');
    expect(files.map(({ name, container }) => ({ name, container }))).toEqual([
      { name: 'book.xlsx', container: 'plain' },
    ]);
  });

  const honest = buildZip([{ name: 'x.csv', data: 'a;b\n'.repeat(1000) }]);
  const gz = gzipSync('a;b\n'.repeat(100_000));
  const bad = Buffer.from(honest);
  bad.writeUInt8((bad[60] ?? 0) ^ 0xff, 60);
  const refused: [string, string, Uint8Array | string][] = [
    ['an empty file', 'fichier_vide', ''],
    ['an archive without files', 'fichier_vide', buildZip([{ name: 'd/', data: '' }])],
    ['a path that climbs', 'archive_chemin_interdit', buildZip([{ name: '../../x', data: 'x' }])],
    ['an absolute path', 'archive_chemin_interdit', buildZip([{ name: '/etc/x', data: 'x' }])],
    [
      'a climbing path with backslashes',
      'archive_chemin_interdit',
      buildZip([{ name: 'a\\..\\..\\x', data: 'x' }]),
    ],
    ['an encrypted entry', 'fichier_chiffre', buildZip([{ name: 'x', data: 'x', encrypted: true }])],
    ['a bomb', 'archive_demesuree', buildZip([{ name: 'x', data: TEN_MB }])],
    [
      'a bomb in pieces',
      'archive_demesuree',
      buildZip(['x', 'y'].map((name) => ({ name, data: TEN_MB.subarray(1) }))),
    ],
    [
      'a bomb that declares little',
      'fichier_tronque',
      buildZip([{ name: 'x', data: TEN_MB, declaredSize: 10 }]),
    ],
    [
      'a content smaller than declared',
      'fichier_tronque',
      buildZip([{ name: 'x', data: 'x', declaredSize: 10 }]),
    ],
    [
      'a large content smaller than declared',
      'fichier_tronque',
      buildZip([{ name: 'x', data: LARGE, declaredSize: LARGE.length + 1 }]),
    ],
    [
      'a large content larger than declared',
      'fichier_tronque',
      buildZip([{ name: 'x', data: LARGE, declaredSize: LARGE.length - 1 }]),
    ],
    [
      'a large content that is not what the archive sums up',
      'fichier_tronque',
      buildZip([{ name: 'x', data: LARGE, wrongChecksum: true }]),
    ],
    ['a gzip bomb', 'archive_demesuree', gzipSync(TEN_MB)],
    ['a truncated archive', 'fichier_tronque', honest.subarray(0, honest.length - 10)],
    ['a damaged archive', 'fichier_tronque', bad],
    [
      'a content that is not what the archive sums up',
      'fichier_tronque',
      buildZip([{ name: 'x', data: 'x', wrongChecksum: true }]),
    ],
    ['a truncated gzip', 'fichier_tronque', gz.subarray(0, gz.length - 12)],
    ['a gzip with a wrong sum', 'fichier_tronque', Buffer.concat([gz.subarray(0, -8), Buffer.alloc(8)])],
  ];
  it.each(refused)('refuses %s: %s', async (_name, code, content) => {
    await expect(contents(write('refused', content))).rejects.toMatchObject({ name: 'FileRejection', code });
  });

  it('counts the real bytes of all entries against the total', async () => {
    const limits = { maxRatio: 1e9, ratioFloorBytes: 10, maxTotalBytes: 25 };
    const parts = (count: number): Buffer =>
      buildZip(Array.from({ length: count }, (_, index) => ({ name: `${index}`, data: 'ten bytes.' })));
    expect(await contents(write('two', parts(2)), limits)).toHaveLength(2);
    await expect(contents(write('three', parts(3)), limits)).rejects.toMatchObject({
      code: 'archive_demesuree',
    });
  });

  it('lets a small file pack as well as it can', async () => {
    const zip = buildZip([{ name: 'x', data: TEN_MB.subarray(1) }]);
    expect(TEN_MB.length / zip.length).toBeGreaterThan(500);
    expect(await openFile(write('packed', zip))).toHaveLength(1);
  });

  it('refuses a folder and what is not there', async () => {
    const inside = join(folder, 'folder.csv');
    mkdirSync(inside);
    await expect(openFile(inside)).rejects.toMatchObject({ code: 'fichier_illisible' });
    await expect(openFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'fichier_illisible' });
  });
});
