import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvSplitter, LONGEST_RECORD_CHARACTERS } from './csv-records.ts';

function split(text: string, chunk = text.length || 1): string[] {
  const told: string[] = [];
  const splitter = new CsvSplitter(';', {
    record: (fields, line) => told.push(`${line}:${JSON.stringify(fields)}`),
    malformed: (line) => told.push(`${line}:malformed`),
  });
  for (let at = 0; at < text.length; at += chunk) splitter.write(text.slice(at, at + chunk));
  splitter.end();
  return told;
}

describe('CSV records with their physical line', () => {
  const cases: [string, string, string[]][] = [
    ['mixed line ends', 'a;b\r\nc;d\ne;f\rg;h', ['1:["a","b"]', '2:["c","d"]', '3:["e","f"]', '4:["g","h"]']],
    ['blank lines', 'a;b\n\n\r\nc;d\n', ['1:["a","b"]', '4:["c","d"]']],
    ['a line end inside quotes', 'a;"b\r\nc"\nd;e', ['1:["a","b\\r\\nc"]', '3:["d","e"]']],
    ['doubled quotes', '"a ""b""";c', ['1:["a \\"b\\"","c"]']],
    ['empty fields', ';"";', ['1:["","",""]']],
    ['text after a closing quote', 'a\n"b"x;c\nd', ['1:["a"]', '2:malformed', '3:["d"]']],
    ['a quote inside a bare field', 'a\nb"x;c\nd', ['1:["a"]', '2:malformed', '3:["d"]']],
    [
      'a quote that never closes costs its line only',
      'a\n"b;c\nd;e\nf',
      ['1:["a"]', '2:malformed', '3:["d","e"]', '4:["f"]'],
    ],
  ];
  it.each(cases)('%s', (_name, text, wanted) => {
    expect(split(text)).toEqual(wanted);
  });

  it.each(cases)('%s, one character at a time', (_name, text, wanted) => {
    expect(split(text, 1)).toEqual(wanted);
  });

  it('gives up a line beyond the limit, and reads on', () => {
    const long = 'x'.repeat(LONGEST_RECORD_CHARACTERS + 1);
    const wanted = ['1:["a"]', '2:malformed', '3:["b"]'];
    expect(split(`a\n${long}\nb`)).toEqual(wanted);
    expect(split(`a\n${long}\r\nb`, 4096)).toEqual(wanted);
  });

  it('splits the same whatever the chunks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (csv, chunk) => {
        expect(split(csv, chunk)).toEqual(split(csv));
      }),
      { seed: 20261124, numRuns: 2000 },
    );
  });

  it('reads back any fields that are written by the rules', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'é', ';', '"', '\n', '\r'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(field, { minLength: 2, maxLength: 5 }), (fields) => {
        const line = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(';');
        expect(split(`${line}\r\n`, 3)).toEqual([`1:${JSON.stringify(fields)}`]);
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });
});
