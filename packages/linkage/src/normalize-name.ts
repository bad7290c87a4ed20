/**
 * One spelling for a name, in TypeScript and as SQL, equal to the letter (a test goes through all of Unicode).
 * Steps: accents off, ligatures expanded, upper case, whatever is not a letter becomes a blank, blanks squeezed.
 *
 *     « Élise-Maëlys »  ELISE MAELYS       « D’Œuvre »   D OEUVRE       « --- »  nothing
 *
 * Letters without a decomposition (ø, đ, ł) stay as they are. Modifier letters (ʼ, ʻ) are apostrophes here.
 */

/** What Unicode keeps as one letter and people type as several. */
const LIGATURES: readonly (readonly [string, string])[] = [
  ['œ', 'OE'],
  ['Œ', 'OE'],
  ['æ', 'AE'],
  ['Æ', 'AE'],
  ['ß', 'SS'],
  ['ẞ', 'SS'],
  ['ĳ', 'IJ'],
  ['Ĳ', 'IJ'],
  ['ﬀ', 'FF'],
  ['ﬁ', 'FI'],
  ['ﬂ', 'FL'],
  ['ﬃ', 'FFI'],
  ['ﬄ', 'FFL'],
  ['ﬅ', 'ST'],
  ['ﬆ', 'ST'],
];

const EXPANSIONS = new Map(LIGATURES);
const LETTER_CLASSES = '\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lo}';
const NOT_LETTERS = new RegExp(`[^${LETTER_CLASSES}]+`, 'gu');

/** SQL knows only upper cases of one character: one that would become several (ŉ) is left alone here too. */
function upperOf(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : character;
}

/**
 * The normalised name, or null when nothing of it is a letter.
 * Equal to `normalizedNameSql` for every text made of characters that the SQL engine's Unicode knows.
 */
export function normalizeName(text: string | null | undefined): string | null {
  if (!text) return null;
  // Composed again after the accents are gone, as the SQL engine does: it matters to Korean syllables only.
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  let upper = '';
  for (const character of bare) upper += EXPANSIONS.get(character) ?? upperOf(character);
  const letters = upper.replace(NOT_LETTERS, ' ').trim();
  return letters === '' ? null : letters;
}

/** The same as a DuckDB expression over the SQL expression `text`; NULL when nothing of it is a letter. */
export function normalizedNameSql(text: string): string {
  const bare = `strip_accents(${text})`;
  const expanded = LIGATURES.reduce(
    (sql, [ligature, letters]) => `replace(${sql}, '${ligature}', '${letters}')`,
    bare,
  );
  // As many bytes as characters: nothing but ASCII is left, as in most names, so nothing to expand.
  const plain = `CASE WHEN strlen(${bare}) = length(${bare}) THEN ${bare} ELSE ${expanded} END`;
  return `nullif(trim(regexp_replace(upper(${plain}), '[^${LETTER_CLASSES}]+', ' ', 'g')), '')`;
}
