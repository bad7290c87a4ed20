import {
  and,
  column as c,
  call,
  type Expression,
  eachOf,
  equal,
  extracted,
  isNull,
  literal,
  not,
  type Operand,
  or,
  those,
  tryCast,
  withValue,
} from '../expression.ts';

const [t1, t2, l1, l2] = [c('t1'), c('t2'), c('l1'), c('l2')];
const [n1, n2, i1, i2] = [c('n1'), c('n2'), c('i1'), c('i2')];
const [d1, d2] = [c('d1'), c('d2')];
const pairs: readonly (readonly [Expression, Expression])[] = [
  [t1, t2],
  [n1, n2],
  [i1, i2],
  [i1, n2],
  [d1, d2],
  [c('b1'), c('b2')],
  [l1, l2],
  [t1, literal('ab')],
  [n1, literal(0.5)],
];
const onPairs = (name: string): readonly Expression[] => pairs.map(([a, b]) => call(name, a, b));
const onTexts = (name: string): readonly Expression[] => [call(name, t1, t2), call(name, t2, literal('a'))];
const onNumbers = (name: string): readonly Expression[] => [call(name, n1, n2), call(name, i1, n2)];
const onText = (name: string): readonly Expression[] => [call(name, t1)];
/** Within [−1, 1]: outside, the engine ends the statement. */
const cosine = call('cos', c('lat'));

/** Calls of each function of the catalogue, over the columns of `random-rows.ts`. */
export const CALLS: Readonly<Record<string, readonly Expression[]>> = {
  '=': onPairs('='),
  '<>': onPairs('<>'),
  '<': onPairs('<'),
  '<=': onPairs('<='),
  '>': onPairs('>'),
  '>=': onPairs('>='),
  is_distinct_from: onPairs('is_distinct_from'),
  is_not_distinct_from: onPairs('is_not_distinct_from'),
  least: [...onPairs('least'), call('least', i1, n1, n2)],
  greatest: [...onPairs('greatest'), call('greatest', i1, n1, n2)],
  nullif: onPairs('nullif'),
  '+': onNumbers('+'),
  '-': [...onNumbers('-'), call('-', d1, d2), call('-', n1)],
  '*': onNumbers('*'),
  '/': onNumbers('/'),
  abs: [call('abs', n1), call('abs', i1)],
  sqrt: [call('sqrt', call('abs', n1))],
  sin: [call('sin', c('lat'))],
  cos: [call('cos', c('lat'))],
  asin: [call('asin', cosine)],
  acos: [call('acos', cosine)],
  radians: [call('radians', c('lon'))],
  pow: [call('pow', i1, literal(2)), call('pow', call('abs', i2), literal(0.5))],
  great_circle_km: [
    call('great_circle_km', c('lat'), c('lon'), literal(48.8566), literal(2.3522)),
    call('great_circle_km', c('lat'), c('lon'), c('lat'), c('lon')),
  ],
  '||': [call('||', t1, t2), call('||', t1, literal("l'"))],
  jaro_similarity: onTexts('jaro_similarity'),
  jaro_winkler_similarity: onTexts('jaro_winkler_similarity'),
  levenshtein: onTexts('levenshtein'),
  hamming: onTexts('hamming'),
  damerau_levenshtein: onTexts('damerau_levenshtein'),
  jaccard: onTexts('jaccard'),
  length: [call('length', t1), call('length', l1)],
  strlen: onText('strlen'),
  lower: onText('lower'),
  upper: onText('upper'),
  trim: onText('trim'),
  substr: [
    call('substr', t1, i1, i2),
    call('substr', t1, i1),
    call('substr', t1, literal(1), literal(3)),
    call('substr', t1, literal(-3)),
  ],
  starts_with: onTexts('starts_with'),
  suffix: onTexts('suffix'),
  contains: [...onTexts('contains'), call('contains', l1, t1), call('contains', l1, literal('a'))],
  '~~': [...onTexts('~~'), call('~~', t1, literal('%a_%')), call('~~', t1, literal('%'))],
  '!~~': [...onTexts('!~~'), call('!~~', t1, literal('a%'))],
  replace: [call('replace', t1, t2, literal('$&')), call('replace', t1, literal('a'), literal('bb'))],
  strip_accents: onText('strip_accents'),
  name_key: onText('name_key'),
  split_words: onText('split_words'),
  string_split: [call('string_split', t1, literal('a')), call('string_split', t1, literal('- '))],
  regexp_matches: patterns((pattern) => call('regexp_matches', t1, pattern)),
  regexp_full_match: patterns((pattern) => call('regexp_full_match', t1, pattern)),
  regexp_extract: [
    ...patterns((pattern) => call('regexp_extract', t1, pattern)),
    call('regexp_extract', t1, literal('(a)(b)?'), literal(2)),
    extracted(t1, '^[^a]+'),
  ],
  regexp_replace: [
    ...patterns((pattern) => call('regexp_replace', t1, pattern, literal('<\\0>'), literal('g'))),
    ...patterns((pattern) => call('regexp_replace', t1, pattern, literal('$1\\\\'))),
    call('regexp_replace', t1, literal('(a)(b)?'), literal('\\2\\1'), literal('g')),
  ],
  year: [call('year', d1)],
  month: [call('month', d1)],
  day: [call('day', d1)],
  epoch: [call('epoch', d1), call('epoch', call('try_strptime', c('dt'), literal('%Y-%m-%d')))],
  date_part: ['year', 'month', 'day', 'epoch'].map((part) => call('date_part', part, d1)),
  date_diff: ['year', 'month', 'day'].map((part) => call('date_diff', part, d1, d2)),
  try_strptime: ['%Y-%m-%d', '%d/%m/%Y', '%Y%m%d', '%Y/%m/%d', '%d-%m-%Y'].map((format) =>
    call('epoch', call('try_strptime', c('dt'), format)),
  ),
  list_value: [call('list_value', t1, t2), call('list_value', n1, literal(null))],
  list_has_any: [call('list_has_any', l1, l2)],
  list_has_all: [call('list_has_all', l1, l2)],
  list_intersect: [call('list_intersect', l1, l2)],
  list_intersect_size: [call('list_intersect_size', l1, l2)],
  list_distinct: [call('list_distinct', l1), call('list_distinct', c('x1'))],
  list_sort: [call('list_sort', l1), call('list_sort', c('x1'))],
  array_to_string: [call('array_to_string', l1, literal(' '))],
  list_max: [call('list_max', l1), call('list_max', c('x1'))],
  list_min: [call('list_min', l1), call('list_min', c('x1'))],
  list_extract: [
    call('list_extract', l1, i1),
    call('list_extract', t1, literal(2)),
    call('list_extract', t1, i1),
  ],
  list_contains: [call('list_contains', l1, t1), call('list_contains', l1, literal('a'))],
  list_position: [call('list_position', l1, t1), call('list_position', l1, literal('b'))],
  flatten: [call('flatten', call('list_value', l1, l2))],
};

