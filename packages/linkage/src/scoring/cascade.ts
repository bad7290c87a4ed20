import { costOf, expressionSql } from '../expression/compile.ts';
import type { Cost } from '../expression/functions.ts';
import { type Comparison, type ComparisonLevel, gammas, isElse, type Model } from '../model/model.ts';
import { impliedBy } from './cheap-first.ts';
import { gammaSql } from './pattern.ts';
import { bySourcesSql } from './source-parameters.ts';
import { comparisonWeightSql, levelWeightSql, numberSql } from './weight-sql.ts';
import { comparisonWeights, highestWeight, type LevelWeight, priorWeight } from './weights.ts';

/** Evaluations dearer than this wait until the pair has shown that they can matter. */
const STAGES: readonly Cost[] = [1, 4];

/** Some pairs end up a rounding error away from the bound of their sum: never cut those. */
const ROUNDING = 1e-9;

/**
 * Conditions that a pair must satisfy to reach `threshold`, cheapest first. Each adds what is known cheaply (equalities,
 * missing values) to the most that the dearer comparisons can still give. Nothing that could reach the threshold is lost:
 * the pairs that come out are those of evaluating everything.
 * `rarest` gives the least term frequency of a column.
 */
export function cascadeConditions(
  model: Model,
  threshold: number,
  rarest: (column: string) => number,
): readonly string[] {
  const costs = model.comparisons.map(comparisonCost);
  return STAGES.filter((stage) => costs.some((cost) => cost > stage)).map((stage) => {
    const highest = bySourcesSql(model, ({ prior, comparisons }) =>
      [
        numberSql(priorWeight(prior)),
        ...comparisons.map((comparison) => boundSql(comparison, stage, rarest)),
      ].join(' + '),
    );
    return `${highest} >= ${numberSql(threshold - ROUNDING)}`;
  });
}

function comparisonCost({ levels }: Comparison): Cost {
  return dearestOf(levels.map(levelCost));
}

function dearestOf(costs: readonly Cost[]): Cost {
  return costs.includes(40) ? 40 : costs.includes(4) ? 4 : 1;
}

function levelCost(one: ComparisonLevel): Cost {
  if (isElse(one)) return 1;
  return one.condition === undefined ? 40 : costOf(one.condition);
}

/**
 * Most that a comparison can add to the weight, by looking only at what costs no more than `stage`. A level that is dearer
 * stays possible, unless something cheap that it implies is false.
 */
function boundSql(comparison: Comparison, stage: Cost, rarest: (column: string) => number): string {
  if (comparisonCost(comparison) <= stage)
    return `(${comparisonWeightSql(comparison, gammaSql(comparison))})`;
  const weights = comparisonWeights(comparison);
  const levels = gammas(comparison);
  const highest = (wanted: readonly number[]): string => numberSql(highestOf(weights, wanted, rarest));
  const whens: string[] = [];
  const possible: number[] = [];
  for (const [place, { gamma, level }] of levels.entries()) {
    const own = weights[gamma];
    const following = levels.slice(place).map((one) => one.gamma);
    if (isElse(level)) possible.push(gamma);
    else if (levelCost(level) <= stage) {
      const weight = own === undefined ? numberSql(0) : levelWeightSql(own);
      const dearer = possible.length === 0 ? [] : [highest(possible)];
      whens.push(
        `WHEN ${level.sql} THEN ${dearer.length === 0 ? weight : `greatest(${[weight, ...dearer].join(', ')})`}`,
      );
    } else {
      const implied = cheapImpliedSql(level, stage);
      if (implied === undefined) possible.push(gamma);
      else whens.push(`WHEN ${implied} THEN ${highest([...possible, ...following])}`);
    }
  }
  if (!levels.some(({ level }) => isElse(level))) possible.push(-1);
  const otherwise = highest(possible);
  return whens.length === 0 ? otherwise : `(CASE ${whens.join(' ')} ELSE ${otherwise} END)`;
}

function cheapImpliedSql({ condition }: ComparisonLevel, stage: Cost): string | undefined {
  const implied = condition === undefined ? undefined : impliedBy(condition, stage);
  return implied === undefined ? undefined : expressionSql(implied);
}

function highestOf(
  weights: readonly LevelWeight[],
  wanted: readonly number[],
  rarest: (column: string) => number,
): number {
  const candidates = wanted.map((gamma) => {
    const weight = weights[gamma];
    return weight === undefined ? 0 : highestWeight(weight, rarest);
  });
  return Math.max(...candidates);
}
