import { type ExactOptions, exactLevel, nullLevel, type Similarity } from '../levels/levels.ts';
import {
  bestPairLevel,
  overlapLevel,
  sameWordsLevel,
  subsetLevel,
  tokenShareLevel,
} from '../levels/list-levels.ts';
import { type Comparison, otherwise } from '../model/model.ts';

/** Lists with as many elements in common as each size, from the greatest. */
export function listOverlap<Column extends string>(
  name: Column,
  sizes: readonly number[] = [1],
): Comparison<Column> {
  const overlaps = sizes.map((size) => overlapLevel(name, size));
  return { name, columns: [name], levels: [nullLevel(name), ...overlaps, otherwise()] };
}

/** Lists of which one is within the other, then those with something in common. */
export function listSubset<Column extends string>(name: Column): Comparison<Column> {
  const levels = [nullLevel(name), subsetLevel(name), overlapLevel(name, 1), otherwise()];
  return { name, columns: [name], levels };
}

/** Lists by their most similar pair of elements, from the highest threshold to the lowest. */
export function bestPairAtThresholds<Column extends string>(
  name: Column,
  similarity: Similarity = 'jaro_winkler_similarity',
  thresholds: readonly number[] = [0.92, 0.88],
): Comparison<Column> {
  const near = thresholds.map((threshold) => bestPairLevel(name, similarity, threshold));
  return {
    name,
    columns: [name],
    levels: [nullLevel(name), overlapLevel(name, 1), ...near, otherwise()],
  };
}

/** Texts: equal, the same words in another order, then at least so much of the shorter one's words (0 to 1, descending). */
export function tokenOverlap<Column extends string>(
  name: Column,
  shares: readonly number[] = [1, 0.5],
  options: ExactOptions = {},
): Comparison<Column> {
  const overlaps = shares.map((share) => tokenShareLevel(name, share));
  const levels = [nullLevel(name), exactLevel(name, options), sameWordsLevel(name), ...overlaps, otherwise()];
  return { name, columns: [name], levels };
}
