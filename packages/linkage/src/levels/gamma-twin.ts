import { compileExpression, type Evaluate, NoTwinError } from '../expression/compile.ts';
import type { Row } from '../expression/expression.ts';
import { type Comparison, gammas, isElse } from '../model/model.ts';

/**
 * The twin of `gammaSql`: γ of a pair, given as `x_l`, `x_r`: −1, or 0 to k − 1. The first level whose condition is true
 * wins; NULL is not true. Throws NoTwinError when a level runs in SQL only, TypeError when the last level is not ELSE.
 */
export function gammaOf(comparison: Comparison): (pair: Row) => number {
  const { name, levels } = comparison;
  const last = levels.at(-1);
  if (last === undefined || !isElse(last)) throw new TypeError(`${name}: its last level must be ELSE`);
  const tests = gammas(comparison)
    .filter(({ level }) => !isElse(level))
    .map(({ gamma, level }): { readonly gamma: number; readonly holds: Evaluate } => {
      if (level.condition === undefined) throw new NoTwinError(`level «${level.label}» of ${name}`);
      return { gamma, holds: compileExpression(level.condition) };
    });
  return (pair) => {
    for (const { gamma, holds } of tests) if (holds(pair) === true) return gamma;
    return 0;
  };
}

/** Two records as one pair: `x` of the left one as `x_l`, of the right one as `x_r`. */
export function pairOf(leftRecord: Row, rightRecord: Row): Row {
  const pair: Record<string, Row[string]> = {};
  // A loop over the keys: a look-up makes a pair of each candidate.
  for (const name in leftRecord) pair[`${name}_l`] = leftRecord[name];
  for (const name in rightRecord) pair[`${name}_r`] = rightRecord[name];
  return pair;
}
