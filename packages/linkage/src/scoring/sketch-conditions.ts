import { ofRecord, type Side, sideOf } from '../blocking/sides.ts';
import { type Expression, functionsOf } from '../expression/expression.ts';
import { commonShare, type LetterColumns, similarSql, withinEditsSql, withinSql } from './letters.ts';

/** What conditions ask a sketch for: a column, or several, of an expression of one record, by its name without a side. */
export interface Asked {
  number(expression: Expression): string;
  letters(expression: Expression, wanted: readonly (keyof LetterColumns)[]): LetterColumns;
  /** 1, NULL where the value is missing. */
  known(expression: Expression): string;
  /** Bits of its letters that a text shares at least, when this share of it is in common. */
  commonBits(expression: Expression, share: number): string;
  /** The value itself: a number. */
  value(expression: Expression): string;
  /** See `elementBitsSql`. */
  elements(list: Expression): string;
  /** See `memberBitSql`. */
  member(value: Expression, list: Expression): string;
}

const oneSided = (side: Side): side is 'l' | 'r' => side === 'l' || side === 'r';

/** Fail on some values: a record that is in no pair may have one. */
const FAILING: ReadonlySet<string> = new Set(['cast', 'strptime']);

/** The one record that an expression reads; undefined for anything else, and for what may fail. */
function safeSideOf(expression: Expression): 'l' | 'r' | undefined {
  const side = sideOf(expression);
  return oneSided(side) && !functionsOf(expression).some((name) => FAILING.has(name)) ? side : undefined;
}

/** The same expression of both records; undefined for anything else. */
function sameOfBoth(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
  if (a === undefined || b === undefined) return undefined;
  const [x, y] = [safeSideOf(a), safeSideOf(b)];
  if (x === undefined || y === undefined || x === y) return undefined;
  return JSON.stringify(ofRecord(a)) === JSON.stringify(ofRecord(b)) ? a : undefined;
}

/** SQL over a pair's numbers that is true where the condition is, and nowhere else; undefined when they do not tell. */
export function exactSql(condition: Expression, asked: Asked): string | undefined {
  if (condition.kind !== 'call') return undefined;
  const { name, args } = condition;
  const [a, b] = args;
  if (name === 'is_null') return a && missingSql(a, asked);
  if (name === '=' || name === '<>') {
    const both = sameOfBoth(a, b);
    return both && `(${asked.number(both)}_l ${name} ${asked.number(both)}_r)`;
  }
  if (name === '<=' || name === '<') return apartSql(a, name, b, asked);
  if (name !== 'and' && name !== 'or') return undefined;
  const either = name === 'or' && args.length === 2 ? eitherMissing(args) : undefined;
  // One comparison is cheaper than two conditions.
  if (either !== undefined) return `((${asked.known(either)}_l = ${asked.known(either)}_r) IS NULL)`;
  const terms = args.flatMap((term) => exactSql(term, asked) ?? []);
  return terms.length === args.length && terms.length > 0
    ? `(${terms.join(` ${name.toUpperCase()} `)})`
    : undefined;
}

function missingSql(value: Expression, asked: Asked): string | undefined {
  const side = safeSideOf(value);
  return side && `(${asked.known(value)}_${side} IS NULL)`;
}

/** Whether two numbers, the same of both records, are no further apart than so much. */
function apartSql(
  apart: Expression | undefined,
  comparator: '<=' | '<',
  limit: Expression | undefined,
  asked: Asked,
): string | undefined {
  if (apart?.kind !== 'call' || apart.name !== 'abs' || limit?.kind !== 'literal') return undefined;
  const [difference] = apart.args;
  if (difference?.kind !== 'call' || difference.name !== '-' || typeof limit.value !== 'number')
    return undefined;
  const both = sameOfBoth(difference.args[0], difference.args[1]);
  return both && `(abs(${asked.value(both)}_l - ${asked.value(both)}_r) ${comparator} ${limit.value})`;
}

/** What both sides of `x_l IS NULL OR x_r IS NULL` ask about. */
function eitherMissing(args: readonly Expression[]): Expression | undefined {
  const [a, b] = args.map((one) => (one.kind === 'call' && one.name === 'is_null' ? one.args[0] : undefined));
  return sameOfBoth(a, b);
}

