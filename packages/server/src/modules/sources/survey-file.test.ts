import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL_FILE_BYTES } from './opening/file-chunks.ts';
import { hashDelivered, surveyFile } from './survey-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-survey-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const LINE = 'Zoé;ESSAI\n';
const lines = (bytes: number): Buffer => Buffer.alloc(bytes, LINE);

describe('one pass over the bytes of a file', () => {
  it.each([
    ['small', lines(SMALL_FILE_BYTES)],
    ['a byte too large to be read at one go', lines(SMALL_FILE_BYTES + 1)],
    ['of many chunks, whose letters they cut', lines(5_000_000)],
  ])('%s: its hash, its size and its lines', async (name, content) => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const lineFeeds = content.filter((byte) => byte === 0x0a).length;
    const survey = await surveyFile(path);
    expect(survey).toMatchObject({ sha256, bytes: content.length, text: { lineFeeds } });
    expect(await hashDelivered(path, content.length)).toBe(sha256);
  });

  it('says of a folder and of what is not there that they cannot be read', async () => {
    await expect(surveyFile(folder)).rejects.toMatchObject({ code: 'fichier_illisible' });
    await expect(hashDelivered(join(folder, 'nowhere'), 1)).rejects.toMatchObject({
      code: 'fichier_illisible',
    });
  });
});
