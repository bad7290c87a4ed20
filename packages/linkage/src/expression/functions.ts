import { normalizedNameSql, normalizeName } from '../normalize-name.ts';
import type { Value } from './expression.ts';
import {
  damerauLevenshtein,
  jaccard,
  jaroSimilarity,
  jaroWinklerSimilarity,
  levenshtein,
} from './string-distance.ts';

/** How dear a call is for one pair, relative to an equality; decides what is evaluated first (`scoring/cascade.ts`). */
export type Cost = 1 | 4 | 40;

export interface FunctionDefinition {
  /** SQL of the call, from the SQL of its arguments. */
  sql(...args: readonly string[]): string;
  /** The twin. Arguments are not null unless `ownNulls`. */
  evaluate(...args: readonly Value[]): Value;
  readonly cost: Cost;
  /** The function decides itself what NULL gives; otherwise one NULL argument gives NULL. */
  readonly ownNulls?: true;
}

const plainCall =
  (name: string) =>
  (...args: readonly string[]) =>
    `${name}(${args.join(', ')})`;

const infix = (operator: string) => (a: string, b: string) => `(${a} ${operator} ${b})`;

function plain(name: string, evaluate: FunctionDefinition['evaluate'], cost: Cost = 1): FunctionDefinition {
  return { sql: plainCall(name), evaluate, cost };
}

function texts(name: string, of: (a: string, b: string) => Value, cost: Cost): FunctionDefinition {
  return plain(name, (a, b) => of(String(a), String(b)), cost);
}

function compared(operator: string, holds: (order: number) => boolean): FunctionDefinition {
  return { sql: infix(operator), evaluate: (a = null, b = null) => holds(order(a, b)), cost: 1 };
}

function numbers(operator: string, of: (a: number, b: number) => number): FunctionDefinition {
  return { sql: infix(operator), evaluate: (a, b) => of(Number(a), Number(b)), cost: 1 };
}

/** Order of two values as the engine has it: texts by code points (as UTF-8 bytes), lists element by element. */
function order(a: Value, b: Value): number {
  if (isList(a) && isList(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const sign = order(a[index] ?? null, b[index] ?? null);
      if (sign !== 0) return sign;
    }
    return a.length - b.length;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return Number(a) - Number(b);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

const list = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new Set(values.filter((v) => v !== null)),
];

function shared(a: Value | undefined, b: Value | undefined): readonly Value[] {
  const other = new Set(list(b));
  return distinct(list(a)).filter((value) => other.has(value));
}

function substring(text: string, start: number, length: number): string {
  const characters = [...text];
  // Positions count from 1; the engine counts a window that may begin before the text.
  const from = start > 0 ? start - 1 : start < 0 ? Math.max(0, characters.length + start) : 0;
  const to = from + (start === 0 ? Math.max(0, length - 1) : length);
  return characters.slice(from, to).join('');
}

/**
 * Functions with a twin. Conditions may call others by name: they then run in SQL only.
 * `and`, `or`, `not`, `case`, `coalesce` and `is_null` are known to the compilers themselves (`compile.ts`).
 */
export const FUNCTIONS: Readonly<Record<string, FunctionDefinition>> = {
  '=': compared('=', (sign) => sign === 0),
  '<>': compared('<>', (sign) => sign !== 0),
  '<': compared('<', (sign) => sign < 0),
  '<=': compared('<=', (sign) => sign <= 0),
  '>': compared('>', (sign) => sign > 0),
  '>=': compared('>=', (sign) => sign >= 0),
  '+': numbers('+', (a, b) => a + b),
  '-': numbers('-', (a, b) => a - b),
  '*': numbers('*', (a, b) => a * b),
  '/': { sql: infix('/'), evaluate: (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)), cost: 1 },
  '||': { sql: infix('||'), evaluate: (a, b) => `${String(a)}${String(b)}`, cost: 1 },
  abs: plain('abs', (a) => Math.abs(Number(a))),
  least: plain('least', (a = null, b = null) => (order(a, b) <= 0 ? a : b)),
  greatest: plain('greatest', (a = null, b = null) => (order(a, b) >= 0 ? a : b)),
  jaro_similarity: texts('jaro_similarity', jaroSimilarity, 4),
  jaro_winkler_similarity: texts('jaro_winkler_similarity', jaroWinklerSimilarity, 4),
  levenshtein: texts('levenshtein', levenshtein, 4),
  damerau_levenshtein: texts('damerau_levenshtein', damerauLevenshtein, 40),
  jaccard: {
    // The engine refuses an empty text with an error that would end the run.
    sql: (a, b) => `jaccard(nullif(${a}, ''), nullif(${b}, ''))`,
    evaluate: (a, b) => jaccard(String(a), String(b)),
    cost: 4,
  },
  length: plain('length', (a) => (isList(a) ? a.length : [...String(a)].length)),
  lower: plain('lower', (a) => lowerCase(String(a))),
  upper: plain('upper', (a) => upperCase(String(a))),
  trim: plain('trim', (a) => String(a).replace(/^ +| +$/g, '')),
  substr: plain('substr', (a, from, length) =>
    substring(String(a), Number(from), length === undefined ? Number.MAX_SAFE_INTEGER : Number(length)),
  ),
  starts_with: plain('starts_with', (a, b) => String(a).startsWith(String(b))),
  contains: plain('contains', (a, b = null) => (isList(a) ? a.includes(b) : String(a).includes(String(b)))),
  replace: plain('replace', (a, from, to) =>
    String(from) === '' ? String(a) : String(a).replaceAll(String(from), () => String(to)),
  ),
  nullif: {
    sql: plainCall('nullif'),
    evaluate: (a = null, b = null) => (a !== null && b !== null && order(a, b) === 0 ? null : a),
    cost: 1,
    ownNulls: true,
  },
  name_key: { sql: (a) => normalizedNameSql(a), evaluate: (a) => normalizeName(String(a)), cost: 40 },
  list_value: {
    sql: plainCall('list_value'),
    evaluate: (...values) => values,
    cost: 1,
    ownNulls: true,
  },
  list_has_any: plain('list_has_any', (a, b) => shared(a, b).length > 0, 40),
  list_intersect_size: {
    sql: (a, b) => `len(list_intersect(${a}, ${b}))`,
    evaluate: (a, b) => shared(a, b).length,
    cost: 40,
  },
  split_words: {
    sql: (a) => `string_split(${a}, ' ')`,
    evaluate: (a) => String(a).split(' '),
    cost: 4,
  },
};

/** The engine maps one character to one: a letter whose other case is several stays as it is. */
function mapCharacters(text: string, map: (character: string) => string): string {
  let out = '';
  for (const character of text) {
    const mapped = map(character);
    out += [...mapped].length === 1 ? mapped : character;
  }
  return out;
}

const lowerCase = (text: string): string => mapCharacters(text, (character) => character.toLowerCase());
const upperCase = (text: string): string => mapCharacters(text, (character) => character.toUpperCase());