/** SQL that is true wherever the condition is; undefined when they tell nothing. */
export function impliedSql(condition: Expression, asked: Asked): string | undefined {
  if (condition.kind !== 'call') return undefined;
  const { name, args } = condition;
  if (name === 'and' || name === 'or') {
    // That values differ rules out next to nothing.
    const wanted = name === 'and' ? args.filter((term) => term.kind !== 'call' || term.name !== '<>') : args;
    const known = wanted.flatMap((term) => impliedSql(term, asked) ?? []);
    if (known.length === 0 || (name === 'or' && known.length < args.length)) return undefined;
    // Several ways to be a part of a text imply one thing.
    const [only, ...others] = new Set(known);
    return others.length === 0 ? only : `(${[only, ...others].join(` ${name.toUpperCase()} `)})`;
  }
  const exact = exactSql(condition, asked);
  if (exact !== undefined) return exact;
  const [a, b] = args;
  if (a === undefined || b === undefined) return undefined;
  if (name === '<=' || name === '<') return measuredSql(a, b, EDITS, asked);
  if (name === '>=' || name === '>') return measuredSql(a, b, SIMILARITIES, asked);
  return Object.hasOwn(SHARED, name) ? SHARED[name]?.(a, b, asked) : undefined;
}

/** What functions of a value of each record, true of few pairs, imply. */
const SHARED: Readonly<Record<string, (a: Expression, b: Expression, asked: Asked) => string | undefined>> = {
  list_has_any: (a, b, asked) => {
    const both = sameOfBoth(a, b);
    return both && `(${asked.elements(both)}_l & ${asked.elements(both)}_r <> 0)`;
  },
  list_contains: (list, value, asked) => {
    const [x, y] = [safeSideOf(list), safeSideOf(value)];
    if (x === undefined || y === undefined || x === y) return undefined;
    return `(${asked.elements(list)}_${x} & ${asked.member(value, list)}_${y} <> 0)`;
  },
  starts_with: partSql,
  suffix: partSql,
  // Of a pattern, whether there is one.
  '~~': (_, pattern, asked) => {
    const side = safeSideOf(pattern);
    return side && `(${asked.known(pattern)}_${side} IS NOT NULL)`;
  },
};

/** That the letters of the part are all in the whole; a part may have a literal put to it. */
function partSql(whole: Expression, part: Expression, asked: Asked): string | undefined {
  const written = part.kind === 'call' && part.name === '||' ? part.args : [part];
  const [text, ...others] = written.filter(({ kind }) => kind !== 'literal');
  if (text === undefined || others.length > 0) return undefined;
  const [x, y] = [safeSideOf(whole), safeSideOf(text)];
  if (x === undefined || y === undefined || x === y) return undefined;
  return withinSql(
    `${asked.letters(text, ['part']).part}_${y}`,
    `${asked.letters(whole, ['whole']).whole}_${x}`,
  );
}

type Measure = (text: Expression, limit: number, asked: Asked) => string;
type Measures = Readonly<Record<string, Measure>>;

const edits: Measure = (text, most, asked) => withinEditsSql(asked.letters(text, ['letters', 'held']), most);
const EDITS: Measures = { levenshtein: edits, damerau_levenshtein: edits };

const similarity =
  (winkler: boolean, reads: readonly (keyof LetterColumns)[]): Measure =>
  (text, least, asked) => {
    const bits = asked.commonBits(text, commonShare(least, winkler));
    return similarSql(asked.letters(text, reads), bits, least, winkler);
  };
const SIMILARITIES: Measures = {
  jaro_similarity: similarity(false, ['letters', 'rest', 'share']),
  jaro_winkler_similarity: similarity(true, ['letters', 'rest', 'share', 'first']),
};

function measuredSql(
  measured: Expression,
  limit: Expression,
  measures: Measures,
  asked: Asked,
): string | undefined {
  if (measured.kind !== 'call' || limit.kind !== 'literal' || typeof limit.value !== 'number')
    return undefined;
  const both = sameOfBoth(measured.args[0], measured.args[1]);
  const measure = Object.hasOwn(measures, measured.name) ? measures[measured.name] : undefined;
  return both && measure?.(both, limit.value, asked);
}
