import { type Model, patternFactors } from '@raccroche/linkage';

/** Where a pattern keeps the γ of a comparison: `(pattern // factor) % radix` is γ + 1. */
export interface PatternPlace {
  readonly factor: number;
  readonly radix: number;
}

/** Place of the comparison of first names in the models of this module. */
export const FIRST_NAME_COMPARISON = 1;

/** γ of a comparison that found nothing in common. */
export const GAMMA_NOTHING_IN_COMMON = 0;

export function patternPlaceOf(model: Model, index: number): PatternPlace {
  const levels = model.comparisons[index]?.levels ?? [];
  const radix = levels.filter(({ isNull }) => isNull !== true).length + 1;
  return { factor: patternFactors(model)[index] ?? 1, radix };
}
