import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Model, readModelFile } from '@raccroche/linkage';
import { z } from 'zod';

/** What the shipped model was made from: `npm run model` makes it again, to the byte. */
export const ShippedRecipe = z.object({
  /** Of the invented region. */
  seed: z.number(),
  people: z.number(),
  departments: z.array(z.string()),
  asOf: z.string(),
  /** Ways of writing people that the region gave. */
  variants: z.number(),
  /** SHA-256 of the definition, before anything is estimated: what is compared, and by which levels. */
  definition: z.string(),
  /** SHA-256 of the model file. */
  model: z.string(),
});
export type ShippedRecipe = z.infer<typeof ShippedRecipe>;

/** Files that `npm run model` writes. The model is one that `raccroche-linkage` reads. */
export const SHIPPED_FILES = {
  model: 'generated/siei-model.json',
  recipe: 'generated/siei-model.recipe.json',
} as const;

/** Text of a file beside this one. */
export function readShipped(name: keyof typeof SHIPPED_FILES): string {
  return readFileSync(join(import.meta.dirname, SHIPPED_FILES[name]), 'utf8');
}

/** More than half of all pairs never match: a prior above says that there is hardly anybody. */
const MOST_PRIOR = 0.5;
/** Whatever the campaign, it is seen as drawn from at least as many ways of writing people: a handful says nothing. */
const LEAST_CROWD = 2000;

let shipped: { readonly model: Model; readonly variants: number } | undefined;

/**
 * The model of the SIEI's sources as shipped, estimated on an invented region without labels, its prior set for `variants`
 * ways of writing people: each is believed to have as many matches as in the region, among more or fewer pairs.
 */
export function shippedModel(variants: number): Model {
  shipped ??= {
    model: readModelFile(readShipped('model')),
    variants: ShippedRecipe.parse(JSON.parse(readShipped('recipe'))).variants,
  };
  const { model, variants: trainedOn } = shipped;
  const crowd = Math.max(variants, LEAST_CROWD);
  return { ...model, prior: Math.min(MOST_PRIOR, (model.prior * (trainedOn - 1)) / (crowd - 1)) };
}
