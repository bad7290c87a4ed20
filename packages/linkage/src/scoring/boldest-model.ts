import { type ComparisonLevel, levelsByGamma, type Model } from '../model/model.ts';
import { comparisonWeights, highestWeight, type LevelWeight } from './weights.ts';

/**
 * The model without frequencies, each level weighing what it weighs for a value of the frequency `rarest`: what a pair reaches
 * by it depends on its two records alone, and none reaches more by the model itself while no value is rarer, but for rounding.
 */
export function boldestModel(model: Model, rarest: number): Model {
  const comparisons = model.comparisons.map((comparison) => {
    const weights = comparisonWeights(comparison);
    const byGamma = levelsByGamma(comparison);
    const levels = comparison.levels.map((level) =>
      boldest(level, weights[byGamma.indexOf(level)], () => rarest),
    );
    return { ...comparison, levels };
  });
  return { ...model, comparisons };
}

function boldest(
  { termFrequency, ...level }: ComparisonLevel,
  weight: LevelWeight | undefined,
  rarest: (column: string) => number,
): ComparisonLevel {
  if (termFrequency === undefined || weight === undefined) return level;
  const { m, u } = weight;
  const gained = highestWeight(weight, rarest) - weight.weight;
  // Without m or without u the weight has no end, and nothing to gain.
  return { ...level, m, u: Number.isNaN(gained) ? u : u / 2 ** gained };
}
