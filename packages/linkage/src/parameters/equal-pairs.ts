import type { Expression } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import { parametersByGamma } from '../model/defaults.ts';
import { type Comparison, gammas, type Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import { exactColumns } from '../scoring/weights.ts';
import type { LinkSession } from '../session.ts';
import { acrossSources, bothSides } from './estimate-u.ts';
import { countPatterns, type PatternCount } from './pattern-counts.ts';

/** Pairs that agree in one comparison, found by no other rule than this agreement. */
export interface EqualPairs {
  /** Place of the comparison. */
  readonly comparison: number;
  /** Its level that is the plain equality, always the highest. */
  readonly gamma: number;
  readonly counts: readonly PatternCount[];
}

/** Pairs counted of each comparison, about. */
const PAIRS = 100_000;
const HASHES = 1 << 20;
/** Share of matches among the pairs that agree, above which they say little of different persons. */
const MOSTLY_MATCHES = 0.2;

/**
 * Patterns of a sample, by hash of the left record, of the pairs that agree in each comparison whose highest level is the
 * plain equality of columns; not of those whose equality hardly ever joins different persons (an e-mail, a phone). The
 * model tells which, hence is trained.
 */
export async function countEqualPairs(
  { runner, records }: LinkSession,
  model: Model,
  seed: number,
): Promise<readonly EqualPairs[]> {
  const found: EqualPairs[] = [];
  for (const [index, comparison] of model.comparisons.entries()) {
    const columns = equalityOf(comparison)?.map(quoteName);
    const top = parametersByGamma(comparison).at(-1);
    if (columns === undefined || top === undefined) continue;
    if (model.prior * top.m > MOSTLY_MATCHES * top.u) continue;
    const present = columns.map((name) => `${name} IS NOT NULL`).join(' AND ');
    const all = await readCount(
      runner,
      `SELECT coalesce(sum(n * (n - 1) / 2), 0) AS n FROM
        (SELECT count(*) AS n FROM ${records} WHERE ${present} GROUP BY ${columns.join(', ')})`,
    );
    if (all === 0) continue;
    const limit = Math.ceil(Math.min(1, PAIRS / all) * HASHES);
    const equal = columns.map((name) => `l.${name} = r.${name}`).join(' AND ');
    const pairs = `SELECT ${bothSides(comparedColumns(model))} FROM ${records} l JOIN ${records} r ON ${equal}
      AND l.rid < r.rid${acrossSources(model)} WHERE hash(l.rid, ${seed}) % ${HASHES} < ${limit}`;
    const gamma = parametersByGamma(comparison).length - 1;
    found.push({ comparison: index, gamma, counts: await countPatterns(runner, model, pairs) });
  }
  return found;
}

/** Columns of the highest level when it is their plain equality, and nothing but a missing value comes before it. */
function equalityOf(comparison: Comparison): readonly string[] | undefined {
  const levels = gammas(comparison);
  const highest = levels.findIndex(({ gamma }) => gamma >= 0);
  const columns = levels[highest] === undefined ? undefined : exactColumns(levels[highest].level);
  if (columns === undefined) return undefined;
  const sides = columns.flatMap((name) => [`${name}_l`, `${name}_r`]);
  const before = levels.slice(0, highest).every(({ level }) => isPlainlyMissing(level.condition, sides));
  return before ? columns : undefined;
}

/** Whether the condition is no more than the absence of some of these values: an equal pair is then never taken by it. */
function isPlainlyMissing(condition: Expression | undefined, sides: readonly string[]): boolean {
  if (condition?.kind !== 'call') return false;
  if (condition.name === 'or') return condition.args.every((one) => isPlainlyMissing(one, sides));
  const [value] = condition.args;
  return condition.name === 'is_null' && value?.kind === 'column' && sides.includes(value.name.toLowerCase());
}
