import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type BlockingGuard, guardRules } from '../blocking/guard.ts';
import { parametersByGamma } from '../model/defaults.ts';
import { columnsOfLevels, levelsByGamma, type Model } from '../model/model.ts';
import { comparedColumns, termFrequencyColumns } from '../records/record-tables.ts';
import { exactColumns, exactGamma } from '../scoring/weights.ts';
import type { LinkSession } from '../session.ts';
import { addEstimates, type Estimates, type LevelShares, median } from './estimates.ts';
import { levelKeys } from './level-keys.ts';
import { countFrequencies } from './pattern-counts.ts';
import { columnsOfRule, requireColumns } from './rule-columns.ts';
import { type AdjustedLevel, type RuleEmResult, trainOnRule } from './rule-em.ts';

export interface RuleTrainingOptions {
  /** Do not weigh agreements by the frequency of their value while training: quicker, a little different. */
  readonly withoutTermFrequencies?: boolean;
  /** Keep u; true by default: random pairs tell it better. */
  readonly fixU?: boolean;
  readonly fixM?: boolean;
  readonly fixPrior?: boolean;
  /** Limits of the pairs that the rule may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
}

export interface RuleTraining {
  readonly estimates: Estimates;
  readonly rule: string;
  /** Names of the comparisons that were trained. */
  readonly trained: readonly string[];
  /** Names of those that the rule decides, and that it can say nothing of. */
  readonly deactivated: readonly string[];
  readonly em: RuleEmResult;
  /** Levels that hold for every pair of the rule: place of the comparison, and γ. */
  readonly implied: readonly { readonly comparison: number; readonly gamma: number }[];
}

/** No pair satisfies the training rule, or it leaves nothing to train. */
export class TrainingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TrainingError';
  }
}

/**
 * Trains m on the pairs of one rule, as Splink 4 does: comparisons that read any column of the rule are left out, λ
 * starts from the model's, raised by what the rule implies, and is forgotten afterwards. Train with at least two rules, so
 * that every comparison is trained. Throws TrainingError when the rule finds nothing or leaves nothing to train.
 */
export async function estimateMByRule(
  session: LinkSession,
  estimates: Estimates,
  rule: string,
  options: RuleTrainingOptions = {},
): Promise<RuleTraining> {
  const { runner, records } = session;
  const { model } = estimates;
  const columns = await columnsOfRule(runner, rule);
  await requireColumns(runner, records, columns);
  const places = model.comparisons.flatMap((comparison, index) => {
    const read = columnsOfLevels(comparison.levels.map(({ termFrequency: _, ...one }) => one));
    return read.some((name) => columns.includes(name)) ? [] : [index];
  });
  const trained: Model = {
    ...model,
    comparisons: model.comparisons.filter((_, index) => places.includes(index)),
  };
  if (places.length === 0) throw new TrainingError('every comparison reads a column of the training rule');
  const withTerms = options.withoutTermFrequencies !== true;
  const terms = withTerms ? termFrequencyColumns(trained).map((name) => `tf_${name}`) : [];
  const { linkType } = model;
  const { rules } = await guardRules(session, { linkType, blockingRules: [{ sql: rule }] }, options.guard);
  const pairs = candidatePairsSql({
    records,
    linkType,
    rules,
    columns: [...comparedColumns(trained), ...terms],
  });
  const counts = await countFrequencies(runner, trained, pairs, withTerms);
  if (counts.length === 0) throw new TrainingError('no two records satisfy the training rule');
  const implied = impliedLevels(model, columns);
  const em = trainOnRule(counts, startOf(model, trained, implied), {
    adjusted: trained.comparisons.map((_, index) => (withTerms ? adjustedLevels(trained, index) : [])),
    fixM: options.fixM ?? false,
    fixU: options.fixU ?? true,
    fixPrior: options.fixPrior ?? false,
    fixedM: levelKeys(trained, ({ fixM }) => fixM === true),
    fixedU: levelKeys(trained, ({ fixU }) => fixU === true),
    convergence: model.emConvergence,
    maxIterations: model.emMaxIterations,
  });
  return {
    estimates: withSession(estimates, places, em, options),
    rule,
    trained: trained.comparisons.map(({ name }) => name),
    deactivated: model.comparisons.filter((_, index) => !places.includes(index)).map(({ name }) => name),
    em,
    implied,
  };
}

