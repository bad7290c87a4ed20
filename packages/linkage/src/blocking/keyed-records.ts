import { columnsOf } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import { analyseRule } from './analyse-rule.ts';
import type { JoinedRule } from './candidate-pairs.ts';
import { BlockingRuleError } from './rule-error.ts';
import { recordSql } from './sides.ts';

export interface KeyRequest {
  /** Table of `createRecordsSql`. */
  readonly records: string;
  readonly rules: readonly BlockingRule[];
  /** Columns wanted of the records, beside those that rules read. */
  readonly columns: readonly string[];
  /** Table to make. */
  readonly into: string;
  /** More columns, computed: what is selected, and what is joined to the records `k` for it. The table is then always made. */
  readonly computed?: {
    readonly selected: readonly string[];
    readonly joins: readonly string[];
    /** By the SQL of an expression of one record: the least `rid` that has its value, NULL where no other record has it. */
    readonly numbered: ReadonlyMap<string, string>;
  };
}

/** Rules over a table with `rid`, `source_no`, the columns asked for and those that the rules read. */
export interface KeyedRecords {
  readonly records: string;
  /** They find the pairs of the rules given, each of its own. */
  readonly rules: readonly JoinedRule[];
}

/**
 * Makes a table of the records with a number for each rule that is nothing but equalities of the same expressions of both
 * records: the least `rid` of those that have the same values, its own below zero where one is missing or the record is alone. Such a rule
 * then joins by an integer, and a later one leaves out its pairs by comparing two: texts are hashed once for each record,
 * and expressions evaluated for records, not for pairs. Other rules stay as they are; without any of the kind, no table is
 * made and everything stays. Throws UnsafeSqlError for a rule that is no condition on two records.
 */
export async function keyRecords(
  runner: SqlRunner,
  { records, rules, columns, into, computed }: KeyRequest,
): Promise<KeyedRecords> {
  const keys: string[] = [];
  const joins: string[] = [];
  const read = new Set(columns);
  const numbered: JoinedRule[] = [];
  for (const [place, rule] of rules.entries()) {
    const parts = await keyParts(runner, rule);
    if (parts === undefined) {
      for (const name of await columnsRead(runner, rule)) read.add(name);
      numbered.push(rule);
      continue;
    }
    const key = quoteName(`linkage_key_${place}`);
    const known = parts.length === 1 ? computed?.numbered.get(parts[0] ?? '') : undefined;
    keys.push(`coalesce(${known ?? `g${place}.least`}, -rid) AS ${key}`);
    if (known === undefined) joins.push(groupsSql(records, parts, `g${place}`));
    numbered.push({
      sql: `l.${key} = r.${key} AND l.${key} > 0 AND r.${key} > 0`,
      missed: `l.${key} <> r.${key}`,
    });
  }
  if (keys.length === 0 && computed === undefined) return { records, rules };
  const { selected = [], joins: more = [] } = computed ?? {};
  const kept = ['rid', 'source_no', ...[...read].map(quoteName)].map((name) => `k.${name}`);
  await runner.run(`CREATE OR REPLACE TABLE ${into} AS SELECT ${[...kept, ...selected, ...keys].join(', ')}
    FROM ${records} k\n${[...more, ...joins].join('\n')}`);
  return { records: into, rules: numbered };
}

/** Takes away the table that `keyRecords` made of these records, if it made one. */
export async function dropKeys(runner: SqlRunner, keyed: KeyedRecords, records: string): Promise<void> {
  if (keyed.records !== records) await runner.run(`DROP TABLE ${keyed.records}`);
}

/** SQL of what a rule wants equal, over the columns of one record; undefined for a rule that wants anything else. */
async function keyParts(runner: SqlRunner, rule: BlockingRule): Promise<readonly string[] | undefined> {
  if ((rule.explode ?? []).length > 0) return undefined;
  try {
    const { branches } = await analyseRule(runner, rule);
    const [branch, ...others] = branches;
    if (branch === undefined || others.length > 0) return undefined;
    const { keys, leftFilters, rightFilters, residual } = branch;
    const more = leftFilters.length + rightFilters.length + residual.length;
    if (more > 0 || !keys.every(({ symmetric }) => symmetric)) return undefined;
    return keys.map(({ left }) => recordSql(left));
  } catch (error) {
    // No hash join at all, or too many: it runs as it is written.
    if (error instanceof BlockingRuleError) return undefined;
    throw error;
  }
}

async function columnsRead(
  runner: SqlRunner,
  { sql, explode = [] }: BlockingRule,
): Promise<readonly string[]> {
  const condition = await parseSqlExpression(runner, sql);
  return [...columnsOf(condition).map((name) => name.replace(/_[lr]$/, '')), ...explode];
}

function groupsSql(records: string, parts: readonly string[], alias: string): string {
  const names = parts.map((_, index) => `${alias}_${index}`);
  const named = parts.map((part, index) => `${part} AS ${names[index]}`);
  const known = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const same = parts.map((part, index) => `${alias}.${names[index]} = ${part}`).join(' AND ');
  return `LEFT JOIN (SELECT ${names.join(', ')}, min(rid) AS least FROM (SELECT rid, ${named.join(', ')} FROM ${records})
      WHERE ${known} GROUP BY ${names.join(', ')} HAVING count(*) > 1) ${alias} ON ${same}`;
}
