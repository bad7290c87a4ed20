import { ofRecord, recordSql } from '../blocking/sides.ts';
import { columnsOf, type Expression } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { ComparisonLevel } from '../model/model.ts';
import { elementBitsSql, memberBitSql } from './elements.ts';
import { capitalSql, commonBitsSql, type LetterColumns, letterBitsSql, lettersSql } from './letters.ts';
import { type Asked, exactSql, impliedSql } from './sketch-conditions.ts';
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
  /** The same SQL over fewer columns: whether a value is there is told by its number, or by its elements, where `beside` reads these. */
  merged(sql: string, beside: string): string;
  /** What has been asked about so far, an expression of one record each; only what `condition`, over a pair, reads where it is given. */
  parts(condition?: string): readonly SketchPart[];
}

/** Columns to be added to the records `k`. */
export interface SketchPart {
  /** Columns of the records that they come from. */
  readonly reads: readonly string[];
  readonly names: readonly string[];
  /** SELECT list, over the records and what is joined to them. */
  readonly selected: readonly string[];
  /** Joins a dictionary of the values that the records have: the part is dear where they are many. */
  readonly join?: (records: string) => string;
}

interface Traced {
  readonly place: number;
  readonly sql: string;
  reads: readonly string[];
  /** Joins its dictionary: has its number, or its letters too. */
  numbered: boolean;
  readonly letters: Set<keyof LetterColumns>;
  /** Columns of `commonBitsSql`, by the share in common. */
  readonly commonBits: Map<number, string>;
  /** Columns that need no dictionary, with their SQL. */
  readonly plain: Map<string, string>;
}

/**
 * A sketch that grows with what is asked about: each different expression of one record that levels hold equal is numbered by
 * its value (the least `rid` that has it), its letters are told where they are measured, and of lists bits of their elements.
 * `rarest` gives the least term frequency of a column.
 */
export function newSketch(rarest: (column: string) => number): Sketch {
  const traced = new Map<string, Traced>();
  const weights = new Map<string, { readonly name: string; readonly reads: string }>();
  const trace = (expression: Expression): Traced => {
    const key = JSON.stringify(ofRecord(expression));
    const found = traced.get(key) ?? {
      place: traced.size,
      sql: recordSql(expression),
      reads: columnsOf(ofRecord(expression)),
      numbered: false,
      letters: new Set<keyof LetterColumns>(),
      commonBits: new Map<number, string>(),
      plain: new Map<string, string>(),
    };
    traced.set(key, found);
    return found;
  };
  const asked = askedOf(trace);
  return {
    exactly: ({ condition }) => (condition === undefined ? undefined : exactSql(condition, asked)),
    implied: ({ condition }) => (condition === undefined ? undefined : impliedSql(condition, asked)),
    weight: (level) => {
      if (level.termFrequency === undefined) return numberSql(level.weight);
      const sql = leftWeightSql(level, rarest);
      const reads = `tf_${level.termFrequency.column}`;
      const weight = weights.get(sql) ?? { name: `linkage_weight_${weights.size}`, reads };
      weights.set(sql, weight);
      return `${weight.name}_l`;
    },
    merged: (sql, beside) =>
      [...traced.values()].reduce((written, { place }) => {
        const told = ['code', 'elements'].find((what) => beside.includes(`linkage_${what}_${place}_`));
        const known = new RegExp(`\\blinkage_known_${place}_(?=[lr]\\b)`, 'g');
        return told === undefined ? written : written.replace(known, `linkage_${told}_${place}_`);
      }, sql),
    parts: (condition) => {
      const isRead = (name: string): boolean =>
        condition === undefined || ['l', 'r'].some((side) => condition.includes(`${name}_${side}`));
      const weighed = [...weights].flatMap(([sql, { name, reads }]): SketchPart[] =>
        isRead(name) ? [{ reads: [reads], names: [name], selected: [`${sql} AS ${name}`] }] : [],
      );
      const parts = [...traced.values()].map((one): SketchPart => {
        const joined = joinedNames(one).filter(isRead);
        const plain = [...one.plain].filter(([name]) => isRead(name));
        return {
          reads: one.reads,
          names: [...joined, ...plain.map(([name]) => name)],
          selected: [
            ...joined.map((name) => `s${one.place}.${name}`),
            ...plain.map(([name, sql]) => `${sql} AS ${name}`),
          ],
          ...(joined.length === 0 ? {} : { join: (records: string) => dictionarySql(records, one) }),
        };
      });
      return [...parts.filter((part) => part.names.length > 0), ...weighed];
    },
  };
}

