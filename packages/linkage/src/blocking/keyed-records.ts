import { columnsOf } from '../expression/expression.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { BlockingRule } from '../model/model.ts';
import { withColumns } from '../records/both-records.ts';
import type { RecordTables } from '../records/record-tables.ts';
import { SPELT, type SpeltTexts, speltHolding } from '../records/spelt-texts.ts';
import { textColumns } from '../records/text-columns.ts';
import type { SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { analyseRule } from './analyse-rule.ts';
import type { JoinedRule } from './candidate-pairs.ts';
import type { BlockCount, KeyedRecords } from './prepared-rules.ts';
import { BlockingRuleError } from './rule-error.ts';
import { ofRecord, recordSql } from './sides.ts';

export interface KeyRequest {
  /** Table of `createRecordsSql`. */
  readonly records: string;
  /** The tables that it is made of, where it is none itself. */
  readonly tables?: RecordTables | undefined;
  readonly rules: readonly BlockingRule[];
  /** Table to make. */
  readonly into: string;
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
  { records, tables, rules, into }: KeyRequest,
): Promise<KeyedRecords> {
  const parts = new Map<string, KeyPart & { readonly name: string }>();
  const numbered: { readonly key: string; readonly codes: readonly string[] }[] = [];
  const joined: JoinedRule[] = [];
  const read = new Set<string>();
  for (const [place, rule] of rules.entries()) {
    const own = await keyParts(runner, rule);
    if (own === undefined) {
      for (const name of await columnsRead(runner, rule)) read.add(name);
      joined.push(rule);
      continue;
    }
    for (const part of own)
      parts.set(part.sql, parts.get(part.sql) ?? { ...part, name: `linkage_part_${parts.size}` });
    const key = `linkage_key_${place}`;
    numbered.push({ key, codes: own.map(({ sql }) => parts.get(sql)?.name ?? '') });
    joined.push({
      sql: `l.${key} = r.${key} AND l.${key} > 0 AND r.${key} > 0`,
      missed: `l.${key} <> r.${key}`,
    });
  }
  const columns = [...read];
  const keys = numbered.map(({ key }) => key);
  if (keys.length === 0) return { records, rules, keys, columns, blocks: [] };
  const kept = ['rid', 'source_no', ...columns.map(quoteName)].map((name) => `k.${name}`);
  const coded = `${into}_parts`;
  const groups = numbered.flatMap(({ key, codes }, place) =>
    codes.length === 1 ? [] : [{ key, codes, table: `${into}_group_${place}` }],
  );
  const numbers = numbered.map(({ key, codes }) =>
    codes.length === 1
      ? `coalesce(k.${codes[0]}, -k.rid) AS ${key}`
      : `coalesce(g_${key}.least, -k.rid) AS ${key}`,
  );
  const names = [...parts.values()].map(({ name }) => name);
  const from = { records, tables };
  const { own, joins } = await partJoins(runner, from, [...parts.values()]);
  // Values first, each by a number: rules share them, and whole numbers are grouped twice as fast as texts.
  await runner.run(`CREATE OR REPLACE TABLE ${coded} AS
      SELECT ${[...kept, ...names].join(', ')} FROM ${withColumns(from, [...columns, ...own.flatMap(({ reads }) => reads)])} k
      ${joins.join('\n')};
    ${groups.map((group) => `CREATE OR REPLACE TABLE ${group.table} AS ${groupsSql(coded, group)};`).join('\n')}
    CREATE OR REPLACE TABLE ${into} AS SELECT ${[...kept, ...numbers].join(', ')} FROM ${coded} k
      ${groups.map(groupJoinSql).join('\n')};
    DROP TABLE ${coded}`);
  const held = new Map(groups.map(({ key, table }) => [key, `(SELECT n FROM ${table})`]));
  const blocks = await runner.all(
    keys
      .map((key) => held.get(key) ?? `(SELECT count(*) AS n FROM ${into} WHERE ${key} > 0 GROUP BY ${key})`)
      .map((from, place) => blocksSql(from, place))
      .join(' UNION ALL '),
  );
  for (const { table } of groups) await runner.run(`DROP TABLE ${table}`);
  return { records: into, rules: joined, keys, columns, blocks: blocks.map(blockCount) };
}

const blocksSql = (from: string, place: number): string =>
  `SELECT ${place} AS place, coalesce(max(n), 0)::DOUBLE AS largest, coalesce(sum(n * (n - 1) / 2), 0)::DOUBLE AS pairs FROM ${from}`;

const blockCount = ({ largest, pairs }: Readonly<Record<string, unknown>>): BlockCount => ({
  largest: (Number(largest) * (Number(largest) - 1)) / 2,
  pairs: Number(pairs),
});

/** The same of a session's records, made once for the calls that follow one another. */
export async function keysOfSession(
  { runner, records, tables, prefix, work }: LinkSession,
  rules: readonly BlockingRule[],
): Promise<KeyedRecords> {
  const of = JSON.stringify(rules);
  if (work.keyed?.of === of) return work.keyed.work;
  const keyed = await keyRecords(runner, { records, tables, rules, into: `${prefix}keyed` });
  if (keyed.records !== records) work.keyed = { of, work: keyed };
  return keyed;
}

/** Takes away the table of `keysOfSession`, if there is one. */
export async function dropKeys({ runner, work }: LinkSession): Promise<void> {
  if (work.keyed !== undefined) await runner.run(`DROP TABLE IF EXISTS ${work.keyed.work.records}`);
  delete work.keyed;
}

/** What a rule wants equal: SQL over the columns of one record. */
interface KeyPart {
  readonly sql: string;
  readonly reads: readonly string[];
}

/** What a rule wants equal; undefined for a rule that wants anything else. */
async function keyParts(runner: SqlRunner, rule: BlockingRule): Promise<readonly KeyPart[] | undefined> {
  if ((rule.explode ?? []).length > 0) return undefined;
  try {
    const { branches } = await analyseRule(runner, rule);
    const [branch, ...others] = branches;
    if (branch === undefined || others.length > 0) return undefined;
    const { keys, leftFilters, rightFilters, residual } = branch;
    const more = leftFilters.length + rightFilters.length + residual.length;
    if (more > 0 || !keys.every(({ symmetric }) => symmetric)) return undefined;
    return keys.map(({ left }) => ({ sql: recordSql(left), reads: [...new Set(columnsOf(ofRecord(left)))] }));
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

interface NamedPart extends KeyPart {
  readonly name: string;
}

/** Joins that give each part its number, and the parts that are told of the records themselves. */
async function partJoins(
  runner: SqlRunner,
  from: Pick<KeyRequest, 'records' | 'tables'>,
  parts: readonly NamedPart[],
): Promise<{ readonly own: readonly NamedPart[]; readonly joins: readonly string[] }> {
  const spelts = from.tables?.spelt ?? [];
  const told = parts.map((part) => ({ part, spelt: speltHolding(spelts, part.reads) }));
  const partsOf = (wanted: SpeltTexts | undefined) =>
    told.flatMap(({ part, spelt }) => (spelt === wanted ? [part] : []));
  const own = partsOf(undefined);
  const shared = spelts.flatMap((spelt) => {
    const some = partsOf(spelt);
    return some.length === 0 ? [] : [speltPartsSql(spelt, some)];
  });
  const texts = await textColumns(runner, from.records);
  return { own, joins: [...shared, ...joinedParts((reads) => withColumns(from, reads), own, texts)] };
}

/** Joins that give each part its number. Several of one text (a date, its year) are told once for each of its values. */
function joinedParts(
  records: (reads: readonly string[]) => string,
  parts: readonly NamedPart[],
  texts: ReadonlySet<string>,
): readonly string[] {
  const byColumn = new Map<string, NamedPart[]>();
  for (const part of parts) {
    const key = JSON.stringify(part.reads);
    byColumn.set(key, [...(byColumn.get(key) ?? []), part]);
  }
  return [...byColumn.values()].flatMap((some) => {
    const [column, ...others] = some[0]?.reads ?? [];
    if (column === undefined || others.length > 0 || some.length === 1 || !texts.has(column))
      return some.map(({ sql, name, reads }) => valuesSql(records(reads), sql, name));
    return [dictionarySql(records([column]), column, some)];
  });
}

/** Joins what these parts of texts are, told once for each of these, by their number. */
function speltPartsSql({ table, number }: SpeltTexts, parts: readonly NamedPart[]): string {
  const of = `${parts[0]?.name}_of`;
  const numbers = parts.map(({ sql, name }) => numberedSql(sql, name, SPELT.held, SPELT.least));
  return `JOIN (SELECT ${[`${SPELT.no} AS ${of}`, ...numbers].join(', ')} FROM ${table}) ON ${of} = k.${number}`;
}

/** The least record of those that have a value, where there are several, over rows of which each is `least` and stands for so many. */
const numberedSql = (sql: string, name: string, many: string, least: string): string =>
  `CASE WHEN ${sql} IS NOT NULL AND sum(${many}) OVER (PARTITION BY ${sql}) > 1 THEN min(${least}) OVER (PARTITION BY ${sql}) END AS ${name}`;

/** By how it is spelled: a collation may hold two values equal of which a part is not. */
function dictionarySql(records: string, column: string, parts: readonly NamedPart[]): string {
  const name = quoteName(column);
  const spelt = `${parts[0]?.name}_spelt`;
  const spelling = (of: string): string => `encode(${of})`;
  const numbers = parts.map(({ sql, name }) => numberedSql(sql, name, 'n', 'least'));
  return `LEFT JOIN (SELECT ${[spelt, ...numbers].join(', ')} FROM (
      SELECT any_value(${name}) AS ${name}, ${spelling(name)} AS ${spelt}, count(*) AS n, min(rid) AS least
      FROM ${records} GROUP BY ${spelt})) ON ${spelt} IS NOT DISTINCT FROM ${spelling(`k.${name}`)}`;
}

/** Joins the least `rid` of the records that have a value, where there are several. */
function valuesSql(records: string, sql: string, name: string): string {
  const value = `${name}_value`;
  return `LEFT JOIN (SELECT ${value}, min(rid) AS ${name} FROM (SELECT rid, ${sql} AS ${value} FROM ${records})
      WHERE ${value} IS NOT NULL GROUP BY ${value} HAVING count(*) > 1) ON ${value} = ${sql}`;
}

interface KeyGroup {
  readonly key: string;
  readonly codes: readonly string[];
  readonly table: string;
}

/** The least `rid` of the records that have the same values, where there are several, and how many. */
function groupsSql(coded: string, { codes }: KeyGroup): string {
  const known = codes.map((name) => `${name} IS NOT NULL`).join(' AND ');
  return `SELECT ${codes.join(', ')}, min(rid) AS least, count(*) AS n FROM ${coded} WHERE ${known}
      GROUP BY ${codes.join(', ')} HAVING count(*) > 1`;
}

function groupJoinSql({ key, codes, table }: KeyGroup): string {
  return `LEFT JOIN ${table} g_${key} ON ${codes.map((name) => `g_${key}.${name} = k.${name}`).join(' AND ')}`;
}
