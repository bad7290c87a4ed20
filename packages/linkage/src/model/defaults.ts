import { type Comparison, type ComparisonLevel, levelsByGamma } from './model.ts';

export interface LevelParameters {
  readonly m: number;
  readonly u: number;
}

const TOP_M = 0.95;
const TOP_WEIGHT = 10;
const BOTTOM_WEIGHT = -5;
const SECOND_WEIGHT = 3;

/**
 * Parameters of a level before anything is known, by γ of k levels: the top level 0.95, the others share the rest;
 * weights go from −5 at the bottom to +3 below the top, which has +10. Source: Splink 4, default m and u.
 */
export function defaultParameters(gamma: number, levelCount: number): LevelParameters {
  if (levelCount === 1) return { m: 1, u: 1 };
  const top = gamma === levelCount - 1;
  const m = top ? TOP_M : (1 - TOP_M) / (levelCount - 1);
  const weight = top
    ? TOP_WEIGHT
    : levelCount === 2
      ? BOTTOM_WEIGHT
      : BOTTOM_WEIGHT + ((SECOND_WEIGHT - BOTTOM_WEIGHT) * gamma) / (levelCount - 2);
  return { m, u: m / 2 ** weight };
}

/** Parameters of the levels by γ: their own where they have them, else the defaults. */
export function parametersByGamma(comparison: Comparison): readonly LevelParameters[] {
  const levels = levelsByGamma(comparison);
  return levels.map((level: ComparisonLevel, gamma) => {
    const fallback = defaultParameters(gamma, levels.length);
    return { m: level.m ?? fallback.m, u: level.u ?? fallback.u };
  });
}
