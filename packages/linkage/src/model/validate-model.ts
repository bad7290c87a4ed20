import { isElse, type Model } from './model.ts';

/** Something in a model that would give wrong or no results. `path` says where, `code` what, `message` what to do. */
export interface ModelProblem {
  readonly path: string;
  readonly code:
    | 'no_comparison'
    | 'no_levels'
    | 'no_else'
    | 'else_not_last'
    | 'probability_out_of_range'
    | 'duplicate_name'
    | 'unknown_column'
    | 'unknown_key'
    | 'missing'
    | 'unsafe_sql'
    | 'unsupported';
  readonly message: string;
}

/** A model cannot be used; all its problems at once. */
export class ModelError extends Error {
  readonly problems: readonly ModelProblem[];
  constructor(problems: readonly ModelProblem[]) {
    super(
      ['the model cannot be used:', ...problems.map(({ path, message }) => `  ${path}: ${message}`)].join(
        '\n',
      ),
    );
    this.name = 'ModelError';
    this.problems = problems;
  }
}

/** Problems of a model that can be seen without data; empty when there is none. */
export function modelProblems(model: Model): readonly ModelProblem[] {
  const problems: ModelProblem[] = [];
  const tell = (path: string, code: ModelProblem['code'], message: string): void => {
    problems.push({ path, code, message });
  };
  if (model.comparisons.length === 0) tell('comparisons', 'no_comparison', 'give at least one comparison');
  if (!(model.prior > 0 && model.prior < 1)) {
    tell('prior', 'probability_out_of_range', 'must be above 0 and below 1');
  }
  const names = new Set<string>();
  for (const [index, comparison] of model.comparisons.entries()) {
    const path = `comparisons[${index}] (${comparison.name})`;
    if (names.has(comparison.name)) tell(path, 'duplicate_name', 'another comparison has this name');
    names.add(comparison.name);
    const { levels } = comparison;
    if (levels.filter((one) => one.isNull !== true).length < 2) {
      tell(path, 'no_levels', 'needs at least two levels beside the null level');
    }
    const place = levels.findIndex(isElse);
    if (place === -1) {
      tell(path, 'no_else', 'its last level must be ELSE: a pair that no level takes would have no weight');
    } else if (place !== levels.length - 1) {
      tell(path, 'else_not_last', 'no level after ELSE can ever be reached');
    }
    for (const one of levels) {
      for (const [name, value] of [
        ['m', one.m],
        ['u', one.u],
      ] as const) {
        if (value !== undefined && !(value >= 0 && value <= 1)) {
          tell(`${path} «${one.label}» ${name}`, 'probability_out_of_range', 'must be between 0 and 1');
        }
      }
    }
  }
  return problems;
}
