import fc from 'fast-check';
import type { PairList } from '../graph/pair-list.ts';

/** One pair: left, right, weight. */
export type PairRow = readonly [number, number, number];

export function pairList(rows: readonly PairRow[]): PairList {
  return {
    left: Int32Array.from(rows, ([left]) => left),
    right: Int32Array.from(rows, ([, right]) => right),
    weight: Float64Array.from(rows, ([, , weight]) => weight),
  };
}

/** Pairs of `count` records, some of them twice, with weights that often tie. */
export function pairRows(count: number, most: number): fc.Arbitrary<readonly PairRow[]> {
  const record = fc.integer({ min: 0, max: count - 1 });
  return fc.array(
    fc.tuple(record, record, fc.integer({ min: -6, max: 12 })).filter(([left, right]) => left !== right),
    { maxLength: most, size: 'max' },
  );
}
