import { type ComparisonLevel, levelsByGamma, type Model } from '../model/model.ts';

/** Levels that are `wanted`, as `comparison:gamma` by their places: what `EmOptions` reads. */
export function levelKeys(model: Model, wanted: (level: ComparisonLevel) => boolean): ReadonlySet<string> {
  const keys = model.comparisons.flatMap((comparison, index) =>
    levelsByGamma(comparison).flatMap((one, gamma) => (wanted(one) ? [`${index}:${gamma}`] : [])),
  );
  return new Set(keys);
}
