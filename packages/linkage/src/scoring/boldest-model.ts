import { type ComparisonLevel, levelsByGamma, type Model } from '../model/model.ts';
import { comparisonWeights, highestWeight, type LevelWeight } from './weights.ts';

/**
 * The model without frequencies, each level weighing the most that any frequency of a value could make it weigh (no end to it
 * for a level that is adjusted without a least u). What a pair reaches by it depends on its two records alone: no pair reaches
 * more by the model itself, but for rounding.
 */
export function boldestModel(model: Model): Model {
  const comparisons = model.comparisons.map((comparison) => {
    const weights = comparisonWeights(comparison);
    const byGamma = levelsByGamma(comparison);
    const levels = comparison.levels.map((level) => boldest(level, weights[byGamma.indexOf(level)]));
    return { ...comparison, levels };
  });
  return { ...model, comparisons };
}

function boldest({ termFrequency, ...level }: ComparisonLevel, weight?: LevelWeight): ComparisonLevel {
  if (termFrequency === undefined || weight === undefined) return level;
  const { m, u } = weight;
  const gained = 2 ** (highestWeight(weight, () => 0) - weight.weight);
  return { ...level, m, u: Number.isNaN(gained) ? u : u / gained };
}
