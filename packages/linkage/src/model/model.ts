import { expressionSql } from '../expression/compile.ts';
import { columnsOf, type Expression } from '../expression/expression.ts';

/**
 * How the inputs are compared: records of one input among themselves, of different inputs only, or both.
 * Spelled as model files spell it.
 */
export const LINK_TYPES = ['dedupe_only', 'link_only', 'link_and_dedupe'] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** A value that agrees and is rare says more than one that is common. */
export interface TermFrequencyAdjustment {
  /** Column whose values are counted. */
  readonly column: string;
  /** 0 (none) to 1 (full). */
  readonly weight: number;
  /** Least frequency believed, 0 to 1: keeps a misspelt, hence rare, value from weighing too much. */
  readonly minimumU: number;
  /** Take this level's own u as the base, rather than that of the comparison's exact level on the column. */
  readonly ownU: boolean;
}

export interface ComparisonLevel {
  readonly label: string;
  /** Condition over `"x_l"` and `"x_r"`, or `ELSE`. */
  readonly sql: string;
  /** The same, for the twin; absent for `ELSE`, and for conditions that only the engine can read. */
  readonly condition?: Expression;
  /** Missing values: says nothing, weighs nothing, γ = −1. */
  readonly isNull?: boolean;
  /** P(level | same person), 0 to 1. */
  readonly m?: number;
  /** P(level | different persons), 0 to 1. */
  readonly u?: number;
  readonly fixM?: boolean;
  readonly fixU?: boolean;
  readonly termFrequency?: TermFrequencyAdjustment;
}

/**
 * Ordered levels on one subject (a name, a date); the first whose condition holds is the pair's level.
 * Levels that are not null are numbered downwards from k − 1 (the first) to 0 (`ELSE`): γ.
 * `Columns` are those it reads: a linker checks them against its input when compiled.
 */
export interface Comparison<Columns extends string = string> {
  readonly name: string;
  readonly description?: string;
  /** Name of the comparison whose evidence this one takes back where others have told it: made by training, all fixed. */
  readonly corrects?: string;
  readonly columns: readonly Columns[];
  readonly levels: readonly ComparisonLevel[];
}

/** Which pairs are looked at: a condition over `l.` and `r.`. */
export interface BlockingRule {
  readonly sql: string;
  /** Columns holding lists: a pair is found when any two of their elements satisfy the condition. */
  readonly explode?: readonly string[];
}

/** A column made from others before anything is compared, once for each record. */
export interface Derivation<Name extends string = string> {
  readonly name: Name;
  readonly expression: Expression;
}

/** m of pairs between two inputs, where one sender's errors are not another's. */
export interface SourceParameters {
  /** Names of the two inputs, in either order; twice the same for pairs within it. */
  readonly sources: readonly [string, string];
  /** m by the place of the comparison, then by γ. */
  readonly m: readonly (readonly number[])[];
}

export interface Model<Columns extends string = string> {
  readonly linkType: LinkType;
  /** λ: probability that two records drawn at random are of one person, 0 to 1 excluded. */
  readonly prior: number;
  readonly idColumn: string;
  /** Column that names the input of a record; made by the linker when there are several inputs. */
  readonly sourceColumn: string;
  readonly derivations: readonly Derivation[];
  readonly comparisons: readonly Comparison<Columns>[];
  readonly blockingRules: readonly BlockingRule[];
  /** Largest change of a parameter between two rounds of EM at which it stops. */
  readonly emConvergence: number;
  readonly emMaxIterations: number;
  /** Columns kept beside the pairs although nothing compares them. */
  readonly retainColumns: readonly string[];
  /** m by pair of inputs, in place of the levels' own; a pair of inputs that is not named keeps these. */
  readonly sourceParameters?: readonly SourceParameters[];
}

export const ELSE = 'ELSE';

/** A level from an expression. */
export function level(
  label: string,
  condition: Expression,
  more: Partial<Omit<ComparisonLevel, 'label' | 'sql' | 'condition'>> = {},
): ComparisonLevel {
  return { label, sql: expressionSql(condition), condition, ...more };
}

/** The last level: everything that no other level takes. */
export function otherwise(label = 'anything else'): ComparisonLevel {
  return { label, sql: ELSE };
}

export function isElse(one: ComparisonLevel): boolean {
  return one.sql.trim().toUpperCase() === ELSE;
}

/** Levels with their γ: −1 for null levels, the others from k − 1 down to 0. */
export function gammas(
  comparison: Comparison,
): readonly { readonly gamma: number; readonly level: ComparisonLevel }[] {
  let next = comparison.levels.filter((one) => one.isNull !== true).length;
  return comparison.levels.map((one) => {
    if (one.isNull === true) return { gamma: -1, level: one };
    next--;
    return { gamma: next, level: one };
  });
}

/** Levels that are not null, by γ: index 0 is γ = 0. */
export function levelsByGamma(comparison: Comparison): readonly ComparisonLevel[] {
  return comparison.levels.filter((one) => one.isNull !== true).reverse();
}

/** Columns of the records that the levels of a comparison read, without `_l` and `_r`. */
export function columnsOfLevels(levels: readonly ComparisonLevel[]): readonly string[] {
  const found = new Set<string>();
  for (const { condition, termFrequency } of levels) {
    for (const name of condition === undefined ? [] : columnsOf(condition))
      found.add(name.replace(/_[lr]$/, ''));
    if (termFrequency !== undefined) found.add(termFrequency.column);
  }
  return [...found];
}

export interface ModelOptions<Columns extends string, Derived extends string = string> {
  readonly linkType?: LinkType;
  readonly prior?: number;
  readonly idColumn?: string;
  readonly sourceColumn?: string;
  readonly derivations?: readonly Derivation<Derived>[];
  readonly comparisons: readonly Comparison<Columns>[];
  readonly blockingRules?: readonly (BlockingRule | string)[];
  readonly emConvergence?: number;
  readonly emMaxIterations?: number;
  readonly retainColumns?: readonly string[];
  readonly sourceParameters?: readonly SourceParameters[];
}

/** Columns that the input must have for these comparisons: those compared that no derivation makes; `string` when unknown. */
export type InputColumns<Columns extends string, Derived extends string> = string extends Derived
  ? string
  : Exclude<Columns, Derived>;

/**
 * Nothing where the input has all columns compared, or where either is not known when compiled; else a sentence that no
 * model is, so that the compiler says which column is missing.
 */
export type ColumnCheck<Input extends string, Compared extends string> = string extends Input
  ? unknown
  : string extends Compared
    ? unknown
    : [Compared] extends [Input]
      ? unknown
      : `the input has no column ${Exclude<Compared, Input>}`;

/**
 * A model with the usual defaults: deduplication, λ = 1e−4 until it is estimated. Its type names the columns that it
 * compares of the input: `openSession` refuses to compile with an input, of known columns, that lacks one.
 */
export function defineModel<Columns extends string, Derived extends string = never>(
  options: ModelOptions<Columns, Derived>,
): Model<InputColumns<Columns, Derived>> {
  const { blockingRules = [], comparisons, ...given } = options;
  return {
    linkType: 'dedupe_only',
    prior: 1e-4,
    idColumn: 'unique_id',
    sourceColumn: 'source_dataset',
    derivations: [],
    emConvergence: 1e-4,
    emMaxIterations: 25,
    retainColumns: [],
    ...given,
    // In the type only those of the input are named; derived ones are read from the records all the same.
    comparisons: comparisons as readonly Comparison<InputColumns<Columns, Derived>>[],
    blockingRules: blockingRules.map((rule) => (typeof rule === 'string' ? { sql: rule } : rule)),
  };
}
