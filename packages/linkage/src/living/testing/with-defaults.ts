import { parametersByGamma } from '../../model/defaults.ts';
import { levelsByGamma, type Model } from '../../model/model.ts';

/** The model with its levels' defaults written out: for tests to which any weight will do. */
export function withDefaults(model: Model): Model {
  const comparisons = model.comparisons.map((comparison) => {
    const byGamma = levelsByGamma(comparison);
    const parameters = parametersByGamma(comparison);
    return {
      ...comparison,
      levels: comparison.levels.map((one) => ({ ...one, ...possible(parameters[byGamma.indexOf(one)]) })),
    };
  });
  return { ...model, comparisons };
}

/** The defaults of the lowest level are more than 1: they are meant for weights, not for a model file. */
function possible(parameters: { readonly m: number; readonly u: number } | undefined): {
  m?: number;
  u?: number;
} {
  return parameters === undefined ? {} : { m: parameters.m, u: Math.min(1, parameters.u) };
}
