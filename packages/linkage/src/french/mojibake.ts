import { atLeast, call, type Expression, type Operand, withValue } from '../expression/expression.ts';

/** Letters and marks that names hold beyond ASCII: those of Latin-1, and what French and its neighbours add to them. */
const LETTERS = [
  ...Array.from({ length: 0x40 }, (_, index) => String.fromCodePoint(0xc0 + index)),
  ...'ŒœŠšŽžŸŁłŃńŚśŻżĆćČčĘęĄąĚěŘřĞğİıŞşȘșȚțĂă’‘ʼ–‑',
];

/** What Windows-1252 makes of the bytes 0x80 to 0x9F, where Latin-1 has controls; undefined stays a control. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function misread(letter: string, windows: boolean): string {
  return [...Buffer.from(letter, 'utf8')]
    .map((byte) => {
      const character = String.fromCodePoint(byte);
      return windows && byte >= 0x80 && byte < 0xa0 ? (WINDOWS_1252[byte - 0x80] ?? character) : character;
    })
    .join('');
}

/** Text of UTF-8 that was read as Windows-1252 or Latin-1, with what was meant; longer ones first. */
export const MISREADINGS: readonly (readonly [misread: string, meant: string])[] = LETTERS.flatMap(
  (letter) => {
    const readings = new Set([misread(letter, true), misread(letter, false)]);
    return [...readings].map((reading): readonly [string, string] => [reading, letter]);
  },
).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));

/** How the misreadings begin. */
const BEGINNINGS = [...new Set(MISREADINGS.map(([reading]) => reading.charAt(0)))].sort().join('');
/** A misread sign of Latin-1: itself, after a letter that is none. */
const MISREAD_SIGN = 'Â([\u00a0-\u00bf])';

/**
 * A text in which UTF-8 that was read as Latin-1 or Windows-1252 is put right (`DÃ©sirÃ©e` is Désirée again); others stay
 * as they are. It looks at the whole table only where a text holds the beginning of a misreading.
 */
export function repairMojibake(text: Operand): Expression {
  return withValue(text, (name) => {
    const repaired = MISREADINGS.reduce(
      (sofar, [reading, meant]) => call('replace', sofar, reading, meant),
      call('regexp_replace', name, MISREAD_SIGN, '\\1', 'g'),
    );
    return call('case', call('regexp_matches', name, `[Â${BEGINNINGS}]`), repaired, name);
  });
}

/** What stands for a letter that was lost: the replacement character, or a question mark. */
const LOST = '[?\ufffd]+';
/** A letter that no name holds, so that lost ones survive normalisation. */
const STAND_IN = '\ua66e';
const LETTERS_LEFT = 3;

/**
 * A pattern for LIKE, of the normalised name without blanks, with `%` where letters were lost (`H?L?NE` gives `H%L%NE`);
 * NULL when none was lost, or when fewer than three letters are left.
 */
export function damagedPattern(text: Operand, normalised: (text: Expression) => Expression): Expression {
  const marked = normalised(call('regexp_replace', text, LOST, STAND_IN, 'g'));
  const pattern = call('regexp_replace', call('replace', marked, ' ', ''), `${STAND_IN}+`, '%', 'g');
  const enough = withValue(pattern, (found) =>
    call('case', atLeast(call('length', call('replace', found, '%', '')), LETTERS_LEFT), found, null),
  );
  return call('case', call('regexp_matches', text, LOST), enough, null);
}
