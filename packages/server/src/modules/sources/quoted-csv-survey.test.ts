import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CsvSplitter } from '../../platform/text/csv-records.ts';
import { surveyQuotedCsv } from './quoted-csv-survey.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quoted-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function survey(content: string | Buffer, delimiter = ';') {
  const path = join(folder, 'a.csv');
  writeFileSync(path, content);
  return surveyQuotedCsv(path, delimiter);
}

const MB = 1024 * 1024;

describe('a CSV with quotes', () => {
  const sound: [string, string, object][] = [
    [
      'quoted and bare fields',
      '"a";b\n"c";""\n',
      { lineFeeds: 2, endsWithLineFeed: true, blanks: { ';': 'none', ',': 'none' } },
    ],
    ['a delimiter and a doubled quote inside', '"a;b";"c""d"\n"""";x', { lineFeeds: 1 }],
    ['CRLF, and a mark', '\ufeff"a";b\r\n"c";d\r\n', { lineFeeds: 2, blanks: { ';': 'none', ',': 'none' } }],
    ['a tab inside', '"a\tb"\n', { blanks: { ';': 'odd', ',': 'odd' } }],
    ['a no-break space at an end', '"a";"b\u00a0"\n', { blanks: { ';': 'odd', ',': 'odd' } }],
    ['the apostrophe of typographers', '"l’été"\n', { blanks: { ';': 'none', ',': 'none' } }],
    ['a quoted field across chunks', `"${'é'.repeat(MB)}";"b"\n`, { lineFeeds: 1 }],
  ];
  it.each(sound)('%s', async (_case, content, expected) => {
    expect(await survey(content)).toMatchObject(expected);
  });

  const unsound: [string, string | Buffer][] = [
    ['a quote inside a bare field', 'a"b;c\n'],
    ['a blank before the quote', ' "a";b\n'],
    ['text behind the quote', '"a"b;c\n'],
    ['the other delimiter behind the quote', '"a",b\n'],
    ['a quoted line feed', '"a\nb";c\n'],
    ['a quoted carriage return', '"a\rb";c\n'],
    ['a quote that never closes', 'a;"b'],
    ['a lone carriage return', '"a"\rb\n'],
    ['a carriage return at the very end', '"a"\r'],
    ['mixed line ends', '"a"\r\nb\n'],
    ['bytes that are no UTF-8', Buffer.from('"é"\n', 'latin1')],
    ['a NUL', '"a\0"\n'],
  ];
  it.each(unsound)('is left to the careful way: %s', async (_case, content) => {
    expect(await survey(content)).toBeUndefined();
  });

  it('is sound only when our own splitter finds as many records as lines, and nothing malformed', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', '"', ';', 'a', ' ', '\n'), maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const found = await survey(body);
        let malformed = 0;
        const starts: number[] = [];
        const splitter = new CsvSplitter(';', {
          record: (_fields, line) => void starts.push(line),
          malformed: () => void malformed++,
        });
        splitter.write(body);
        splitter.end();
        const physical = body.split('\n').flatMap((each, index) => (/^(|"")$/.test(each) ? [] : [index + 1]));
        expect(found !== undefined).toBe(malformed === 0 && starts.join() === physical.join());
      }),
      { seed: 5, numRuns: 400 },
    );
  });
});
