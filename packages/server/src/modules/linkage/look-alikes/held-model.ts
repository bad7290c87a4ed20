import { type Model, readModelFile } from '@raccroche/linkage';

/** A model that an earlier campaign estimated on its own records, with how rare names were on these (ADR 0025). */
export interface HeldModel {
  /** As a file. */
  readonly text: string;
  /** Ways of writing persons that it was estimated on. */
  readonly variants: number;
  /** What follows FROM: the rows of its `linkage.term_counts`. */
  readonly terms: string;
}

/** How many times more, or fewer, ways of writing persons than a model was estimated on it may judge: λ and the rest are theirs. */
const MOST_GROWTH = 1.25;

/** The model held over, when it may judge `variants` ways of writing persons; undefined when one is to be estimated. */
export function heldModel(held: HeldModel | undefined, variants: number): Model | undefined {
  if (held === undefined) return undefined;
  const growth = variants / held.variants;
  return growth <= MOST_GROWTH && growth >= 1 / MOST_GROWTH ? readModelFile(held.text) : undefined;
}