function patterns(use: (pattern: Operand) => Expression): readonly Expression[] {
  const known = [
    'a',
    '^a+|b$',
    'x*',
    '[^a-c\\s]',
    '\\bA',
    '.b?',
    '\\s',
    '\\p{Lu}',
    '(?:ab)?c*',
    '[éà]',
    '',
    '\\d{2}',
    '$',
  ];
  return known.map((pattern) => use(pattern));
}

/** What the compiler knows without a function of that name. */
export const CONTROLS: readonly (readonly [string, Expression])[] = [
  ['and', and(c('b1'), c('b2'))],
  ['or', or(c('b1'), c('b2'), isNull(t1))],
  ['and of nothing', and()],
  ['or of nothing', or()],
  ['not', not(c('b1'))],
  ['is null', isNull(l1)],
  ['coalesce', call('coalesce', t1, t2, literal('none'))],
  ['case', call('case', c('b1'), t1, equal(t1, t2), literal('same'), literal(null))],
  ['text to date', tryCast(c('dt'), 'DATE')],
  ['date to text', call('cast', d1, 'VARCHAR')],
  ['integer to text', call('cast', i1, 'VARCHAR')],
  ['text to double', tryCast(c('nt'), 'DOUBLE')],
  ['text to integer', tryCast(c('nt'), 'INTEGER')],
  ['text to smallint', tryCast(c('nt'), 'SMALLINT')],
  ['text to bigint', tryCast(c('nt'), 'BIGINT')],
  ['text to boolean', tryCast(c('nt'), 'BOOLEAN')],
  ['double to integer', tryCast(n1, 'INTEGER')],
  ['double to float', call('cast', n1, 'FLOAT')],
  ['boolean to integer', call('cast', c('b1'), 'INTEGER')],
  ['integer to boolean', call('cast', i1, 'BOOLEAN')],
  ['each of a list', eachOf(l1, (x) => call('||', x, t1))],
  ['those of a list', those(l1, (x) => call('<>', x, literal('a')))],
  ['a value used twice', withValue(call('lower', t1), (v) => call('||', v, v))],
  [
    'the best pair of two lists',
    call(
      'list_max',
      eachOf(l1, (x) =>
        call(
          'list_max',
          eachOf(l2, (y) => call('jaro_similarity', x, y), 'y'),
        ),
      ),
    ),
  ],
];