/** What conditions may ask of expressions, as traced. */
function askedOf(trace: (expression: Expression) => Traced): Asked {
  const plain = (what: string, expression: Expression, sql: (of: string) => string): string => {
    const found = trace(expression);
    const name = `linkage_${what}_${found.place}`;
    found.plain.set(name, sql(found.sql));
    return name;
  };
  return {
    number: (expression) => {
      const found = trace(expression);
      found.numbered = true;
      return codeName(found.place);
    },
    letters: (expression, wanted) => {
      const found = trace(expression);
      for (const one of wanted) found.letters.add(one);
      return letterNames(found.place);
    },
    known: (expression) =>
      plain('known', expression, (of) => `CASE WHEN ${of} IS NOT NULL THEN 1::UTINYINT END`),
    commonBits: (expression, share) => {
      const { commonBits, place } = trace(expression);
      const name = commonBits.get(share) ?? `linkage_common_${place}_${commonBits.size}`;
      commonBits.set(share, name);
      return name;
    },
    value: (expression) => plain('value', expression, (of) => of),
    elements: (list) => plain('elements', list, elementBitsSql),
    member: (value, list) => {
      const [one, held] = [trace(value), trace(list)];
      one.reads = [...new Set([...one.reads, ...held.reads])];
      return plain(`member_${held.place}`, value, (of) => memberBitSql(of, recordSql(list)));
    },
  };
}

const codeName = (place: number): string => `linkage_code_${place}`;
const letterNames = (place: number): LetterColumns => ({
  letters: `linkage_letters_${place}`,
  held: `linkage_held_${place}`,
  rest: `linkage_rest_${place}`,
  share: `linkage_share_${place}`,
  first: `linkage_first_${place}`,
  part: `linkage_part_${place}`,
  whole: `linkage_whole_${place}`,
});
const joinedNames = ({ place, numbered, letters, commonBits }: Traced): readonly string[] => [
  ...(numbered ? [codeName(place)] : []),
  ...[...letters].map((one) => letterNames(place)[one]),
  ...commonBits.values(),
];

/**
 * Each value once, whoever shares it; NULL has no number. A text whose letters are told stands once for each of its spellings: a
 * collation holds Émile and Emile equal, so that they share a number, but measures count their letters apart.
 */
function dictionarySql(records: string, { place, sql, letters, commonBits }: Traced): string {
  const code = codeName(place);
  const present = `(SELECT rid, ${sql} AS value FROM ${records}) WHERE value IS NOT NULL`;
  if (letters.size === 0)
    return `LEFT JOIN (SELECT value AS linkage_of, min(rid) AS ${code} FROM ${present} GROUP BY value)
      s${place} ON s${place}.linkage_of = ${sql}`;
  const names = letterNames(place);
  const common = [...commonBits].map(([share, name]) => `${commonBitsSql(names, share)} AS ${name}`);
  return `LEFT JOIN (SELECT ${['spelt AS linkage_of', code, ...lettersSql('value', names), ...common].join(', ')} FROM (
        SELECT *, ${letterBitsSql()} AS ${names.letters} FROM (
          SELECT value::VARCHAR AS value, spelt, ${capitalSql('value::VARCHAR')} AS capital,
            min(first) OVER alike AS ${code} FROM (
              SELECT value, ${spellingSql('value')} AS spelt, min(rid) AS first
              FROM ${present} GROUP BY value, spelt)
          WINDOW alike AS (PARTITION BY value))))
      s${place} ON s${place}.linkage_of = ${spellingSql(sql)}`;
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
