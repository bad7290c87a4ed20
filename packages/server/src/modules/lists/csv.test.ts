import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell } from './csv.ts';
import { ENTRY_COLUMNS, phoneText } from './entry-columns.ts';
import { frenchDate } from './export-context.ts';

describe('a cell of the CSV', () => {
  test('a number has a comma, and no apostrophe before its sign', () => expect(csvCell(-1.6)).toBe('-1,6'));

  test.each([
    ['a text as it is', 'Léa', 'Léa'],
    ['nothing', null, ''],
    ['a number', 17, '17'],
    ['a code with leading zeros', '01000', '01000'],
    ['the separator', '12; rue', '"12; rue"'],
    ['quotes', 'dit "Jo"', '"dit ""Jo"""'],
    ['a line end becomes a space', 'a\r\nb\u0000c', 'a b c'],
    ['a formula', '=HYPERLINK("x";"y")', `"'=HYPERLINK(""x"";""y"")"`],
    ['a formula behind blanks', '  =1+1', `'  =1+1`],
    ['a formula behind a tab', '\t=1', `' =1`],
    ['plus', '+262 692', `'+262 692`],
    ['minus', '-1', `'-1`],
    ['at', '@SUM(A1)', `'@SUM(A1)`],
    ['full-width equals', '＝1', `'＝1`],
    ['an equals sign inside is harmless', 'a=b', 'a=b'],
    ['a hyphen inside is harmless', 'Jean-Luc', 'Jean-Luc'],
  ])('%s', (_, value, expected) => expect(csvCell(value)).toBe(expected));
});

test('most texts are told as they are, and those alone that would be', () => {
  const asTold = (text: string) =>
    text === text.trim() && !/^[=+\-@＝＋－＠]/.test(text) && !/[;"\p{Cc}]/u.test(text);
  const texts = fc.string({
    unit: fc.constantFrom(...'aÉ0 .,\'’/()_@:+-=＝;"\t\n\u0085\u00a0œ😀'),
    maxLength: 6,
  });
  fc.assert(fc.property(texts, (text) => (csvCell(text) === text) === asTold(text)));
});

describe('a telephone number', () => {
  test.each([
    ['0612345678', '06 12 34 56 78'],
    ['06.12.34.56.78', '06 12 34 56 78'],
    ['+33612345678', '06 12 34 56 78'],
    ['+33 (0)6 12 34 56 78', '06 12 34 56 78'],
    ['0033 6 12 34 56 78', '06 12 34 56 78'],
    ['+262692000000', '+262692000000'],
    ['poste 12', 'poste 12'],
  ])('%s', (told, expected) => expect(phoneText(told)).toBe(expected));
});

test('dates as people write them', () => expect(frenchDate('2008-03-01')).toBe('01/03/2008'));

test('no two columns share a name or a title', () => {
  expect(new Set(ENTRY_COLUMNS.map((column) => column.name)).size).toBe(ENTRY_COLUMNS.length);
  expect(new Set(ENTRY_COLUMNS.map((column) => column.title)).size).toBe(ENTRY_COLUMNS.length);
});
