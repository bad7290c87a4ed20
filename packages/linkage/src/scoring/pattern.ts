import { quoteName } from '../expression/sql-text.ts';
import { nullLevel } from '../levels/levels.ts';
import { type Comparison, type ComparisonLevel, gammas, isElse, type Model } from '../model/model.ts';
import { cheapFirstSql, type Likeness, likenessOf } from './cheap-first.ts';
import { exactColumns } from './weights.ts';

/**
 * γ of a comparison as SQL over `x_l`, `x_r`: −1, or 0 to k − 1. The first level whose condition is true wins. Of levels that
 * hold one measure against falling demands, the least demanding is asked first: most pairs fail it, and are measured once.
 */
export function gammaSql(comparison: Comparison): string {
  const whens: string[] = [];
  let last = 'NULL';
  for (const run of runsOfOneMeasure(gammas(comparison))) {
    const [first] = run;
    if (first !== undefined && isElse(first.level)) last = String(first.gamma);
    else if (first !== undefined && comparison.levels[0] === first.level)
      whens.push(firstWhenSql(comparison, first));
    else whens.push(whenSql(run));
  }
  return `(CASE ${whens.join(' ')} ELSE ${last} END)::TINYINT`;
}

export interface Graded {
  readonly gamma: number;
  readonly level: ComparisonLevel;
}

function whenSql(run: readonly Graded[]): string {
  const loosest = run.at(-1);
  if (loosest === undefined) return '';
  const stricter = run.slice(0, -1).map(({ gamma, level }) => `WHEN ${cheapFirstSql(level)} THEN ${gamma}`);
  const gamma =
    stricter.length === 0 ? loosest.gamma : `CASE ${stricter.join(' ')} ELSE ${loosest.gamma} END`;
  return `WHEN ${cheapFirstSql(loosest.level)} THEN ${gamma}`;
}

/**
 * Missing values come first, and equal ones then, mostly: of texts, that their equality is unknown is one comparison, where
 * asking about either side is two.
 */
function firstWhenSql({ levels }: Comparison, graded: Graded): string {
  const [missing, equal] = levels;
  const [name, ...others] = equal === undefined ? [] : (exactColumns(equal) ?? []);
  const plain = name !== undefined && others.length === 0 && missing?.condition !== undefined;
  if (!(plain && JSON.stringify(missing.condition) === JSON.stringify(nullLevel(name).condition)))
    return whenSql([graded]);
  return `WHEN (${quoteName(`${name}_l`)} = ${quoteName(`${name}_r`)}) IS NULL THEN ${graded.gamma}`;
}

/** The levels in their order, cut wherever the next is not the same measure, asked for less. */
export function runsOfOneMeasure(levels: readonly Graded[]): readonly (readonly Graded[])[] {
  const runs: Graded[][] = [];
  let before: Likeness | undefined;
  for (const graded of levels) {
    const likeness = likenessOf(graded.level);
    const follows =
      likeness !== undefined &&
      before?.measure === likeness.measure &&
      before.strictness >= likeness.strictness;
    if (follows) runs.at(-1)?.push(graded);
    else runs.push([graded]);
    before = likeness;
  }
  return runs;
}

/** Column that holds the γ of a comparison. */
export function gammaColumn(comparison: Comparison): string {
  return quoteName(`gamma_${comparison.name.replaceAll(' ', '_')}`);
}

/** Where a comparison is in a pattern: γ = pattern / factor mod radix − 1. */
export interface PatternPlace {
  readonly factor: number;
  readonly radix: number;
}

/** Place of each comparison in a pattern: pattern = Σ (γ + 1) · factor. At most 2^53 patterns. */
export function patternPlaces(model: Model): readonly PatternPlace[] {
  let factor = 1;
  const places = model.comparisons.map((comparison) => {
    const radix = radixOf(comparison);
    const place = { factor, radix };
    factor *= radix;
    return place;
  });
  if (factor > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`too many comparisons and levels: ${factor} patterns do not fit in one number`);
  }
  return places;
}

/** Whether the patterns of these comparisons fit in one number. */
export function patternsFit(comparisons: readonly Comparison[]): boolean {
  const patterns = comparisons.reduce((product, comparison) => product * radixOf(comparison), 1);
  return patterns <= Number.MAX_SAFE_INTEGER;
}

/** Levels and the absence of one. */
function radixOf({ levels }: Comparison): number {
  return levels.filter((level) => level.isNull !== true).length + 1;
}

/** Factor of each comparison in a pattern. */
export function patternFactors(model: Model): readonly number[] {
  return patternPlaces(model).map(({ factor }) => factor);
}

/** All γ of a pair as one number. */
export function patternSql(model: Model): string {
  const factors = patternFactors(model);
  return model.comparisons
    .map((comparison, index) => `(${gammaColumn(comparison)} + 1)::BIGINT * ${factors[index] ?? 1}`)
    .join(' + ');
}

/** γ of each comparison, from a pattern. */
export function patternGammas(model: Model, pattern: number): readonly number[] {
  return patternPlaces(model).map(({ factor, radix }) => (Math.floor(pattern / factor) % radix) - 1);
}
