import { candidatePairsSql, pairColumns } from '../blocking/candidate-pairs.ts';
import type { KeyedRecords } from '../blocking/prepared-rules.ts';
import type { BlockingRule, Model } from '../model/model.ts';
import { bothRecordsSql } from '../records/both-records.ts';
import { comparedColumns, termFrequencyColumns } from '../records/record-tables.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { gammaColumn, gammaSql, patternPlaces, patternSql } from './pattern.ts';
import { hasSourceParameters } from './source-parameters.ts';
import { matchWeightSql } from './weight-sql.ts';

export interface CompareRequest {
  readonly keyed: KeyedRecords;
  /** Table to make: `rid_l`, `rid_r`, `match_key`, `pattern`. */
  readonly into: string;
  /** Only pairs that satisfy this, over `l` and `r`. */
  readonly only?: string;
}

/** Pairs that are joined to their records at once: it is the records that take the memory. */
const PART = 4_000_000;

/** What follows FROM, for each part of a table of pairs, that many at most in one. */
export async function partsOf(runner: SqlRunner, pairs: string): Promise<readonly string[]> {
  const parts = Math.ceil((await readCount(runner, `SELECT count(*) AS n FROM ${pairs}`)) / PART);
  if (parts <= 1) return [pairs];
  return Array.from({ length: parts }, (_, part) => `(FROM ${pairs} WHERE rid_l % ${parts} = ${part})`);
}

/**
 * Compares every pair that the rules find, by all comparisons. Numbers of the pairs first, then both records by these: where a record is
 * in few pairs, carrying its columns through a join for each rule costs several times as much.
 */
export async function comparePairs(
  session: LinkSession,
  model: Model,
  { keyed, into, only }: CompareRequest,
): Promise<void> {
  const { runner, prefix } = session;
  const candidates = `${prefix}candidate_pairs`;
  const sample = only === undefined ? {} : { only };
  const { linkType } = model;
  await runner.run(
    `CREATE OR REPLACE TABLE ${candidates} (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT)`,
  );
  await runner.run(
    `INSERT INTO ${candidates} ${candidatePairsSql({ records: keyed.records, rules: keyed.rules, linkType, columns: [], ...sample })}`,
  );
  const levels = model.comparisons.map(
    (comparison) => `${gammaSql(comparison)} AS ${gammaColumn(comparison)}`,
  );
  await runner.run(
    `CREATE OR REPLACE TABLE ${into} (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT, pattern BIGINT)`,
  );
  for (const some of await partsOf(runner, candidates)) {
    const pairs = bothRecordsSql(session, some, comparedColumns(model));
    await runner.run(`INSERT INTO ${into} SELECT rid_l, rid_r, match_key, ${patternSql(model)} AS pattern
      FROM (SELECT rid_l, rid_r, match_key, ${levels.join(', ')} FROM (${pairs}))`);
  }
  await runner.run(`DROP TABLE ${candidates}`);
}

/** All that patterns of candidate pairs depend on, beside the records: neither m nor u. */
const comparedOf = ({ linkType, comparisons }: Model, rules: readonly BlockingRule[]): string =>
  JSON.stringify([linkType, rules, comparisons.map(gammaSql)]);

/** Keeps for the scoring that follows which table `comparePairs` made of all pairs of these rules. */
export function keepCompared(
  { work }: LinkSession,
  model: Model,
  rules: readonly BlockingRule[],
  table: string,
): void {
  work.compared = { of: comparedOf(model, rules), work: table };
}

/** Table of all pairs of these rules with their patterns, where a call before has made it. */
export function comparedPairs(
  { work }: LinkSession,
  model: Model,
  rules: readonly BlockingRule[],
): string | undefined {
  return work.compared?.of === comparedOf(model, rules) ? work.compared.work : undefined;
}

/** Takes that table away, if there is one. */
export async function dropCompared({ runner, work }: LinkSession): Promise<void> {
  if (work.compared !== undefined) await runner.run(`DROP TABLE IF EXISTS ${work.compared.work}`);
  delete work.compared;
}

/**
 * SELECT of pairs with their weight, from their patterns: what `weighSql` gives, without comparing anything. `only`: those
 * that satisfy it, over `l` and `r`.
 */
export function weighPatternsSql(
  model: Model,
  { pairs, records, only = 'true' }: { pairs: string; records: string; only?: string },
): string {
  const places = patternPlaces(model);
  const levels = model.comparisons.map((comparison, index) => {
    const { factor = 1, radix = 1 } = places[index] ?? {};
    return `((pattern // ${factor}) % ${radix} - 1)::TINYINT AS ${gammaColumn(comparison)}`;
  });
  const read = [
    ...termFrequencyColumns(model).map((name) => `tf_${name}`),
    ...(hasSourceParameters(model) ? [model.sourceColumn] : []),
  ];
  return `SELECT *, ${matchWeightSql(model)} AS match_weight FROM (
    SELECT ${['p.*', ...levels, ...pairColumns(read)].join(', ')} FROM ${pairs} p
    JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r WHERE ${only})`;
}
