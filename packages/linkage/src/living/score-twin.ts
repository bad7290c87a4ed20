import type { Evaluate } from '../expression/compile.ts';
import type { Row } from '../expression/expression.ts';
import { type Comparison, gammas, isElse, type Model } from '../model/model.ts';
import { modelForSources } from '../scoring/source-parameters.ts';
import {
  comparisonWeights,
  type LevelWeight,
  priorWeight,
  probabilityOf,
  type TermFrequencyTerm,
} from '../scoring/weights.ts';
import { compileSafely, type TypeOf } from './twin-safety.ts';

/** What one comparison says of a pair. */
export interface ComparisonScore {
  readonly name: string;
  /** −1 (missing values), or 0 to k − 1. */
  readonly gamma: number;
  /** ω = log2(m / u) of the level; 0 when γ = −1. */
  readonly weight: number;
  /** What the frequency of the value adds, log2. */
  readonly termFrequency: number;
}

/** A pair scored: match weight = prior weight + Σ (weight + term frequency), summed in the model's order. */
export interface PairScore {
  readonly priorWeight: number;
  readonly comparisons: readonly ComparisonScore[];
  readonly weight: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** Scores pairs one at a time, in TypeScript: the same weights as `scorePairs`, within rounding (1e−9). */
export interface PairTwin {
  /** Comparisons without a twin: the engine must give their γ. */
  readonly engineOnly: readonly Comparison[];
  /**
   * `pair` holds `x_l`, `x_r`, and `tf_x_l`, `tf_x_r` of adjusted columns; `given` the γ of `engineOnly`, by name.
   * Where m depends on the inputs, the source column of both sides tells them; the common m counts where one is missing.
   * Throws a TypeError when one of those is missing.
   */
  score(pair: Row, given?: ReadonlyMap<string, number>): PairScore;
}

interface ComparisonTwin {
  readonly name: string;
  readonly gammaOf: ((pair: Row) => number) | undefined;
}

/** Weights of the levels by comparison, then by γ. */
type Weights = readonly (readonly LevelWeight[])[];

/** Compiles a model once; `typeOf` gives the SQL type of a record's column (all texts by default). */
export function compilePairTwin(model: Model, typeOf: TypeOf = () => 'VARCHAR'): PairTwin {
  const prior = priorWeight(model.prior);
  const twins = model.comparisons.map((comparison) => ({
    name: comparison.name,
    gammaOf: compileGamma(comparison, typeOf),
  }));
  const weightsOf = compileWeights(model);
  return {
    engineOnly: model.comparisons.filter((_, index) => twins[index]?.gammaOf === undefined),
    score(pair, given) {
      const weights = weightsOf(pair);
      const comparisons = twins.map((twin, index) =>
        scoreComparison(twin, weights[index] ?? [], pair, given),
      );
      let weight = prior;
      for (const one of comparisons) weight += one.weight + one.termFrequency;
      return { priorWeight: prior, comparisons, weight, probability: probabilityOf(weight) };
    },
  };
}

/** The weights that count for a pair: those of its two inputs where they have their own. */
function compileWeights(model: Model): (pair: Row) => Weights {
  const of = ({ comparisons }: Model): Weights => comparisons.map(comparisonWeights);
  const common = of(model);
  const { sourceParameters = [], sourceColumn } = model;
  if (sourceParameters.length === 0) return () => common;
  const own = new Map<string, Weights>();
  for (const { sources } of sourceParameters) {
    const weights = of(modelForSources(model, ...sources));
    own.set(JSON.stringify(sources), weights);
    own.set(JSON.stringify(sources.toReversed()), weights);
  }
  return (pair) => own.get(JSON.stringify([pair[`${sourceColumn}_l`], pair[`${sourceColumn}_r`]])) ?? common;
}

/** γ of a comparison in TypeScript; undefined when one of its levels has no twin. */
function compileGamma(comparison: Comparison, typeOf: TypeOf): ((pair: Row) => number) | undefined {
  const pairTypeOf: TypeOf = (name) => typeOf(name.replace(/_[lr]$/, ''));
  const conditions: { readonly gamma: number; readonly holds: Evaluate }[] = [];
  let otherwise = -1;
  for (const { gamma, level } of gammas(comparison)) {
    if (isElse(level)) {
      otherwise = gamma;
      break;
    }
    const holds = level.condition === undefined ? undefined : compileSafely(level.condition, pairTypeOf);
    if (holds === undefined) return undefined;
    conditions.push({ gamma, holds });
  }
  return (pair) => {
    for (const { gamma, holds } of conditions) if (holds(pair) === true) return gamma;
    return otherwise;
  };
}

function scoreComparison(
  { name, gammaOf }: ComparisonTwin,
  weights: readonly LevelWeight[],
  pair: Row,
  given: ReadonlyMap<string, number> | undefined,
): ComparisonScore {
  const gamma = gammaOf === undefined ? given?.get(name) : gammaOf(pair);
  if (gamma === undefined) throw new TypeError(`${name} has no twin: its level must come from the engine`);
  const level = weights[gamma];
  if (level === undefined) return { name, gamma, weight: 0, termFrequency: 0 };
  const adjustment = level.termFrequency;
  return {
    name,
    gamma,
    weight: level.weight,
    termFrequency: adjustment === undefined ? 0 : termFrequencyWeight(adjustment, pair),
  };
}

/** A missing side takes the other's frequency; nothing is adjusted when both are missing. */
function termFrequencyWeight({ column, weight, minimumU, log2Base }: TermFrequencyTerm, pair: Row): number {
  const l = pair[`tf_${column}_l`];
  const r = pair[`tf_${column}_r`];
  const sides = [l, r].filter((side) => typeof side === 'number');
  if (sides.length === 0) return 0;
  return weight * (log2Base - Math.log2(Math.max(...sides, minimumU)));
}
