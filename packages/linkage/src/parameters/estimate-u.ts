import { quoteName } from '../expression/sql-text.ts';
import { levelsByGamma, type Model } from '../model/model.ts';
import { bothRecordsSql, withColumns } from '../records/both-records.ts';
import { comparedColumns, type RecordTables } from '../records/record-tables.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { addEstimates, type Estimates, sharesOf } from './estimates.ts';
import { countPatterns, type PatternCount } from './pattern-counts.ts';

export interface UOptions {
  /** Relation made by `createRecordsSql`. */
  readonly records: string;
  /** The tables that it is made of, where it is none itself. */
  readonly tables?: RecordTables | undefined;
  /** Pairs drawn at most; all pairs when there are no more. */
  readonly maxPairs?: number;
  readonly seed?: number;
}

const MAX_PAIRS = 5_000_000;

/**
 * Estimates u of every level from pairs drawn at random. Records are shuffled by a seeded hash and each is paired with
 * those that follow it: as many pairs of different records as wanted, where all pairs of a small sample would show the
 * same few records again and again. A level never seen gets half a pair: unseen is rare, not impossible.
 */
export async function estimateU(runner: SqlRunner, model: Model, options: UOptions): Promise<Model> {
  return withU(model, await countRandomPairs(runner, model, options));
}

/** The same as one more estimate, in Splink's way: a level never seen has none. */
export async function addRandomU(
  runner: SqlRunner,
  estimates: Estimates,
  options: UOptions,
): Promise<Estimates> {
  const counts = await countRandomPairs(runner, estimates.model, options);
  return addEstimates(estimates, 'u', sharesOf(estimates.model, counts));
}

/** Patterns of pairs drawn at random; the pairs are no more than all. */
export async function countRandomPairs(
  runner: SqlRunner,
  model: Model,
  options: UOptions,
): Promise<readonly PatternCount[]> {
  const { records, maxPairs = MAX_PAIRS } = options;
  const n = await readCount(runner, `SELECT count(*) AS n FROM ${withColumns(options, [])}`);
  if ((n * (n - 1)) / 2 <= maxPairs) return countPatterns(runner, model, allPairsSql(model, records));
  const [shuffled, drawn] = [`${records}_shuffled`, `${records}_drawn`];
  const followers = Math.max(1, Math.floor(maxPairs / n));
  await runner.run(`${shuffleSql(options, shuffled)};
    CREATE OR REPLACE TABLE ${drawn} AS ${followersSql(model, shuffled, Math.min(n, maxPairs), followers)};
    DROP TABLE ${shuffled}`);
  const counts = await countPatterns(runner, model, bothRecordsSql(options, drawn, comparedColumns(model)));
  await runner.run(`DROP TABLE ${drawn}`);
  return counts;
}

const UNSEEN_PAIRS = 0.5;

/** The model with u of every level as counted; levels with a fixed u keep it. */
export function withU(model: Model, counts: readonly PatternCount[]): Model {
  const shares = sharesOf(model, counts);
  const seen = model.comparisons.map((_, index) =>
    counts.reduce((sum, { gammas, pairs }) => ((gammas[index] ?? -1) < 0 ? sum : sum + pairs), 0),
  );
  const comparisons = model.comparisons.map((comparison, index) => {
    const byGamma = levelsByGamma(comparison);
    const pairs = (shares[index] ?? []).map((share) =>
      Math.max((share ?? 0) * (seen[index] ?? 0), UNSEEN_PAIRS),
    );
    const total = pairs.reduce((sum, count) => sum + count, 0);
    const levels = comparison.levels.map((one) => {
      const count = pairs[byGamma.indexOf(one)];
      return one.fixU === true || count === undefined ? one : { ...one, u: count / total };
    });
    return { ...comparison, levels };
  });
  return { ...model, comparisons };
}

function allPairsSql(model: Model, records: string): string {
  return `SELECT ${bothSides(comparedColumns(model))} FROM ${records} l JOIN ${records} r ON l.rid < r.rid${acrossSources(model)}`;
}

/** Fills a table with the numbers of the records of the sample, in a seeded order: `linkage_place` from 0. */
function shuffleSql({ maxPairs = MAX_PAIRS, seed = 1, ...of }: UOptions, into: string): string {
  return `CREATE OR REPLACE TABLE ${into} AS SELECT rid, source_no,
      (row_number() OVER (ORDER BY hash(rid, ${seed}), rid) - 1)::INTEGER AS linkage_place
    FROM ${withColumns(of, [])} QUALIFY linkage_place < ${maxPairs}`;
}

/** Each record with those that follow it in the table of `shuffleSql`, round the end: `rid_l`, `rid_r`. */
function followersSql(model: Model, shuffled: string, size: number, followers: number): string {
  return `SELECT l.rid AS rid_l, r.rid AS rid_r
    FROM (SELECT *, unnest(range(1, ${followers + 1})) AS linkage_step FROM ${shuffled}) l
    JOIN ${shuffled} r ON r.linkage_place = ((l.linkage_place + l.linkage_step) % ${size})::INTEGER${acrossSources(model)}`;
}

/** SELECT list of these columns of both sides, as `x_l`, `x_r`. */
export function bothSides(columns: readonly string[]): string {
  return columns
    .flatMap((name) => [
      `l.${quoteName(name)} AS ${quoteName(`${name}_l`)}`,
      `r.${quoteName(name)} AS ${quoteName(`${name}_r`)}`,
    ])
    .join(', ');
}

/** What more a pair must fulfil: of two inputs, where they are only linked. */
export const acrossSources = ({ linkType }: Model): string =>
  linkType === 'link_only' ? ' AND l.source_no <> r.source_no' : '';
