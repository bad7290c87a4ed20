import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type BlockingGuard, guardRules } from '../blocking/guard.ts';
import { parametersByGamma } from '../model/defaults.ts';
import type { Model, SourceParameters } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import type { LinkSession } from '../session.ts';
import { type ComparisonParameters, type EmStart, maximiseExpectation } from './expectation-maximisation.ts';
import { levelKeys } from './level-keys.ts';
import { countPatternsBy, type PatternCount } from './pattern-counts.ts';

export interface SourceTrainingOptions {
  /** Matching pairs that the common m counts as: what few pairs of two inputs show is drawn towards it; 50 by default. */
  readonly shrinkage?: number;
  /** Two inputs with fewer expected matching pairs keep the common m; 10 by default. */
  readonly leastMatches?: number;
  readonly maxIterations?: number;
  /** Limits of the pairs that the blocking rules may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
}

/**
 * m for each pair of inputs: one sender's errors are not another's. Starts from a model that is trained (`trainModel`),
 * whose λ and u stay common; EM runs on the pattern counts of each two inputs, every round drawing m towards the common
 * one by `shrinkage` pairs. Levels with a fixed m keep it. Needs named inputs. A Splink file has no place for it.
 */
export async function trainBySource(
  session: LinkSession,
  model: Model,
  options: SourceTrainingOptions = {},
): Promise<Model> {
  const { sourceParameters: _, ...common } = model;
  const { rules } = await guardRules(session, model, options.guard);
  const pairs = candidatePairsSql({
    records: session.records,
    linkType: model.linkType,
    rules,
    columns: [...comparedColumns(model), model.sourceColumn],
  });
  const counts = await countPatternsBy(session.runner, common, pairs, [
    `${model.sourceColumn}_l`,
    `${model.sourceColumn}_r`,
  ]);
  const sourceParameters = bothWays(counts).flatMap(({ sources, patterns }): SourceParameters[] => {
    const m = trainOne(common, patterns, options);
    return m === undefined ? [] : [{ sources, m }];
  });
  return { ...common, sourceParameters };
}

interface OfTwoSources {
  readonly sources: readonly [string, string];
  readonly patterns: readonly PatternCount[];
}

/** Counts of two inputs together, whichever comes first in a pair. */
function bothWays(
  counts: readonly { readonly by: readonly string[]; readonly count: PatternCount }[],
): readonly OfTwoSources[] {
  const found = new Map<string, { sources: [string, string]; patterns: PatternCount[] }>();
  for (const { by, count } of counts) {
    const [a = '', b = ''] = by.toSorted();
    const key = JSON.stringify([a, b]);
    const one = found.get(key) ?? { sources: [a, b], patterns: [] };
    one.patterns.push(count);
    found.set(key, one);
  }
  return [...found.values()].toSorted((x, y) =>
    JSON.stringify(x.sources) < JSON.stringify(y.sources) ? -1 : 1,
  );
}

function trainOne(
  model: Model,
  counts: readonly PatternCount[],
  { shrinkage = 50, leastMatches = 10, maxIterations = 100 }: SourceTrainingOptions,
): SourceParameters['m'] | undefined {
  const common: readonly ComparisonParameters[] = model.comparisons.map(parametersByGamma).map((levels) => ({
    m: levels.map(({ m }) => m),
    u: levels.map(({ u }) => u),
  }));
  const trained = common.map((_, index) => index);
  const fixedM = levelKeys(model, ({ fixM }) => fixM === true);
  let current: EmStart = { prior: model.prior, comparisons: common };
  for (let round = 0; round < maxIterations; round++) {
    const next = maximiseExpectation(counts, current, { trained, fixPrior: true, maxIterations: 1 });
    if (next.matches < leastMatches) return undefined;
    const comparisons = next.comparisons.map(({ m, u }, index) => ({
      m: drawn(m, common[index]?.m ?? [], next.matches, shrinkage).map((value, gamma) =>
        fixedM.has(`${index}:${gamma}`) ? (common[index]?.m[gamma] ?? value) : value,
      ),
      u,
    }));
    const change = largestChange(current.comparisons, comparisons);
    current = { prior: model.prior, comparisons };
    if (change < 1e-7) break;
  }
  return current.comparisons.map(({ m }) => m);
}

function drawn(
  m: readonly number[],
  common: readonly number[],
  matches: number,
  shrinkage: number,
): readonly number[] {
  const total = common.reduce((sum, value) => sum + value, 0);
  return m.map(
    (value, gamma) => (value * matches + ((common[gamma] ?? 0) / total) * shrinkage) / (matches + shrinkage),
  );
}

function largestChange(
  before: readonly ComparisonParameters[],
  after: readonly ComparisonParameters[],
): number {
  return Math.max(
    ...after.flatMap(({ m }, index) =>
      m.map((value, gamma) => Math.abs(value - (before[index]?.m[gamma] ?? 0))),
    ),
  );
}
