import { interruptible } from '../engine/interruptible.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { weighPatternsSql } from './compare-pairs.ts';
import { frequencyClasses } from './frequency-classes.ts';
import { ofTwoGroupsSql } from './groups.ts';
import { type ScoreOptions, scorePairs } from './score-pairs.ts';
import { hasSourceParameters } from './source-parameters.ts';
import { numberSql } from './weight-sql.ts';

/** What is known of pairs of records that have been compared before. */
export interface CarriedPairs {
  /**
   * What follows FROM: `rid_l`, `rid_r`, `match_key`, `pattern` of the pairs that the same model found possible, of records
   * that are still there; those that nobody asks about may be left out. Pairs of a changed record are not looked at.
   */
  readonly pairs: string;
  /**
   * What follows FROM: `rid` of the records that are new, or of which anything that the model or its rules read is not as it
   * was, or one of whose values has left its class of frequency (`frequencyClasses`).
   */
  readonly changed: string;
}

export interface RescoreOptions extends Omit<ScoreOptions, 'among' | 'threshold'> {
  readonly threshold: number;
  /** Table to make of the possible pairs: `rid_l`, `rid_r`, `match_key`, `pattern`. */
  readonly possibleInto: string;
  /** Nothing by default: every pair is compared. */
  readonly carried?: CarriedPairs | undefined;
}

/** The least frequency of a class may come out above a frequency of it, by a rounding error. */
const ROUNDING = 1e-6;

/**
 * `scorePairs`, month after month, of records most of which stay as they were: what it takes of last month's work changes
 * nothing of what comes out. Beside the pairs that reach the threshold it keeps those that would with the least frequencies of
 * their classes, the possible ones. Whether a pair is possible, and its pattern, depend on its two records and on the classes
 * of their values; so next time only pairs with a changed record are compared, the others are carried, and all are weighed by
 * the frequencies of the day. Throws as `scorePairs`, and a TypeError for what makes pairs depend on other records, or weights
 * on inputs: blocks that are divided when they are large, m by source.
 */
export async function rescorePairs(
  given: LinkSession,
  model: Model,
  options: RescoreOptions,
): Promise<{ readonly table: string; readonly pairs: number }> {
  const { threshold, possibleInto, carried, ...rest } = options;
  const { guard, signal, groupedBy, into = `${given.prefix}pairs` } = rest;
  const divides = guard !== undefined && guard !== 'off' && guard.oversized === 'split';
  if (divides || hasSourceParameters(model)) {
    throw new TypeError('pairs are carried over neither with blocks that are divided nor with m by source');
  }
  const runner = interruptible(given.runner, signal);
  const { records, prefix } = given;
  const [rounded, compared] = [`${prefix}rounded`, `${prefix}likeliest`];
  const least = frequencyClasses(model).map(({ column, leastSql }) => `${leastSql} AS ${quoteName(column)}`);
  const replaced = least.length === 0 ? '' : `REPLACE (${least.join(', ')})`;
  await runner.run(`CREATE OR REPLACE VIEW ${rounded} AS SELECT * ${replaced} FROM ${records}`);
  await scorePairs({ ...given, records: rounded }, model, {
    ...rest,
    threshold: threshold - ROUNDING,
    into: compared,
    ...(carried === undefined ? {} : { among: carried.changed }),
  });
  const kept = carried === undefined ? '' : `UNION ALL ${unchangedSql(carried, records, groupedBy)}`;
  await runner.run(`CREATE OR REPLACE TABLE ${possibleInto} AS SELECT ${KNOWN} FROM ${compared} ${kept};
    DROP TABLE ${compared}; DROP VIEW ${rounded};
    CREATE OR REPLACE TABLE ${into} AS SELECT ${KNOWN}, match_weight
      FROM (${weighPatternsSql(model, { pairs: possibleInto, records })}) WHERE match_weight >= ${numberSql(threshold)}`);
  return { table: into, pairs: await readCount(runner, `SELECT count(*) AS n FROM ${into}`) };
}

const KNOWN = 'rid_l, rid_r, match_key, pattern';

/** Records of two groups may be of one since. */
function unchangedSql({ pairs, changed }: CarriedPairs, records: string, groupedBy?: string): string {
  const apart =
    groupedBy === undefined
      ? pairs
      : `(SELECT p.* FROM ${pairs} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r
        WHERE ${ofTwoGroupsSql(groupedBy)})`;
  return `SELECT ${KNOWN} FROM ${apart} p
    ANTI JOIN (SELECT rid FROM ${changed}) l ON l.rid = p.rid_l ANTI JOIN (SELECT rid FROM ${changed}) r ON r.rid = p.rid_r`;
}