/** λ as the sessions leave it: each one's, lowered again by what its rule implies; the middle of their 1/λ. */
export function priorFromRules(model: Model, sessions: readonly RuleTraining[]): number {
  const reciprocals = sessions.map(
    ({ em, implied }) => 1 / fromOdds(odds(em.prior) / impliedFactor(model, implied)),
  );
  const middle = median(reciprocals);
  if (middle === undefined) throw new RangeError('no rule was trained');
  return 1 / middle;
}

const odds = (probability: number): number => probability / (1 - probability);
const fromOdds = (value: number): number => value / (1 + value);

function startOf(
  model: Model,
  trained: Model,
  implied: RuleTraining['implied'],
): Parameters<typeof trainOnRule>[1] {
  return {
    prior: fromOdds(odds(model.prior) * impliedFactor(model, implied)),
    comparisons: trained.comparisons.map((comparison) => {
      const levels = parametersByGamma(comparison);
      return { m: levels.map(({ m }) => m), u: levels.map(({ u }) => u) };
    }),
  };
}

function impliedFactor(model: Model, implied: RuleTraining['implied']): number {
  return implied.reduce((product, { comparison, gamma }) => {
    const one = model.comparisons[comparison];
    const { m, u } = (one && parametersByGamma(one)[gamma]) ?? { m: 1, u: 1 };
    return (product * m) / u;
  }, 1);
}

/** Levels that want equal only columns of the rule, those on most columns first; each column is used once. */
function impliedLevels(model: Model, columns: readonly string[]): RuleTraining['implied'] {
  const left = new Set(columns);
  const exact = model.comparisons.flatMap((comparison, index) => {
    const levels = levelsByGamma(comparison);
    return comparison.levels.flatMap((one) => {
      const names = exactColumns(one);
      return names === undefined ? [] : [{ comparison: index, gamma: levels.indexOf(one), names }];
    });
  });
  return exact
    .toSorted((a, b) => b.names.length - a.names.length)
    .filter(({ names }) => {
      const holds = names.every((name) => left.has(name));
      if (holds) for (const name of names) left.delete(name);
      return holds;
    })
    .map(({ comparison, gamma }) => ({ comparison, gamma }));
}

function adjustedLevels(model: Model, index: number): readonly (AdjustedLevel | undefined)[] {
  const comparison = model.comparisons[index];
  if (comparison === undefined) return [];
  return levelsByGamma(comparison).map(({ termFrequency }, gamma) => {
    if (termFrequency === undefined || termFrequency.weight === 0 || gamma === 0) return undefined;
    const base = termFrequency.ownU ? gamma : exactGamma(comparison, termFrequency.column);
    return { weight: termFrequency.weight, baseGamma: base };
  });
}

function withSession(
  estimates: Estimates,
  places: readonly number[],
  em: RuleEmResult,
  { fixM = false, fixU = true }: RuleTrainingOptions,
): Estimates {
  const shares = (kind: 'm' | 'u'): readonly (LevelShares | undefined)[] =>
    estimates.model.comparisons.map((_, index) => {
      const place = places.indexOf(index);
      return em.comparisons[place]?.[kind].map((value, gamma) =>
        em.seen[place]?.[gamma] ? value : undefined,
      );
    });
  const withM = fixM ? estimates : addEstimates(estimates, 'm', shares('m'));
  return fixU ? withM : addEstimates(withM, 'u', shares('u'));
}
