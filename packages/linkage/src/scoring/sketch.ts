import { ofRecord, recordSql, type Side, sideOf } from '../blocking/sides.ts';
import { type Expression, functionsOf } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { ComparisonLevel } from '../model/model.ts';
import {
  capitalSql,
  type LetterColumns,
  letterBitsSql,
  lettersSql,
  similarSql,
  withinEditsSql,
} from './letters.ts';
import { numberSql } from './weight-sql.ts';
import { highestWeight, type LevelWeight } from './weights.ts';

/** Numbers of a record, a few bytes each, by which most pairs are told to be far from alike before any text is read. */
export interface Sketch {
  /** SQL over a pair's numbers that is true where the level is, and nowhere else; undefined when they do not tell. */
  exactly(level: ComparisonLevel): string | undefined;
  /** SQL that is true wherever the level is; undefined when they tell nothing. */
  implied(level: ComparisonLevel): string | undefined;
  /** SQL of the most that a level can weigh, when it holds. */
  weight(level: LevelWeight): string;
  /** What has been asked about so far. */
  columns(records: string): SketchColumns;
}

/** Columns to be added to the records. */
export interface SketchColumns {
  readonly names: readonly string[];
  /** SELECT list, over the records and what is joined to them. */
  readonly selected: readonly string[];
  readonly joins: readonly string[];
}

interface Traced {
  readonly place: number;
  readonly sql: string;
  letters: boolean;
}

/**
 * A sketch that grows with what is asked about: each different expression of one record that levels hold equal, or measure, is
 * numbered by its value (the least `rid` that has it), and its letters are told where they are measured. `rarest` gives the
 * least term frequency of a column.
 */
export function newSketch(rarest: (column: string) => number): Sketch {
  const traced = new Map<string, Traced>();
  const weights = new Map<string, string>();
  const trace = (expression: Expression): Traced => {
    const key = JSON.stringify(ofRecord(expression));
    const found = traced.get(key) ?? { place: traced.size, sql: recordSql(expression), letters: false };
    traced.set(key, found);
    return found;
  };
  const number: Numbered = (expression) => codeName(trace(expression).place);
  const letters: Lettered = (expression) => {
    const found = trace(expression);
    found.letters = true;
    return letterNames(found.place);
  };
  return {
    exactly: ({ condition }) => (condition === undefined ? undefined : exactSql(condition, number)),
    implied: ({ condition }) =>
      condition === undefined ? undefined : impliedSql(condition, number, letters),
    weight: (level) => {
      if (level.termFrequency === undefined) return numberSql(level.weight);
      const sql = leftWeightSql(level, rarest);
      const name = weights.get(sql) ?? `linkage_weight_${weights.size}`;
      weights.set(sql, name);
      return `${name}_l`;
    },
    columns: (records) => {
      const all = [...traced.values()];
      const told = all.flatMap((one) => namesOf(one).map((name) => `s${one.place}.${name}`));
      const weighed = [...weights].map(([sql, name]) => `${sql} AS ${name}`);
      return {
        names: [...all.flatMap(namesOf), ...weights.values()],
        selected: [...told, ...weighed],
        joins: all.map((one) => dictionarySql(records, one)),
      };
    },
  };
}

type Numbered = (expression: Expression) => string;
type Lettered = (expression: Expression) => LetterColumns;

const codeName = (place: number): string => `linkage_code_${place}`;
const letterNames = (place: number): LetterColumns => ({
  letters: `linkage_letters_${place}`,
  held: `linkage_held_${place}`,
  rest: `linkage_rest_${place}`,
  share: `linkage_share_${place}`,
  first: `linkage_first_${place}`,
});
const namesOf = ({ place, letters }: Traced): readonly string[] => [
  codeName(place),
  ...(letters ? Object.values<string>({ ...letterNames(place) }) : []),
];

/**
 * Each value once, whoever shares it; NULL has no number. A text whose letters are told stands once for each of its spellings: a
 * collation holds Émile and Emile equal, so that they share a number, but measures count their letters apart.
 */
function dictionarySql(records: string, { place, sql, letters }: Traced): string {
  const code = codeName(place);
  const present = `(SELECT rid, ${sql} AS value FROM ${records}) WHERE value IS NOT NULL`;
  if (!letters)
    return `LEFT JOIN (SELECT value, min(rid) AS ${code} FROM ${present} GROUP BY value)
      s${place} ON s${place}.value = ${sql}`;
  const names = letterNames(place);
  return `LEFT JOIN (SELECT ${['spelt', code, ...lettersSql('value', names)].join(', ')} FROM (
        SELECT *, ${letterBitsSql()} AS ${names.letters} FROM (
          SELECT value::VARCHAR AS value, spelt, ${capitalSql('value::VARCHAR')} AS capital,
            min(first) OVER alike AS ${code} FROM (
              SELECT value, ${spellingSql('value')} AS spelt, min(rid) AS first
              FROM ${present} GROUP BY value, spelt)
          WINDOW alike AS (PARTITION BY value))))
      s${place} ON s${place}.spelt = ${spellingSql(sql)}`;
}

