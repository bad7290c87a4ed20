import type { Comparison, Derivation } from '../model/model.ts';

/**
 * Comparisons on columns that are made once for each record, before any pair is looked at. `Columns` are those of the
 * input that the derivations read: give both lists to the model.
 */
export interface Prepared<Columns extends string = string> {
  readonly derivations: readonly Derivation[];
  readonly comparisons: readonly Comparison<Columns>[];
}

/** Several together. */
export function prepare<Columns extends string>(...parts: readonly Prepared<Columns>[]): Prepared<Columns> {
  return {
    derivations: parts.flatMap(({ derivations }) => derivations),
    comparisons: parts.flatMap(({ comparisons }) => comparisons),
  };
}
