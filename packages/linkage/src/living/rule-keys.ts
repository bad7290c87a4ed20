import { expressionSql, isKnownCall } from '../expression/compile.ts';
import { call, column, columnsOf, type Expression, functionsOf } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { ModelError, type ModelProblem } from '../model/validate-model.ts';
import type { SqlRunner } from '../runner.ts';

export type Side = 'left' | 'right';

/** A blocking rule as equalities of a key of the left record and one of the right, and what is left to check. */
export interface RuleKeys {
  readonly rule: number;
  readonly sql: string;
  /** Parts of each side's key, over plain columns. */
  readonly left: readonly Expression[];
  readonly right: readonly Expression[];
  /** Both sides are keyed alike: one table serves both. */
  readonly symmetric: boolean;
  /** Rest of the condition, over `x_l` and `x_r`. */
  readonly residual: Expression | undefined;
  readonly explode: readonly string[];
}

/** Between the parts of a key. */
export const KEY_SEPARATOR = '\u001f';

/**
 * The rules of a model as keys. Throws ModelError naming each rule that cannot be looked up by a key: one without an
 * equality between the two records, or an exploding one with more than equalities.
 */
export async function readRuleKeys(runner: SqlRunner, model: Model): Promise<readonly RuleKeys[]> {
  const problems: ModelProblem[] = [];
  const refuse = (path: string, message: string): void => {
    problems.push({ path, code: 'unsupported', message });
  };
  if (model.blockingRules.length === 0) {
    refuse('blockingRules', 'an index needs at least one: without, every record would be a candidate');
  }
  const rules: RuleKeys[] = [];
  for (const [rule, { sql, explode = [] }] of model.blockingRules.entries()) {
    const path = `blockingRules[${rule}] (${sql})`;
    const keys = splitRule(await parseSqlExpression(runner, sql));
    if (keys.left.length === 0) {
      refuse(path, 'cannot be keyed: it needs an equality such as l.x = r.x, and AND between its parts');
    } else if (!(await isRewritable(runner, [...keys.left, ...keys.right]))) {
      refuse(path, 'its key cannot be written again as SQL: derive a column by it, and name that');
    } else if (explode.length > 0 && keys.residual !== undefined) {
      refuse(path, 'an exploding rule of an index may hold equalities only');
    }
    const symmetric = JSON.stringify(keys.left) === JSON.stringify(keys.right);
    rules.push({ rule, sql, explode, symmetric, ...keys });
  }
  if (problems.length > 0) throw new ModelError(problems);
  return rules;
}

/** Whether SQL written from a part is read again: some casts and operators are not. */
async function isRewritable(runner: SqlRunner, parts: readonly Expression[]): Promise<boolean> {
  for (const part of parts.filter((one) => !isPlain(one))) {
    try {
      await parseSqlExpression(runner, expressionSql(part));
    } catch {
      return false;
    }
  }
  return true;
}

/** An expression over the catalogue's own functions: known to be harmless, and to be written as it was read. */
export function isPlain(expression: Expression): boolean {
  return functionsOf(expression).every(isKnownCall);
}

function splitRule(condition: Expression): Pick<RuleKeys, 'left' | 'right' | 'residual'> {
  const left: Expression[] = [];
  const right: Expression[] = [];
  const rest: Expression[] = [];
  for (const part of conjuncts(condition)) {
    const sides = part.kind === 'call' && part.name === '=' ? part.args.map(sideOf) : [];
    const [a, b] = part.kind === 'call' ? part.args : [];
    if (a === undefined || b === undefined || sides[0] === undefined || sides[1] === undefined) {
      rest.push(part);
    } else if (sides[0] === sides[1]) {
      rest.push(part);
    } else {
      left.push(withoutSide(sides[0] === 'left' ? a : b));
      right.push(withoutSide(sides[0] === 'left' ? b : a));
    }
  }
  return { left, right, residual: rest.length === 0 ? undefined : call('and', ...rest) };
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind === 'call' && condition.name === 'and') return condition.args.flatMap(conjuncts);
  return [condition];
}

/** The only side that an expression reads; undefined for both, none, or a column of no side. */
function sideOf(expression: Expression): Side | undefined {
  const sides = new Set(columnsOf(expression).map((name) => /_([lr])$/.exec(name)?.[1]));
  if (sides.size !== 1) return undefined;
  if (sides.has('l')) return 'left';
  return sides.has('r') ? 'right' : undefined;
}

function withoutSide(expression: Expression): Expression {
  if (expression.kind === 'column') return column(expression.name.replace(/_[lr]$/, ''));
  return expression.kind === 'call' ? { ...expression, args: expression.args.map(withoutSide) } : expression;
}

/** SQL of a key from its parts; NULL parts must be sorted out beforehand (`keysSql` does). */
function keySql(parts: readonly Expression[]): string {
  const texts = parts.map((part) => `${expressionSql(part)}::VARCHAR`);
  return `md5_number_lower(concat_ws(chr(31), ${texts.join(', ')}))`;
}

/**
 * SELECT of `key` (UBIGINT) and `rid` of the records of `from`; none for a record with a missing part. A hash of MD5,
 * not the engine's own, which may change with its version: keys are kept for years. Two values may share a key once in
 * 2^64; whoever looks up then has one candidate too many.
 */
export function keysSql(keys: RuleKeys, side: Side, from: string): string {
  const parts = keys[side];
  const missing = parts.map((part) => `${expressionSql(part)} IS NOT NULL`).join(' AND ');
  const distinct = keys.explode.length > 0 ? 'DISTINCT ' : '';
  return `SELECT ${distinct}${keySql(parts)} AS key, rid FROM ${explodedSql(keys.explode, from)} WHERE ${missing}`;
}

/** The records of `from`, each once for every element of its lists. */
export function explodedSql(explode: readonly string[], from: string): string {
  return explode.reduce((inner, name) => {
    const list = quoteName(name);
    return `(SELECT * REPLACE (unnest(${list}) AS ${list}) FROM ${inner})`;
  }, from);
}

/** Sides that have a table of keys of their own. */
export function keyedSides({ symmetric }: RuleKeys): readonly Side[] {
  return symmetric ? ['left'] : ['left', 'right'];
}
