import { quoteName } from '../expression/sql-text.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import { cascadeConditions } from '../scoring/cascade.ts';
import { gammaColumn, gammaSql, patternSql } from '../scoring/pattern.ts';
import { comparisonWeightSql, numberSql } from '../scoring/weight-sql.ts';
import { priorWeight } from '../scoring/weights.ts';
import { beforeSql } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import { explodedSql, type RuleKeys } from './rule-keys.ts';

/**
 * Scores new and changed records against all, both ways round, by the SQL of a full run, and adds those that reach the
 * index's threshold to its edges; edges of records that are gone are taken out first. `firstRid` is the first number of
 * the new records. Returns how many pairs the rules found, and how many edges came and went.
 */
export async function replaceEdges(
  index: LinkIndex,
  firstRid: number,
): Promise<{ readonly pairs: number; readonly added: number; readonly removed: number }> {
  const { engine, tables } = index;
  const [gone, edges] = [tables.scratch('gone'), tables.scratch('edges')];
  const pairs = await readCount(
    engine,
    `SELECT count(*) AS n FROM (${onceEach(index, candidatesSql(index, firstRid, []))})`,
  );
  const scored = onceEach(index, await scoredSql(index, firstRid));
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${edges} AS ${scored}`);
  const touching = `rid_l IN (SELECT rid FROM ${gone}) OR rid_r IN (SELECT rid FROM ${gone})`;
  const removed = await readCount(engine, `SELECT count(*) AS n FROM ${tables.edges} WHERE ${touching}`);
  await engine.run(`DELETE FROM ${tables.edges} WHERE ${touching};
    INSERT INTO ${tables.edges} SELECT * FROM ${edges} ORDER BY rid_l, rid_r`);
  return { pairs, added: await readCount(engine, `SELECT count(*) AS n FROM ${edges}`), removed };
}

/** What scoring needs of an index, which need not be finished. */
export type PairSource = Pick<LinkIndex, 'engine' | 'tables' | 'manifest' | 'rules'>;

/** Edges of all records: every record is new. */
export async function createEdges(source: PairSource): Promise<void> {
  const { engine, tables } = source;
  const rows = tables.scratch('rows');
  await engine.run(`CREATE OR REPLACE TEMP VIEW ${rows} AS SELECT * FROM ${tables.records}`);
  const scored = onceEach(source, await scoredSql(source, 0));
  await engine.run(`CREATE OR REPLACE TABLE ${tables.edges} AS ${scored} ORDER BY rid_l, rid_r;
    DROP VIEW ${rows}`);
}

/** An exploding rule cannot be excluded by a condition: a pair that several rules found keeps the first. */
function onceEach({ rules }: PairSource, pairs: string): string {
  if (rules.every(({ explode }) => explode.length === 0)) return pairs;
  return `SELECT * FROM (${pairs}) QUALIFY row_number() OVER (PARTITION BY rid_l, rid_r ORDER BY match_key) = 1`;
}

async function scoredSql(index: PairSource, firstRid: number): Promise<string> {
  const { model, threshold, frequencyColumns } = index.manifest;
  const columns = [...comparedColumns(model), ...frequencyColumns.map((name) => `tf_${name}`)];
  const conditions = cascadeConditions(model, threshold, await rarestFrequencies(index));
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`;
  const levels = model.comparisons.map((one) => `${gammaSql(one)} AS ${gammaColumn(one)}`);
  const weights = model.comparisons.map((one) => `(${comparisonWeightSql(one)})`);
  return `SELECT rid_l, rid_r, match_key, pattern, match_weight FROM (
      SELECT rid_l, rid_r, match_key, ${patternSql(model)} AS pattern,
        ${[numberSql(priorWeight(model.prior)), ...weights].join(' + ')} AS match_weight
      FROM (SELECT *, ${levels.join(', ')} FROM (${candidatesSql(index, firstRid, columns)}) ${where}))
    WHERE match_weight >= ${numberSql(threshold)}`;
}

/** The least frequency of each column; values without one add nothing, which is no more than the rarest does. */
async function rarestFrequencies({
  engine,
  tables,
  manifest,
}: PairSource): Promise<(column: string) => number> {
  const found = new Map<string, number>();
  for (const [place, name] of manifest.frequencyColumns.entries()) {
    const [row] = await engine.all(`SELECT min(tf) AS tf FROM ${tables.frequencies(place)}`);
    found.set(name, row?.tf === null || row?.tf === undefined ? 1 : Number(row.tf));
  }
  return (column) => found.get(column) ?? 1;
}

/** Pairs of a new record and any other; a pair of two new ones is found once, by its left. */
function candidatesSql(index: PairSource, firstRid: number, columns: readonly string[]): string {
  const rows = index.tables.scratch('rows');
  const all = index.tables.records;
  return index.rules
    .flatMap((keys) => [
      pairsSql(index, keys, columns, rows, all, []),
      pairsSql(index, keys, columns, all, rows, [`l.rid < ${firstRid}`]),
    ])
    .join('\nUNION ALL\n');
}

function pairsSql(
  index: PairSource,
  keys: RuleKeys,
  columns: readonly string[],
  left: string,
  right: string,
  more: readonly string[],
): string {
  const { manifest, rules } = index;
  const selected = columns.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  const conditions = [beforeSql(manifest), ...more];
  if (manifest.model.linkType === 'link_only') conditions.push('l.source_no <> r.source_no');
  // NULL in an earlier rule must not remove the pair.
  const earlier = rules
    .slice(0, keys.rule)
    .filter(({ explode }) => explode.length === 0)
    .map(({ sql }) => `coalesce((${sql}), false)`);
  if (earlier.length > 0) conditions.push(`NOT (${earlier.join(' OR ')})`);
  return `SELECT ${['l.rid AS rid_l', 'r.rid AS rid_r', `${keys.rule}::UTINYINT AS match_key`, ...selected].join(', ')}
    FROM ${joinedSql(keys, left, right)} WHERE ${conditions.join(' AND ')}`;
}

function joinedSql({ sql, explode }: RuleKeys, left: string, right: string): string {
  if (explode.length === 0) return `${left} l JOIN ${right} r ON (${sql})`;
  const [l, r] = [explodedSql(explode, left), explodedSql(explode, right)];
  return `(SELECT DISTINCT l.rid AS a, r.rid AS b FROM ${l} l JOIN ${r} r ON (${sql})) p
    JOIN ${left} l ON l.rid = p.a JOIN ${right} r ON r.rid = p.b`;
}
