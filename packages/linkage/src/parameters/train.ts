import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { parametersByGamma } from '../model/defaults.ts';
import { levelsByGamma, type Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import type { LinkSession } from '../session.ts';
import { estimateU } from './estimate-u.ts';
import { type ComparisonParameters, type EmResult, maximiseExpectation } from './expectation-maximisation.ts';
import { countPatterns, type PatternCount } from './pattern-counts.ts';

export interface TrainOptions {
  readonly seed?: number;
  /** Random pairs for u. */
  readonly maxRandomPairs?: number;
  /** Rounds of EM at most, in each pass. */
  readonly maxIterations?: number;
}

export interface Training {
  readonly model: Model;
  /** Pairs looked at, by all blocking rules together. */
  readonly candidatePairs: number;
  readonly em: EmResult;
}

/** Passes of EM, each followed by taking the matches out of u. */
const PASSES = 3;
/** Every level is given this many matching pairs beforehand: unseen is rare, not impossible. */
const SMOOTHING = 0.5;
const LEAST_U = 1e-9;

/**
 * Trains a model without a label. u comes from random pairs; then one EM over all candidate pairs at once finds m of all
 * comparisons and λ, pairs that no rule found counting as not matching; then the matches that random pairs contain are
 * taken out of u (u = (share − λ·m) / (1 − λ)), and EM runs again.
 */
export async function trainModel(
  session: LinkSession,
  model: Model,
  options: TrainOptions = {},
): Promise<Training> {
  const { runner, records } = session;
  const sampled = await estimateU(runner, model, {
    records,
    ...(options.maxRandomPairs === undefined ? {} : { maxPairs: options.maxRandomPairs }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const counts = await countPatterns(
    runner,
    model,
    candidatePairsSql({
      records,
      linkType: model.linkType,
      rules: model.blockingRules,
      columns: comparedColumns(model),
    }),
  );
  const em = trainOnCounts(sampled, counts, session.possiblePairs, options);
  return {
    model: withParameters(sampled, em.prior, em.comparisons),
    candidatePairs: counts.reduce((sum, { pairs }) => sum + pairs, 0),
    em,
  };
}

function trainOnCounts(
  model: Model,
  counts: readonly PatternCount[],
  totalPairs: number,
  { maxIterations = 200 }: TrainOptions,
): EmResult {
  const random = model.comparisons.map(parametersByGamma);
  let comparisons: readonly ComparisonParameters[] = random.map((levels) => ({
    m: levels.map(({ m }) => m),
    u: levels.map(({ u }) => u),
  }));
  let prior = model.prior;
  let em: EmResult | undefined;
  for (let pass = 0; pass < PASSES; pass++) {
    em = maximiseExpectation(
      counts,
      { prior, comparisons },
      {
        trained: model.comparisons.map((_, index) => index),
        totalPairs,
        maxIterations,
        convergence: 1e-7,
        smoothing: SMOOTHING,
        fixedM: fixedLevels(model),
      },
    );
    prior = em.prior;
    comparisons = em.comparisons.map(({ m }, index) => ({
      m,
      u: m.map((share, gamma) =>
        Math.max(LEAST_U, ((random[index]?.[gamma]?.u ?? 0) - prior * share) / (1 - prior)),
      ),
    }));
  }
  if (em === undefined) throw new RangeError('no pass of EM ran');
  return { ...em, comparisons };
}

function fixedLevels(model: Model): ReadonlySet<string> {
  const fixed = model.comparisons.flatMap((comparison, index) =>
    levelsByGamma(comparison).flatMap((one, gamma) => (one.fixM === true ? [`${index}:${gamma}`] : [])),
  );
  return new Set(fixed);
}

/** The model with these parameters; levels that are fixed keep theirs. */
export function withParameters(
  model: Model,
  prior: number,
  parameters: readonly ComparisonParameters[],
): Model {
  const comparisons = model.comparisons.map((comparison, index) => {
    const byGamma = levelsByGamma(comparison);
    const levels = comparison.levels.map((one) => {
      const gamma = byGamma.indexOf(one);
      if (gamma < 0) return one;
      const m = one.fixM === true ? one.m : parameters[index]?.m[gamma];
      const u = one.fixU === true ? one.u : parameters[index]?.u[gamma];
      return { ...one, ...(m === undefined ? {} : { m }), ...(u === undefined ? {} : { u }) };
    });
    return { ...comparison, levels };
  });
  return { ...model, prior, comparisons };
}
