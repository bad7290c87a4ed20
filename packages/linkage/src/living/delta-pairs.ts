import { quoteName } from '../expression/sql-text.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import { cascadeConditions } from '../scoring/cascade.ts';
import { hasSourceParameters } from '../scoring/source-parameters.ts';
import { weighSql } from '../scoring/weigh-sql.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import { beforeSql } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import type { RuleKeys } from './rule-keys.ts';

/** What scoring needs of an index, which need not be finished. */
export type PairSource = Pick<LinkIndex, 'engine' | 'tables' | 'manifest' | 'rules'>;

/**
 * Scores new and changed records against all, each pair on the sides that a full run gives it, and adds those that reach
 * the index's threshold to its edges; edges of records that are gone are taken out first. Records and keys must be those
 * after the delta; `firstRid` is the first number of its records. Returns how many pairs the rules found, and how many
 * edges came and went.
 */
export async function replaceEdges(
  index: PairSource,
  firstRid: number,
): Promise<{ readonly pairs: number; readonly added: number; readonly removed: number }> {
  const { engine, tables } = index;
  const [gone, pairs, edges] = [tables.scratch('gone'), tables.scratch('pairs'), tables.scratch('edges')];
  await blockPairs(index, firstRid);
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${edges} AS ${await scoredSql(index, pairs)}`);
  const touching = `rid_l IN (SELECT rid FROM ${gone}) OR rid_r IN (SELECT rid FROM ${gone})`;
  const removed = await readCount(engine, `SELECT count(*) AS n FROM ${tables.edges} WHERE ${touching}`);
  await engine.run(`DELETE FROM ${tables.edges} WHERE ${touching};
    INSERT INTO ${tables.edges} SELECT * FROM ${edges} ORDER BY rid_l, rid_r`);
  const counts = {
    pairs: await readCount(engine, `SELECT count(*) AS n FROM ${pairs}`),
    added: await readCount(engine, `SELECT count(*) AS n FROM ${edges}`),
    removed,
  };
  await engine.run(`DROP TABLE ${pairs}`);
  return counts;
}

/** Edges of all records by the index's own keys: every record is new. */
export async function createEdges(source: PairSource): Promise<void> {
  const { engine, tables } = source;
  const pairs = tables.scratch('pairs');
  await blockPairs(source, 0);
  await engine.run(`CREATE OR REPLACE TABLE ${tables.edges} AS
      SELECT * FROM (${await scoredSql(source, pairs)}) ORDER BY rid_l, rid_r;
    DROP TABLE ${pairs}`);
}

/**
 * Fills the scratch table `pairs`: those that share a key, at least one of them new, as `rid_l`, `rid_r` and the first
 * rule that holds for them. Keys of 12 bytes are joined, not the columns of millions of records: a whole delta of 20,000
 * rows against 1 M took 2.8 to 5.3 s so, and 7.3 to 8.9 s by joining records by the rules (on a busy machine).
 */
async function blockPairs(source: PairSource, firstRid: number): Promise<void> {
  const { engine, manifest, rules, tables } = source;
  const [found, pairs] = [tables.scratch('found'), tables.scratch('pairs')];
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${found} (rid_l INTEGER, rid_r INTEGER, found BIGINT)`);
  for (const keys of rules) {
    for (const sql of sharedKeysSql(source, keys, firstRid)) await engine.run(`INSERT INTO ${found} ${sql}`);
  }
  const wanted = [beforeSql(manifest)];
  if (manifest.model.linkType === 'link_only') wanted.push('l.source_no <> r.source_no');
  const whens = rules.map((keys) => `WHEN ${holdsSql(keys)} THEN ${keys.rule}`);
  // The pairs stand in a table, and the order of sides in a CASE: else records might be joined to records by it.
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${pairs} AS SELECT * FROM (
      SELECT p.rid_l, p.rid_r,
        (CASE WHEN ${wanted.join(' AND ')} THEN CASE ${whens.join(' ')} END END)::UTINYINT AS match_key
      FROM (SELECT rid_l, rid_r, bit_or(found) AS found FROM ${found} GROUP BY rid_l, rid_r) p
      JOIN ${tables.records} l ON l.rid = p.rid_l JOIN ${tables.records} r ON r.rid = p.rid_r)
    WHERE match_key IS NOT NULL;
    DROP TABLE ${found}`);
}

/** The rule as it stands: a key may be shared by chance. Of an exploding rule the key is all there is. */
function holdsSql({ rule, sql, explode }: RuleKeys): string {
  return explode.length === 0 ? `(${sql})` : `(found & ${2 ** rule}) <> 0`;
}

/** Pairs of a new record and another with the same key; both ways round where the rule does not tell the sides. */
function sharedKeysSql({ tables }: PairSource, keys: RuleKeys, firstRid: number): readonly string[] {
  const found = `${2 ** keys.rule}::BIGINT AS found`;
  const left = tables.keys(keys.rule, 'left');
  const right = keys.symmetric ? left : tables.keys(keys.rule, 'right');
  const join = (a: string, b: string, select: string) =>
    `SELECT ${select}, ${found} FROM (SELECT key, rid FROM ${a} WHERE rid >= ${firstRid}) n
      JOIN ${b} o ON o.key = n.key AND o.rid <> n.rid`;
  return [
    join(left, right, 'n.rid AS rid_l, o.rid AS rid_r'),
    join(right, left, 'o.rid AS rid_l, n.rid AS rid_r'),
  ];
}

async function scoredSql(source: PairSource, pairs: string): Promise<string> {
  const { model, threshold, frequencyColumns } = source.manifest;
  const columns = [
    ...comparedColumns(model),
    ...frequencyColumns.map((name) => `tf_${name}`),
    ...(hasSourceParameters(model) ? [model.sourceColumn] : []),
  ];
  const selected = columns.flatMap((name) => [
    `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
    `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
  ]);
  const { records } = source.tables;
  const candidates = `SELECT ${['p.*', ...selected].join(', ')} FROM ${pairs} p
    JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r`;
  const conditions = cascadeConditions(model, threshold, await rarestFrequencies(source));
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`;
  return `SELECT rid_l, rid_r, match_key, pattern, match_weight
    FROM (${weighSql(model, `SELECT * FROM (${candidates}) ${where}`)})
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
