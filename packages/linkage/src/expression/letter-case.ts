/** Letters whose other case is one letter to the engine, and several (or none) to JavaScript. */
const UPPER: ReadonlyMap<string, string> = new Map([['ß', 'ẞ'], ...greekTitles()]);
const LOWER: ReadonlyMap<string, string> = new Map([['İ', 'i']]);

/** Greek small letters with an iota below, and their capitals of one character. */
function greekTitles(): readonly (readonly [string, string])[] {
  const pair = (small: number, capital: number) =>
    [String.fromCodePoint(small), String.fromCodePoint(capital)] as const;
  const rows = [0x1f80, 0x1f90, 0x1fa0].flatMap((row) =>
    Array.from({ length: 8 }, (_, index) => pair(row + index, row + index + 8)),
  );
  return [...rows, pair(0x1fb3, 0x1fbc), pair(0x1fc3, 0x1fcc), pair(0x1ff3, 0x1ffc)];
}

/** The engine maps one character to one: a letter whose other case is several stays as it is. */
function mapCharacters(
  text: string,
  exceptions: ReadonlyMap<string, string>,
  map: (character: string) => string,
): string {
  let out = '';
  for (const character of text) {
    const mapped = exceptions.get(character) ?? map(character);
    out += [...mapped].length === 1 ? mapped : character;
  }
  return out;
}

/** DuckDB's `lower`, for every character that its Unicode knows. */
export const lowerCase = (text: string): string =>
  mapCharacters(text, LOWER, (character) => character.toLowerCase());

/** DuckDB's `upper`, for every character that its Unicode knows. */
export const upperCase = (text: string): string =>
  mapCharacters(text, UPPER, (character) => character.toUpperCase());
