import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';
import type { ColumnProfile, ValueCount } from './column-profile.ts';
import { readSignals, signalsSql } from './content-signals.ts';
import { guessMeaning } from './guess-meaning.ts';

export interface ProfileOptions {
  /** What follows FROM: a table, a view, or `read_parquet('…')`. */
  readonly relation: string;
  /** All columns of the relation by default. */
  readonly columns?: readonly string[];
  /** Most frequent values told of each column; 10 by default. */
  readonly top?: number;
}

/** Words that people and programs write for a missing value. */
const WRITTEN_FOR_MISSING = 'NA|N/A|NULL|NONE|NAN|UNKNOWN|INCONNU|INCONNUE|UNBEKANNT|XXX|X|?|-|--|.'.split(
  '|',
);
/** A placeholder is one when this share of the rows has it: Na and None are also names. */
const PLACEHOLDER_SHARE = 0.002;

/**
 * Describes columns: how full, how varied, what they look like and what they seem to mean. One pass over each column;
 * the same rows in any order give the same profile.
 */
export async function profileColumns(
  runner: SqlRunner,
  options: ProfileOptions,
): Promise<readonly ColumnProfile[]> {
  const { relation, columns, top = 10 } = options;
  const described = await runner.all(`DESCRIBE SELECT * FROM ${relation}`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  const profiles: ColumnProfile[] = [];
  for (const name of columns ?? types.keys()) {
    profiles.push(await profileColumn(runner, relation, name, types.get(name) ?? 'UNKNOWN', top));
  }
  return profiles;
}

async function profileColumn(
  runner: SqlRunner,
  relation: string,
  name: string,
  type: string,
  top: number,
): Promise<ColumnProfile> {
  const values = `(SELECT value, count(*) AS n FROM (SELECT nullif(trim(${quoteName(name)}::VARCHAR), '') AS value
    FROM ${relation}) GROUP BY value)`;
  const table = 'temp.linkage_profile_values';
  await runner.run(
    `CREATE OR REPLACE TEMP TABLE linkage_profile_values AS SELECT * FROM ${values} WHERE value IS NOT NULL`,
  );
  const [total] = await runner.all(`SELECT count(*) AS n FROM ${relation}`);
  const rows = Number(total?.n ?? 0);
  const [row = {}] = await runner.all(
    `SELECT ${plainCounts(table).join(', ')}, ${signalsSql().join(', ')} FROM ${table}`,
  );
  const signals = readSignals(row, rows);
  const filled = Number(row.filled_n ?? 0);
  const guess = guessMeaning(name, signals, rows);
  const profile: ColumnProfile = {
    name,
    type,
    rows,
    missing: rows - filled,
    distinct: signals.distinct,
    top: await countedValues(runner, table, 'value', top),
    length: {
      least: Number(row.shortest ?? 0),
      mean: rounded(signals.meanLength),
      most: Number(row.longest ?? 0),
    },
    shapes: await countedValues(runner, table, SHAPE, 5),
    entropy: rounded(await entropy(runner, table, filled)),
    placeholders: await placeholders(runner, table, rows),
    ...guess,
  };
  await runner.run(`DROP TABLE ${table}`);
  return profile;
}

/** `A` for each run of letters, `9` for each run of digits. */
const SHAPE = `regexp_replace(regexp_replace(value, '[\\p{L}\\p{M}]+', 'A', 'g'), '[0-9]+', '9', 'g')`;

function plainCounts(table: string): readonly string[] {
  return [
    'coalesce(sum(n), 0) AS filled_n',
    'count(*) AS distinct_n',
    'sum(n * length(value)) AS characters',
    `sum(n * len(string_split_regex(value, '[\\s-]+'))) AS words`,
    'min(length(value)) AS shortest',
    'max(length(value)) AS longest',
    `(SELECT max(k) FROM (SELECT sum(n) AS k FROM ${table} GROUP BY length(value))) AS one_length_n`,
  ];
}

async function countedValues(
  runner: SqlRunner,
  table: string,
  expression: string,
  top: number,
): Promise<readonly ValueCount[]> {
  const rows = await runner.all(
    `SELECT ${expression} AS value, sum(n) AS n FROM ${table} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${Math.floor(top)}`,
  );
  return rows.map(({ value, n }) => ({ value: String(value), rows: Number(n) }));
}

/** From how many values are met how often: whole numbers, so that no order of addition matters. */
async function entropy(runner: SqlRunner, table: string, filled: number): Promise<number> {
  if (filled === 0) return 0;
  const rows = await runner.all(`SELECT n, count(*) AS k FROM ${table} GROUP BY n ORDER BY n`);
  return rows.reduce((bits, { n, k }) => {
    const share = Number(n) / filled;
    return bits - Number(k) * share * Math.log2(share);
  }, 0);
}

async function placeholders(runner: SqlRunner, table: string, rows: number): Promise<readonly string[]> {
  const found = await runner.all(
    `SELECT value FROM ${table} WHERE upper(value) IN (${WRITTEN_FOR_MISSING.map(quoteText).join(', ')})
      AND n >= ${rows * PLACEHOLDER_SHARE} AND n > 1 AND length(value) > 0 ORDER BY value`,
  );
  return found.map(({ value }) => String(value));
}

/** Six decimals: what is told of a column, not what is computed with. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
