/**
 * DuckDB's string distances, value for value. They count bytes of UTF-8, not characters: fold accents before measuring.
 * Held against the engine by property test (`functions.duck.test.ts`).
 */

/** A text with one character for each byte of its UTF-8 form. */
function asBytes(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 127) return Buffer.from(text, 'utf8').toString('latin1');
  }
  return text;
}

/** Jaro similarity, 0 to 1; 0 when either is empty. */
export function jaroSimilarity(a: string, b: string): number {
  return jaroOfBytes(asBytes(a), asBytes(b));
}

function jaroOfBytes(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const matched: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      matched.push(a[i] as string);
      break;
    }
  }
  const common = matched.length;
  if (common === 0) return 0;
  let moved = 0;
  let index = 0;
  for (let j = 0; j < b.length; j++) {
    if (taken[j] !== 1) continue;
    if (b[j] !== matched[index]) moved++;
    index++;
  }
  const transpositions = Math.floor(moved / 2);
  return (common / a.length + common / b.length + (common - transpositions) / common) / 3;
}

const PREFIX_WEIGHT = 0.1;
const PREFIX_MAX = 4;
/** Below this, a common beginning is no merit (Winkler's boost threshold). */
const BOOST_ABOVE = 0.7;

/** Jaro–Winkler similarity, 0 to 1: Jaro, raised for a common beginning of up to four bytes. */
export function jaroWinklerSimilarity(a: string, b: string): number {
  const x = asBytes(a);
  const y = asBytes(b);
  const jaro = jaroOfBytes(x, y);
  if (jaro <= BOOST_ABOVE) return jaro;
  let prefix = 0;
  while (prefix < PREFIX_MAX && prefix < x.length && prefix < y.length && x[prefix] === y[prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/** Levenshtein distance: insertions, deletions, substitutions. */
export function levenshtein(a: string, b: string): number {
  const x = asBytes(a);
  const y = asBytes(b);
  let previous = Array.from({ length: y.length + 1 }, (_, index) => index);
  for (let i = 1; i <= x.length; i++) {
    const current = [i];
    for (let j = 1; j <= y.length; j++) {
      const substitution = (previous[j - 1] as number) + (x[i - 1] === y[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] as number) + 1, (current[j - 1] as number) + 1, substitution));
    }
    previous = current;
  }
  return previous[y.length] as number;
}

/** Damerau–Levenshtein distance, unrestricted: also transpositions, between which letters may be inserted. */
export function damerauLevenshtein(a: string, b: string): number {
  const x = asBytes(a);
  const y = asBytes(b);
  const far = x.length + y.length;
  const width = y.length + 2;
  const table = new Int32Array((x.length + 2) * width);
  const lastRow = new Map<string, number>();
  table[0] = far;
  for (let i = 0; i <= x.length; i++) {
    table[(i + 1) * width] = far;
    table[(i + 1) * width + 1] = i;
  }
  for (let j = 0; j <= y.length; j++) {
    table[j + 1] = far;
    table[width + j + 1] = j;
  }
  for (let i = 1; i <= x.length; i++) {
    let lastColumn = 0;
    for (let j = 1; j <= y.length; j++) {
      const k = lastRow.get(y[j - 1] as string) ?? 0;
      const l = lastColumn;
      const same = x[i - 1] === y[j - 1];
      if (same) lastColumn = j;
      table[(i + 1) * width + j + 1] = Math.min(
        (table[i * width + j] as number) + (same ? 0 : 1),
        (table[(i + 1) * width + j] as number) + 1,
        (table[i * width + j + 1] as number) + 1,
        (table[k * width + l] as number) + (i - k - 1) + 1 + (j - l - 1),
      );
    }
    lastRow.set(x[i - 1] as string, i);
  }
  return table[(x.length + 1) * width + y.length + 1] as number;
}

/** Jaccard similarity of the sets of bytes; null when either is empty (the engine refuses an empty text). */
export function jaccard(a: string, b: string): number | null {
  if (a === '' || b === '') return null;
  const x = new Set(asBytes(a));
  const y = new Set(asBytes(b));
  let shared = 0;
  for (const byte of x) if (y.has(byte)) shared++;
  return shared / (x.size + y.size - shared);
}
