import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Blanks, type PlainDelimiter, type PlainText, PlainTextSurvey } from './plain-text-survey.ts';

/** What is seen chunk by chunk, by searches for bytes, is what the whole text says by its definition, wherever it was cut. */

const SEED = 20261128;

const letters = (...texts: string[]) => fc.constantFrom(...texts);
/** Mostly values and what parts them; line ends are all alike in most texts, and blanks other than the space are rare. */
const text = fc
  .constantFrom('\n', '\r\n', '\r')
  .chain((lineEnd) =>
    fc.array(
      fc.oneof(
        { weight: 12, arbitrary: letters('a', 'é', '’', '12', 'a b') },
        { weight: 8, arbitrary: letters(';', ',', lineEnd) },
        { weight: 3, arbitrary: letters(' ', ' ', '"') },
        {
          weight: 1,
          arbitrary: letters('a', 'a', 'a', '\n', '\r', '\t', '\u00a0', '\u2003', '\u202f', '\0'),
        },
      ),
      { maxLength: 24 },
    ),
  )
  .map((parts) => parts.join(''));

const count = (whole: string, part: string) => whole.split(part).length - 1;

function blanksOf(whole: string, delimiter: PlainDelimiter): Blanks {
  if (/[^\S \r\n]/.test(whole)) return 'odd';
  return new RegExp(`(^|[${delimiter}\r\n"]) | ([${delimiter}\r\n"]|$)`).test(whole) ? 'spaces' : 'none';
}

function said(whole: string): PlainText | undefined {
  const [lineFeeds, returns] = [count(whole, '\n'), count(whole, '\r')];
  if (whole.includes('\0') || (returns > 0 && returns !== lineFeeds)) return undefined;
  const endsWithLineFeed = whole === '' || whole.endsWith('\n');
  return { lineFeeds, endsWithLineFeed, blanks: { ';': blanksOf(whole, ';'), ',': blanksOf(whole, ',') } };
}

/** In chunks of one buffer, as they are read: what is kept of one must be copied. */
function seen(bytes: Buffer, cuts: readonly number[]): PlainText | undefined {
  const survey = new PlainTextSurvey();
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const buffer = Buffer.alloc(bytes.length);
  let start = 0;
  for (const end of ends) {
    bytes.copy(buffer, 0, start, end);
    survey.add(buffer.subarray(0, end - start));
    start = end;
  }
  return survey.found;
}

it('sees what a text says, wherever it is cut', () => {
  const told = new Set<Blanks | undefined>();
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { maxLength: 6 }), (whole, cuts) => {
      const wanted = said(whole);
      expect(seen(Buffer.from(whole), cuts)).toEqual(wanted);
      told.add(wanted?.blanks[';']);
      told.add(wanted?.blanks[',']);
    }),
    { seed: SEED, numRuns: 5_000 },
  );
  expect(told).toEqual(new Set(['none', 'spaces', 'odd', undefined]));
});

it.each([
  ['before a semicolon', 'a ;b\n', 'spaces', 'none'],
  ['behind a semicolon', 'a; b\n', 'spaces', 'none'],
  ['before a comma', 'a ,b\n', 'none', 'spaces'],
  ['behind a comma', 'a, b\n', 'none', 'spaces'],
  ['before a line end', 'a;b \n', 'spaces', 'spaces'],
  ['behind a line end', 'a;b\n c\n', 'spaces', 'spaces'],
  ['before a return', 'a;b \r\n', 'spaces', 'spaces'],
  ['within a quote', '" a"\n', 'spaces', 'spaces'],
  ['before the end of a quote', '"a "\n', 'spaces', 'spaces'],
  ['at the beginning', ' a\n', 'spaces', 'spaces'],
  ['at the end', 'a ', 'spaces', 'spaces'],
  ['within a value', 'a b;c\n', 'none', 'none'],
] as const)('a space %s', (_where, whole, semicolon, comma) => {
  for (let cut = 0; cut <= whole.length; cut += 1)
    expect(seen(Buffer.from(whole), [cut])?.blanks).toEqual({ ';': semicolon, ',': comma });
});
