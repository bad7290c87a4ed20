import { type BlockingGuard, guardRules } from '../blocking/guard.ts';
import { keysOfSession } from '../blocking/keyed-records.ts';
import { interruptible } from '../engine/interruptible.ts';
import { parametersByGamma } from '../model/defaults.ts';
import { levelsByGamma, type Model } from '../model/model.ts';
import type { LinkSession } from '../session.ts';
import { countCandidates } from './candidate-counts.ts';
import { countEqualPairs } from './equal-pairs.ts';
import { countRandomPairs, withU } from './estimate-u.ts';
import { type ComparisonParameters, type EmResult, maximiseExpectation } from './expectation-maximisation.ts';
import { levelKeys } from './level-keys.ts';
import type { PatternCount } from './pattern-counts.ts';
import { type RepeatedEvidence, takeBack } from './repeated-evidence.ts';
import { type TrainingWarning, trainingWarnings } from './warnings.ts';

export interface TrainOptions {
  readonly seed?: number;
  /** Random pairs for u. */
  readonly maxRandomPairs?: number;
  /** Candidate pairs looked at; of more, a sample by left record is counted, and scaled. 4 millions by default. */
  readonly maxCandidatePairs?: number;
  /** Rounds of EM at most, in each pass. */
  readonly maxIterations?: number;
  /** λ as known otherwise (`estimatePrior`): one more place to start from, and told when training ends far from it. */
  readonly rulesPrior?: number;
  /**
   * What becomes of evidence that different persons tell twice (an e-mail made of the names): `taken_back` by comparisons
   * that training adds (`Comparison.corrects`) and makes anew each time, or `kept` as it is, with the comparisons as given.
   * `taken_back` by default.
   */
  readonly repeated?: 'taken_back' | 'kept';
  /** Limits of the pairs that the blocking rules may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
  /** Ends the statement that runs; see `interruptible`. */
  readonly signal?: AbortSignal;
}

export interface Training {
  readonly model: Model;
  /** Pairs found by all blocking rules together; estimated when `share` is below 1. */
  readonly candidatePairs: number;
  /** Share of the left records whose pairs were looked at. */
  readonly share: number;
  /** Patterns of the candidate pairs. */
  readonly counts: readonly PatternCount[];
  /** Patterns of the random pairs. */
  readonly randomCounts: readonly PatternCount[];
  readonly em: EmResult;
  /** Evidence told twice that the model takes back. */
  readonly repeated: readonly RepeatedEvidence[];
  readonly warnings: readonly TrainingWarning[];
}

/** Passes of EM, each followed by taking the matches out of u. */
const PASSES = 3;
/** Every level is given this many matching pairs beforehand: unseen is rare, not impossible. */
const SMOOTHING = 0.5;
const LEAST_U = 1e-9;
const MAX_CANDIDATES = 4_000_000;

/**
 * Trains a model without a label. u comes from random pairs; then one EM over all candidate pairs at once finds m of all
 * comparisons and λ, pairs that no rule found counting as not matching; then the matches that random pairs contain are
 * taken out of u (u = (share − λ·m) / (1 − λ)), and EM runs again. It starts from several priors and keeps the likeliest
 * end. What different persons tell twice is taken back (`repeated`), and training ends on what is left; what looks wrong
 * is told in `warnings`. Throws BlockingBudgetError or BlockingRuleError for rules that would look
 * at too many pairs.
 */
