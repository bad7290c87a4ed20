import type { Comparison, Derivation } from '../model/model.ts';

declare const beforehand: unique symbol;
/** Name of a column that a prepared comparison makes for itself: no name of the input. */
export type PreparedName = string & { readonly [beforehand]: true };

/**
 * Comparisons on columns that are made once for each record, before any pair is looked at. `Columns` are those of the
 * input that the derivations read: give both lists to the model.
 */
export interface Prepared<Columns extends string = string> {
  readonly derivations: readonly Derivation<PreparedName>[];
  readonly comparisons: readonly Comparison<Columns>[];
}

/** Derivations of a prepared comparison. */
export function prepared(...derivations: readonly Derivation[]): readonly Derivation<PreparedName>[] {
  return derivations as readonly Derivation<PreparedName>[];
}

/** Several together. */
export function prepare<Columns extends string>(...parts: readonly Prepared<Columns>[]): Prepared<Columns> {
  return {
    derivations: parts.flatMap(({ derivations }) => derivations),
    comparisons: parts.flatMap(({ comparisons }) => comparisons),
  };
}
