import { and, atLeast, atMost, call, equal, isNull, left, or, right } from '../expression/expression.ts';
import { type Comparison, type ComparisonLevel, level, otherwise } from '../model/model.ts';

/** One of the sides is missing. */
export function nullLevel(...columns: readonly string[]): ComparisonLevel {
  const missing = columns.map((name) => or(isNull(left(name)), isNull(right(name))));
  return level(
    `${columns.join(' or ')} missing`,
    missing.length === 1 ? (missing[0] ?? or()) : or(...missing),
    {
      isNull: true,
    },
  );
}

export interface ExactOptions {
  /** Weigh agreement by how rare the value is. */
  readonly termFrequency?: boolean;
  /** Least frequency believed, 0 to 1. */
  readonly minimumU?: number;
}

export function exactLevel(name: string, options: ExactOptions = {}): ComparisonLevel {
  const adjusted = options.termFrequency === true;
  const termFrequency = { column: name, weight: 1, minimumU: options.minimumU ?? 0, ownU: false };
  return level(`${name} equal`, equal(left(name), right(name)), adjusted ? { termFrequency } : {});
}

/** Both columns equal, each to the other's: first and family name written the wrong way round. */
export function swappedLevel(a: string, b: string): ComparisonLevel {
  return level(`${a} and ${b} swapped`, and(equal(left(a), right(b)), equal(left(b), right(a))));
}

/** Similarity functions: 1 for equal texts, 0 for nothing in common. */
export type Similarity = 'jaro_similarity' | 'jaro_winkler_similarity' | 'jaccard';
/** Distances: 0 for equal texts, one for each edit. */
export type Distance = 'levenshtein' | 'damerau_levenshtein';

export function similarityLevel(name: string, similarity: Similarity, threshold: number): ComparisonLevel {
  const measured = call(similarity, left(name), right(name));
  return level(`${similarity} of ${name} >= ${threshold}`, atLeast(measured, threshold));
}

export function distanceLevel(name: string, distance: Distance, threshold: number): ComparisonLevel {
  const measured = call(distance, left(name), right(name));
  return level(`${distance} of ${name} <= ${threshold}`, atMost(measured, threshold));
}

export function exactMatch<Column extends string>(
  name: Column,
  options: ExactOptions = {},
): Comparison<Column> {
  return { name, columns: [name], levels: [nullLevel(name), exactLevel(name, options), otherwise()] };
}

/** Equal, then as similar as each threshold, from the highest to the lowest. */
export function similarityAtThresholds<Column extends string>(
  name: Column,
  similarity: Similarity,
  thresholds: readonly number[],
  options: ExactOptions = {},
): Comparison<Column> {
  const similar = thresholds.map((threshold) => similarityLevel(name, similarity, threshold));
  return {
    name,
    columns: [name],
    levels: [nullLevel(name), exactLevel(name, options), ...similar, otherwise()],
  };
}

/** Equal, then as near as each number of edits, from the lowest to the highest. */
export function distanceAtThresholds<Column extends string>(
  name: Column,
  distance: Distance,
  thresholds: readonly number[],
  options: ExactOptions = {},
): Comparison<Column> {
  const near = thresholds.map((threshold) => distanceLevel(name, distance, threshold));
  return {
    name,
    columns: [name],
    levels: [nullLevel(name), exactLevel(name, options), ...near, otherwise()],
  };
}