export async function trainModel(
  given: LinkSession,
  model: Model,
  options: TrainOptions = {},
): Promise<Training> {
  const session = { ...given, runner: interruptible(given.runner, options.signal) };
  const { runner, records, tables, recordCount, possiblePairs } = session;
  const { seed = 1, maxRandomPairs, maxCandidatePairs = MAX_CANDIDATES, repeated = 'taken_back' } = options;
  if (options.guard !== 'off') await keysOfSession(session, model.blockingRules);
  const { rules: blockingRules } = await guardRules(session, model, options.guard);
  const plain = repeated === 'kept' ? model : withoutCorrections(model);
  const randomCounts = await countRandomPairs(runner, plain, {
    records,
    tables,
    seed,
    ...(maxRandomPairs === undefined ? {} : { maxPairs: maxRandomPairs }),
  });
  const sampled = withU(plain, randomCounts);
  const sought = { maxPairs: maxCandidatePairs, seed };
  const { counts, pairs, share } = await countCandidates(session, { ...plain, blockingRules }, sought);
  const starts = startingPriors(plain, recordCount, possiblePairs, options);
  const train = (of: Model, seen: readonly PatternCount[]): Trained => {
    const ends = starts.map((prior) => trainOnCounts({ ...of, prior }, seen, possiblePairs, share, options));
    const em = ends.reduce((best, end) => (likelihood(end) > likelihood(best) ? end : best));
    return { model: withParameters(of, em.prior, em.comparisons), em, ends };
  };
  const first = train(sampled, counts);
  const taken =
    repeated === 'kept'
      ? takeBack(first.model, [])
      : takeBack(first.model, await countEqualPairs(session, first.model, seed));
  const corrected = { ...sampled, comparisons: [...sampled.comparisons, ...taken.comparisons] };
  const all = taken.extend(counts);
  const { model: trained, em, ends } = taken.comparisons.length === 0 ? first : train(corrected, all);
  return {
    model: trained,
    candidatePairs: pairs,
    share,
    counts: all,
    randomCounts: taken.extend(randomCounts),
    em,
    repeated: taken.evidence,
    warnings: trainingWarnings(corrected, {
      records: recordCount,
      counts: all,
      em,
      random: parametersOf(corrected),
      otherEnds: ends.filter((end) => end !== em).map(likelihood),
      ...(options.rulesPrior === undefined ? {} : { rulesPrior: options.rulesPrior }),
    }),
  };
}

interface Trained {
  readonly model: Model;
  readonly em: EmResult;
  /** Where each start ended. */
  readonly ends: readonly EmResult[];
}

/** Without the comparisons that an earlier training added: they hold for the data they were made on. */
function withoutCorrections(model: Model): Model {
  return { ...model, comparisons: model.comparisons.filter(({ corrects }) => corrects === undefined) };
}

const likelihood = ({ logLikelihood }: EmResult): number => logLikelihood.at(-1) ?? Number.NEGATIVE_INFINITY;

/** The model's own λ, that of the rules, and one match a record: the likeliest end of several is kept. */
function startingPriors(
  model: Model,
  recordCount: number,
  possiblePairs: number,
  { rulesPrior }: TrainOptions,
): readonly number[] {
  const priors = [model.prior, rulesPrior, recordCount / Math.max(1, possiblePairs)];
  const usable = priors.flatMap((prior) => (prior === undefined ? [] : [Math.min(0.5, prior)]));
  return [...new Set(usable)];
}

function parametersOf(model: Model): readonly ComparisonParameters[] {
  return model.comparisons.map(parametersByGamma).map((levels) => ({
    m: levels.map(({ m }) => m),
    u: levels.map(({ u }) => u),
  }));
}

function trainOnCounts(
  model: Model,
  counts: readonly PatternCount[],
  totalPairs: number,
  share: number,
  { maxIterations = 200 }: TrainOptions,
): EmResult {
  const random = parametersOf(model);
  const fixedU = levelKeys(model, ({ fixU }) => fixU === true);
  const fixedM = levelKeys(model, ({ fixM }) => fixM === true);
  let comparisons = random;
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
        // Half a pair that was looked at, whatever it stands for.
        smoothing: SMOOTHING / share,
        fixedM,
      },
    );
    prior = em.prior;
    comparisons = em.comparisons.map(({ m }, index) => ({
      m,
      u: withoutMatches(m, random[index]?.u ?? [], prior, (gamma) => fixedU.has(`${index}:${gamma}`)),
    }));
  }
  if (em === undefined) throw new RangeError('no pass of EM ran');
  return { ...em, comparisons };
}

/** u once the matches among random pairs are taken out; fixed levels keep theirs. */
function withoutMatches(
  m: readonly number[],
  random: readonly number[],
  prior: number,
  isFixed: (gamma: number) => boolean,
): readonly number[] {
  return random.map((share, gamma) =>
    isFixed(gamma) ? share : Math.max(LEAST_U, (share - prior * (m[gamma] ?? 0)) / (1 - prior)),
  );
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
