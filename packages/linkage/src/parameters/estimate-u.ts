import { quoteName } from '../expression/sql-text.ts';
import type { Comparison, Model } from '../model/model.ts';
import { levelsByGamma } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { countPatterns, type PatternCount } from './pattern-counts.ts';

export interface UOptions {
  /** Table made by `createRecordsSql`. */
  readonly records: string;
  /** Pairs drawn at most; all pairs when there are no more. */
  readonly maxPairs?: number;
  readonly seed?: number;
}

const MAX_PAIRS = 5_000_000;

/**
 * Estimates u of every level from pairs drawn at random. Records are shuffled by a seeded hash and each is paired with
 * those that follow it: as many pairs of different records as wanted, where all pairs of a small sample would show the
 * same few records again and again. A level never seen gets half a pair: unseen is rare, not impossible.
 */
export async function estimateU(runner: SqlRunner, model: Model, options: UOptions): Promise<Model> {
  const counts = await countPatterns(runner, model, await randomPairsSql(runner, model, options));
  return withU(model, counts);
}

/** The model with u of every level as counted; levels with a fixed u keep it. */
export function withU(model: Model, counts: readonly PatternCount[]): Model {
  const comparisons = model.comparisons.map((comparison, index) => {
    const shares = levelShares(comparison, index, counts);
    const levels = comparison.levels.map((one) => {
      const gamma = levelsByGamma(comparison).indexOf(one);
      const u = shares[gamma];
      return one.isNull === true || one.fixU === true || u === undefined ? one : { ...one, u };
    });
    return { ...comparison, levels };
  });
  return { ...model, comparisons };
}

const UNSEEN_PAIRS = 0.5;

function levelShares(
  comparison: Comparison,
  index: number,
  counts: readonly PatternCount[],
): readonly number[] {
  const seen = levelsByGamma(comparison).map(() => 0);
  for (const { gammas, pairs } of counts) {
    const gamma = gammas[index] ?? -1;
    if (gamma >= 0) seen[gamma] = (seen[gamma] ?? 0) + pairs;
  }
  const smoothed = seen.map((pairs) => Math.max(pairs, UNSEEN_PAIRS));
  const total = smoothed.reduce((sum, pairs) => sum + pairs, 0);
  return smoothed.map((pairs) => pairs / total);
}

async function randomPairsSql(
  runner: SqlRunner,
  model: Model,
  { records, maxPairs = MAX_PAIRS, seed = 1 }: UOptions,
): Promise<string> {
  const n = await readCount(runner, `SELECT count(*) AS n FROM ${records}`);
  const selected = comparedColumns(model).flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  const across = model.linkType === 'link_only' ? ' AND l.source_no <> r.source_no' : '';
  if ((n * (n - 1)) / 2 <= maxPairs) {
    return `SELECT ${selected.join(', ')} FROM ${records} l JOIN ${records} r ON l.rid < r.rid${across}`;
  }
  const followers = Math.max(1, Math.floor(maxPairs / n));
  const shuffled = `(SELECT *, (row_number() OVER (ORDER BY hash(rid, ${seed}), rid) - 1)::BIGINT AS linkage_place FROM ${records}
    ${n > maxPairs ? `QUALIFY linkage_place < ${maxPairs}` : ''})`;
  return `SELECT ${selected.join(', ')} FROM (SELECT *, unnest(range(1, ${followers + 1})) AS linkage_step FROM ${shuffled}) l
    JOIN ${shuffled} r ON r.linkage_place = (l.linkage_place + l.linkage_step) % ${Math.min(n, maxPairs)}${across}`;
}
