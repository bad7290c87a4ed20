import { expressionSql } from '../expression/compile.ts';
import type { Expression } from '../expression/expression.ts';
import { parseSqlExpression, UnsafeSqlError } from '../expression/parse-sql.ts';
import type { SqlRunner } from '../runner.ts';

/** Spark's names of functions that this engine has under another. */
const RENAMED: Readonly<Record<string, string>> = {
  jaro_winkler: 'jaro_winkler_similarity',
  jaro_sim: 'jaro_similarity',
};

/** Functions that mean the same in both. */
const SAME = new Set([
  ...['and', 'or', 'not', 'is_null', 'coalesce', 'case', 'nullif', 'least', 'greatest', 'abs'],
  ...['=', '<>', '<', '<=', '>', '>=', '+', '-', '*', '||', 'lower', 'upper', 'trim', 'substr', 'length'],
  ...['levenshtein', 'damerau_levenshtein', 'jaro_winkler_similarity', 'jaro_similarity'],
]);

/**
 * A condition written for Spark, for this engine. Throws UnsafeSqlError for any function that is not known to mean the
 * same: a model that scores differently is worse than one that is refused.
 */
export async function fromSpark(runner: SqlRunner, sql: string): Promise<string> {
  let spelled = withDoubleQuotes(sql);
  for (const [theirs, ours] of Object.entries(RENAMED)) {
    spelled = spelled.replace(new RegExp(`\\b${theirs}\\s*\\(`, 'gi'), `${ours}(`);
  }
  const prefixed = /\b[lr]\s*\./.test(spelled);
  const condition = await parseSqlExpression(runner, spelled);
  const other = firstUnknown(condition);
  if (other !== undefined) {
    throw new UnsafeSqlError(
      `the Spark function ${other} is not known to mean the same here: write it for duckdb`,
    );
  }
  // A rule keeps its l. and r., which an expression no longer has.
  return prefixed ? spelled : expressionSql(condition);
}

/** Names between backticks, as between double quotes; texts between single quotes are left alone. */
function withDoubleQuotes(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|`([^`]*)`/g, (whole: string, name: string | undefined) =>
    name === undefined ? whole : `"${name.replaceAll('"', '""')}"`,
  );
}

function firstUnknown(expression: Expression): string | undefined {
  if (expression.kind !== 'call') return undefined;
  if (!SAME.has(expression.name)) return expression.name;
  for (const arg of expression.args) {
    const unknown = firstUnknown(arg);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
