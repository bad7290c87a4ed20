import { pairColumns } from '../blocking/candidate-pairs.ts';
import { interruptible } from '../engine/interruptible.ts';
import type { Model } from '../model/model.ts';
import { termFrequencyColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { boldestModel } from './boldest-model.ts';
import { gammaColumn, patternPlaces } from './pattern.ts';
import { type ScoreOptions, scorePairs } from './score-pairs.ts';
import { hasSourceParameters } from './source-parameters.ts';
import { refuseUntrained } from './untrained.ts';
import { matchWeightSql, numberSql } from './weight-sql.ts';

/** What is known of pairs of records that have been compared before. */
export interface CarriedPairs {
  /**
   * What follows FROM: `rid_l`, `rid_r`, `match_key`, `pattern` of the pairs that the same model found possible, of records
   * that are still there; those that nobody asks about may be left out. Pairs of a changed record are not looked at.
   */
  readonly pairs: string;
  /** What follows FROM: `rid` of the records that are new, or of which anything that the model or its rules read is not as it was. */
  readonly changed: string;
  /** Number of the records that they were found among. */
  readonly recordCount: number;
}

export interface RescoreOptions extends Omit<ScoreOptions, 'among' | 'threshold'> {
  readonly threshold: number;
  /** Table to make of the possible pairs: `rid_l`, `rid_r`, `match_key`, `pattern`. */
  readonly possibleInto: string;
  /** Nothing by default: every pair is compared. */
  readonly carried?: CarriedPairs | undefined;
}

export interface Rescored {
  readonly table: string;
  readonly pairs: number;
  /** False when all pairs were compared: nothing was given, or it was found among so many fewer records that more is possible now. */
  readonly carried: boolean;
}

/** What is reached by the model within a rounding error may be missed by a hair without its frequencies. */
const ROUNDING = 1e-6;

/**
 * `scorePairs`, month after month, of records most of which stay as they were: what it takes of last month's work changes
 * nothing of what comes out. Beside the pairs that reach the threshold it keeps those that would if their values were as rare
 * as values can be, the possible ones. Whether a pair is possible, and its pattern, depend on its two records; so next time
 * only pairs with a changed record are compared, the others are carried, and all are weighed by the frequencies of the day.
 * Throws as `scorePairs`, and a TypeError for what makes pairs depend on other records or weights on inputs: blocks that are
 * divided when they are large, m by source. Frequencies must be those counted on the records of the session.
 */
export async function rescorePairs(
  given: LinkSession,
  model: Model,
  options: RescoreOptions,
): Promise<Rescored> {
  const { threshold, possibleInto, carried: offered, ...rest } = options;
  const { guard, signal, into = `${given.prefix}pairs` } = rest;
  const divides = guard !== undefined && guard !== 'off' && guard.oversized === 'split';
  if (divides || hasSourceParameters(model)) {
    throw new TypeError('pairs are carried over neither with blocks that are divided nor with m by source');
  }
  if (rest.untrained !== 'defaults') refuseUntrained(model);
  const rarest = rarestAmong(given.recordCount);
  const carried = offered !== undefined && rarestAmong(offered.recordCount) <= rarest ? offered : undefined;
  const possible = { model: boldestModel(model, rarest), threshold: threshold - ROUNDING };
  const compared = `${given.prefix}compared`;
  await scorePairs(given, possible.model, {
    ...rest,
    threshold: possible.threshold,
    into: compared,
    ...(carried === undefined ? {} : { among: carried.changed }),
  });
  const kept = carried === undefined ? '' : `UNION ALL ${reaching(unchangedSql(carried), possible)}`;
  const runner = interruptible(given.runner, signal);
  await runner.run(`CREATE OR REPLACE TABLE ${possibleInto} AS SELECT ${KNOWN} FROM ${compared} ${kept};
    DROP TABLE ${compared};
    CREATE OR REPLACE TABLE ${into} AS ${reaching(withFrequenciesSql(model, possibleInto, given.records), { model, threshold }, ', match_weight')}`);
  const pairs = await readCount(runner, `SELECT count(*) AS n FROM ${into}`);
  return { table: into, pairs, carried: carried !== undefined };
}

const KNOWN = 'rid_l, rid_r, match_key, pattern';

/**
 * A frequency that no value of so many records is below. Powers of two: while records do not outgrow one, what is possible
 * stays the same.
 */
function rarestAmong(recordCount: number): number {
  return 2 ** -Math.ceil(Math.log2(Math.max(1, recordCount)));
}

function unchangedSql({ pairs, changed }: CarriedPairs): string {
  return `SELECT p.* FROM ${pairs} p
    ANTI JOIN (SELECT rid FROM ${changed}) l ON l.rid = p.rid_l ANTI JOIN (SELECT rid FROM ${changed}) r ON r.rid = p.rid_r`;
}

function withFrequenciesSql(model: Model, pairs: string, records: string): string {
  const frequencies = pairColumns(termFrequencyColumns(model).map((name) => `tf_${name}`));
  return `SELECT ${['p.*', ...frequencies].join(', ')} FROM ${pairs} p
    JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r`;
}

/** SELECT of the pairs that reach the threshold, weighed by their patterns: what `weighSql` gives, without comparing anything. */
function reaching(
  pairs: string,
  { model, threshold }: { model: Model; threshold: number },
  more = '',
): string {
  const places = patternPlaces(model);
  const levels = model.comparisons.map((comparison, index) => {
    const { factor = 1, radix = 1 } = places[index] ?? {};
    return `((pattern // ${factor}) % ${radix} - 1)::TINYINT AS ${gammaColumn(comparison)}`;
  });
  return `SELECT ${KNOWN}${more} FROM (
      SELECT *, ${matchWeightSql(model)} AS match_weight FROM (SELECT *, ${levels.join(', ')} FROM (${pairs})))
    WHERE match_weight >= ${numberSql(threshold)}`;
}
