import { normalizedNameSql, normalizeName } from '../normalize-name.ts';
import type { Value } from './expression.ts';
import { type Catalogue, type Cost, type FunctionDefinition, infix, plain } from './function-definition.ts';
import { lowerCase, upperCase } from './letter-case.ts';
import {
  damerauLevenshtein,
  jaccard,
  jaroSimilarity,
  jaroWinklerSimilarity,
  levenshtein,
} from './string-distance.ts';
import { isList } from './value-order.ts';

function texts(name: string, of: (a: string, b: string) => Value, cost: Cost): FunctionDefinition {
  return plain(name, (a, b) => of(String(a), String(b)), cost);
}

/**
 * DuckDB's `substr`: positions count code points from 1; a negative start counts from the end, and the window may begin
 * before the text; a negative length takes what is before the start.
 */
function substring(text: string, start: number, length?: number): string {
  const characters = [...text];
  const begin = start < 0 ? characters.length + start : start - 1;
  const end = length === undefined ? characters.length : begin + length;
  return characters.slice(Math.max(0, Math.min(begin, end)), Math.max(0, begin, end)).join('');
}

/** Places where two texts of one length, in bytes, differ; null for others, and for empty ones. */
function differingBytes(a: string, b: string): number | null {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  if (x.length !== y.length || x.length === 0) return null;
  return x.reduce((sum, byte, place) => (byte === y[place] ? sum : sum + 1), 0);
}

/** `%` is any run of characters, `_` is one; nothing escapes them. Linear in practice, never exponential. */
export function isLike(text: string, pattern: string): boolean {
  const [t, p] = [[...text], [...pattern]];
  let [i, j, star, mark] = [0, 0, -1, 0];
  while (i < t.length) {
    if (p[j] === '%') {
      star = j++;
      mark = i;
    } else if (j < p.length && (p[j] === '_' || p[j] === t[i])) {
      i++;
      j++;
    } else if (star >= 0) {
      j = star + 1;
      i = ++mark;
    } else return false;
  }
  while (p[j] === '%') j++;
  return j === p.length;
}

const EDGE_SPACES = /^\p{Zs}+|\p{Zs}+$/gu;

/** Accents off, composed again: as the engine does, for every character that its Unicode knows. */
function stripAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

/** Measures and forms of texts. Distances count bytes of UTF-8: fold accents before. */
export const TEXT_FUNCTIONS: Catalogue = {
  '||': { sql: infix('||'), evaluate: (a, b) => `${String(a)}${String(b)}`, cost: 1 },
  jaro_similarity: texts('jaro_similarity', jaroSimilarity, 4),
  jaro_winkler_similarity: texts('jaro_winkler_similarity', jaroWinklerSimilarity, 4),
  levenshtein: texts('levenshtein', levenshtein, 4),
  damerau_levenshtein: texts('damerau_levenshtein', damerauLevenshtein, 40),
  hamming: {
    // The engine refuses texts of different lengths, and empty ones, with an error that would end the run.
    sql: (a, b) => `CASE WHEN strlen(${a}) = strlen(${b}) AND strlen(${a}) > 0 THEN hamming(${a}, ${b}) END`,
    evaluate: (a, b) => differingBytes(String(a), String(b)),
    cost: 1,
  },
  jaccard: {
    // The engine refuses an empty text with an error that would end the run.
    sql: (a, b) => `jaccard(nullif(${a}, ''), nullif(${b}, ''))`,
    evaluate: (a, b) => jaccard(String(a), String(b)),
    cost: 4,
  },
  // Code points of a text, elements of a list.
  length: plain('length', (a) => (isList(a) ? a.length : [...String(a)].length)),
  strlen: plain('strlen', (a) => Buffer.byteLength(String(a))),
  lower: plain('lower', (a) => lowerCase(String(a))),
  upper: plain('upper', (a) => upperCase(String(a))),
  trim: {
    sql: (a) => `trim(${a})`,
    evaluate: (a) => String(a).replace(EDGE_SPACES, ''),
    cost: 1,
    hasTwin: ({ length }) => length === 1,
  },
  substr: plain('substr', (a, from, length) =>
    substring(String(a), Number(from), length === undefined ? undefined : Number(length)),
  ),
  starts_with: texts('starts_with', (a, b) => a.startsWith(b), 1),
  suffix: texts('suffix', (a, b) => a.endsWith(b), 1),
  contains: plain('contains', (a, b = null) => (isList(a) ? a.includes(b) : String(a).includes(String(b)))),
  '~~': { sql: infix('LIKE'), evaluate: (a, b) => isLike(String(a), String(b)), cost: 4 },
  '!~~': { sql: infix('NOT LIKE'), evaluate: (a, b) => !isLike(String(a), String(b)), cost: 4 },
  replace: plain('replace', (a, from, to) =>
    String(from) === '' ? String(a) : String(a).replaceAll(String(from), () => String(to)),
  ),
  strip_accents: plain('strip_accents', (a) => stripAccents(String(a)), 4),
  name_key: { sql: (a) => normalizedNameSql(a), evaluate: (a) => normalizeName(String(a)), cost: 40 },
  split_words: {
    sql: (a) => `string_split(${a}, ' ')`,
    evaluate: (a) => String(a).split(' '),
    cost: 4,
  },
  string_split: {
    sql: (...args) => `string_split(${args.join(', ')})`,
    evaluate: (a, b) => String(a).split(String(b)),
    cost: 4,
    // An empty separator cuts where the engine's Unicode does.
    hasTwin: ([, separator]) => separator?.kind === 'literal' && separator.value !== '',
  },
};