const spellingSql = (value: string): string => `encode((${value})::VARCHAR)`;

/** Of the left record's frequency alone: the commoner of both counts, which weighs no more. */
function leftWeightSql(level: LevelWeight, rarest: (column: string) => number): string {
  const { termFrequency, weight } = level;
  if (termFrequency === undefined) return numberSql(weight);
  const { column, weight: share, minimumU, log2Base } = termFrequency;
  const frequency = quoteName(`tf_${column}`);
  const adjusted = `${numberSql(weight)} + ${share} * (${numberSql(log2Base)} - log2(greatest(${frequency}, ${minimumU})))`;
  return `CASE WHEN ${frequency} IS NULL THEN ${numberSql(highestWeight(level, rarest))} ELSE ${adjusted} END`;
}

const oneSided = (side: Side): boolean => side === 'l' || side === 'r';

/** Fail on some values: a record that is in no pair may have one. */
const FAILING: ReadonlySet<string> = new Set(['cast', 'strptime']);

/** The same expression of both records; undefined for anything else. */
function sameOfBoth(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
  if (a === undefined || b === undefined) return undefined;
  const [x, y] = [sideOf(a), sideOf(b)];
  if (!(oneSided(x) && oneSided(y)) || x === y) return undefined;
  if (functionsOf(a).some((name) => FAILING.has(name))) return undefined;
  return JSON.stringify(ofRecord(a)) === JSON.stringify(ofRecord(b)) ? a : undefined;
}

function exactSql(condition: Expression, number: Numbered): string | undefined {
  if (condition.kind !== 'call') return undefined;
  const { name, args } = condition;
  const [a, b] = args;
  if (name === 'is_null') return a && missingSql(a, number);
  if (name === '=' || name === '<>') {
    const both = sameOfBoth(a, b);
    return both && `(${number(both)}_l ${name} ${number(both)}_r)`;
  }
  if (name !== 'and' && name !== 'or') return undefined;
  const either = name === 'or' && args.length === 2 ? eitherMissing(args) : undefined;
  // One comparison is cheaper than two conditions.
  if (either !== undefined) return `((${number(either)}_l = ${number(either)}_r) IS NULL)`;
  const terms = args.flatMap((term) => exactSql(term, number) ?? []);
  return terms.length === args.length && terms.length > 0
    ? `(${terms.join(` ${name.toUpperCase()} `)})`
    : undefined;
}

function missingSql(value: Expression, number: Numbered): string | undefined {
  const side = sideOf(value);
  return oneSided(side) && !functionsOf(value).some((name) => FAILING.has(name))
    ? `(${number(value)}_${side} IS NULL)`
    : undefined;
}

/** What both sides of `x_l IS NULL OR x_r IS NULL` ask about. */
function eitherMissing(args: readonly Expression[]): Expression | undefined {
  const [a, b] = args.map((one) => (one.kind === 'call' && one.name === 'is_null' ? one.args[0] : undefined));
  return sameOfBoth(a, b);
}

function impliedSql(condition: Expression, number: Numbered, letters: Lettered): string | undefined {
  if (condition.kind !== 'call') return undefined;
  const { name, args } = condition;
  if (name === 'and' || name === 'or') {
    // That values differ rules out next to nothing.
    const asked = name === 'and' ? args.filter((term) => term.kind !== 'call' || term.name !== '<>') : args;
    const known = asked.flatMap((term) => impliedSql(term, number, letters) ?? []);
    if (known.length === 0 || (name === 'or' && known.length < args.length)) return undefined;
    return `(${known.join(` ${name.toUpperCase()} `)})`;
  }
  const exact = exactSql(condition, number);
  if (exact !== undefined) return exact;
  const [a, b] = args;
  if (name === '<=' || name === '<') return measuredSql(a, b, EDITS, letters);
  if (name === '>=' || name === '>') return measuredSql(a, b, SIMILARITIES, letters);
  return undefined;
}

type Measures = Readonly<Record<string, (columns: LetterColumns, limit: number) => string>>;

const EDITS: Measures = { levenshtein: withinEditsSql, damerau_levenshtein: withinEditsSql };
const SIMILARITIES: Measures = {
  jaro_similarity: (columns, least) => similarSql(columns, least, false),
  jaro_winkler_similarity: (columns, least) => similarSql(columns, least, true),
};

function measuredSql(
  measured: Expression | undefined,
  limit: Expression | undefined,
  measures: Measures,
  letters: Lettered,
): string | undefined {
  if (measured?.kind !== 'call' || limit?.kind !== 'literal' || typeof limit.value !== 'number')
    return undefined;
  const both = sameOfBoth(measured.args[0], measured.args[1]);
  const sql = Object.hasOwn(measures, measured.name) ? measures[measured.name] : undefined;
  return both === undefined || sql === undefined ? undefined : sql(letters(both), limit.value);
}
