import { costOf, expressionSql } from '../expression/compile.ts';
import type { Cost } from '../expression/functions.ts';
import { type Comparison, type ComparisonLevel, gammas, isElse, type Model } from '../model/model.ts';
import { impliedBy } from './cheap-first.ts';
import { gammaSql, runsOfOneMeasure } from './pattern.ts';
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
    const glance = glanceAtCost(stage);
    const bound = (comparison: Comparison): string =>
      comparisonCost(comparison) <= stage
        ? `(${comparisonWeightSql(comparison, gammaSql(comparison))})`
        : boundSql(comparison, glance, rarest);
    const highest = bySourcesSql(model, ({ prior, comparisons }) =>
      [numberSql(priorWeight(prior)), ...comparisons.map(bound)].join(' + '),
    );
    return reachableSql(highest, threshold);
  });
}

/** What is known of a pair at some stage. */
export interface Glance {
  /** SQL that is true where the level is, and nowhere else; undefined when it would be too dear. */
  exactly(level: ComparisonLevel): string | undefined;
  /** SQL that is true wherever the level is; undefined when nothing is known. */
  implied(level: ComparisonLevel): string | undefined;
  /** SQL of what a level weighs that is known to hold, or of more. */
  weight(level: LevelWeight): string;
}

const glanceAtCost = (stage: Cost): Glance => ({
  exactly: (level) => (levelCost(level) <= stage ? level.sql : undefined),
  implied: (level) => cheapImpliedSql(level, stage),
  weight: levelWeightSql,
});

/** What a comparison adds to the weight of a pair at most. */
export interface GlanceBound {
  /** SQL of it, by nothing but a glance. */
  readonly sql: string;
  /** Of any pair. */
  readonly most: number;
  /** Of a pair that has nothing in common, as nearly all strangers have. */
  readonly apart: number;
}

/** For each comparison, what it can add at a glance. */
export function glanceBounds(
  { comparisons }: Model,
  glance: Glance,
  rarest: (column: string) => number,
): readonly GlanceBound[] {
  return comparisons.map((comparison) => {
    const most = mostOf(comparison, rarest);
    // What only takes back is not worth a look.
    const sql = comparison.corrects === undefined ? boundSql(comparison, glance, rarest) : numberSql(most);
    return { sql, most, apart: comparisonWeights(comparison)[0]?.weight ?? 0 };
  });
}

/** SQL of what these can add to the prior, and of the condition that a sum can reach the threshold. */
export function highestSql({ prior }: Model, bounds: readonly GlanceBound[]): string {
  return [numberSql(priorWeight(prior)), ...bounds.map(({ sql }) => sql)].join(' + ');
}

export const reachableSql = (highest: string, threshold: number): string =>
  `${highest} >= ${numberSql(threshold - ROUNDING)}`;

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

/** Most that a comparison can add to the weight, at a glance. A level stays possible unless something that it implies is false. */
function boundSql(comparison: Comparison, glance: Glance, rarest: (column: string) => number): string {
  const weights = comparisonWeights(comparison);
  const levels = gammas(comparison);
  const highest = (wanted: readonly number[]): string => numberSql(highestOf(weights, wanted, rarest));
  const asked: (readonly When[])[] = [];
  const possible: number[] = [];
  for (const run of runsOfOneMeasure(levels)) {
    const bounds = run.flatMap(({ gamma, level }): When[] => {
      const exact = isElse(level) ? undefined : glance.exactly(level);
      const implied = isElse(level) || exact !== undefined ? undefined : glance.implied(level);
      const following = levels.slice(levels.findIndex((one) => one.level === level)).map((one) => one.gamma);
      if (implied !== undefined) return [{ condition: implied, bound: highest([...possible, ...following]) }];
      if (exact === undefined) {
        possible.push(gamma);
        return [];
      }
      const own = weights[gamma];
      const weight = own === undefined ? numberSql(0) : glance.weight(own);
      return [
        {
          condition: exact,
          bound: possible.length === 0 ? weight : `greatest(${weight}, ${highest(possible)})`,
        },
      ];
    });
    asked.push(bounds);
  }
  if (!levels.some(({ level }) => isElse(level))) possible.push(-1);
  const otherwise = highest(possible);
  // Nothing to tell apart, as where nobody's value is known.
  if (asked.flat().every(({ bound }) => bound === otherwise)) return otherwise;
  return `(CASE ${asked.flatMap(nestedWhens).join(' ')} ELSE ${otherwise} END)`;
}

interface When {
  readonly condition: string;
  readonly bound: string;
}

/** Of conditions that each imply the next, the last is asked first: most pairs fail it. */
function nestedWhens(run: readonly When[]): readonly string[] {
  const loosest = run.at(-1);
  if (loosest === undefined) return [];
  const stricter = run.slice(0, -1).map(({ condition, bound }) => `WHEN ${condition} THEN ${bound}`);
  const bound =
    stricter.length === 0 ? loosest.bound : `CASE ${stricter.join(' ')} ELSE ${loosest.bound} END`;
  return [`WHEN ${loosest.condition} THEN ${bound}`];
}

function cheapImpliedSql({ condition }: ComparisonLevel, stage: Cost): string | undefined {
  const implied = condition === undefined ? undefined : impliedBy(condition, stage);
  return implied === undefined ? undefined : expressionSql(implied);
}

function mostOf(comparison: Comparison, rarest: (column: string) => number): number {
  const weights = comparisonWeights(comparison);
  return highestOf(weights, [-1, ...weights.keys()], rarest);
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
