import { quoteName } from '../expression/sql-text.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import type { LinkSession } from '../session.ts';
import { type Interval, wilsonInterval } from './intervals.ts';
import { judgedPairsSql, matchingPairsSql, type Truth } from './truth.ts';

export interface GroupRequest {
  /** Column of the session's records. */
  readonly column: string;
  readonly pairs: string;
  readonly threshold: number;
  /** Records that a group needs to be shown; 30 by default. */
  readonly minimumRecords?: number;
}

export interface GroupRate {
  readonly count: number;
  readonly of: number;
  /** `count / of`, 0 to 1; 0 of nothing is 0. */
  readonly rate: number;
  /** Wilson, 95 %. Pairs are taken as independent: with large entities the truth is wider. */
  readonly interval: Interval;
}

export interface GroupRates {
  /** Value of the column as text; null where it is missing. */
  readonly group: string | null;
  readonly records: number;
  /** Matches that are not linked, of all matches with a record of the group. */
  readonly missed: GroupRate;
  /** Links that are wrong, of all links with a record of the group. */
  readonly wrong: GroupRate;
}

export interface RateGap {
  readonly highest: string | null;
  readonly lowest: string | null;
  /** Difference of the rates, 0 to 1. */
  readonly gap: number;
  /** The two intervals do not meet: chance alone hardly explains the gap. */
  readonly clear: boolean;
}

export interface GroupReport {
  readonly column: string;
  /** Largest first. A pair between two groups counts in both. */
  readonly groups: readonly GroupRates[];
  readonly minimumRecords: number;
  /** Groups too small to be shown, and their records. */
  readonly smallGroups: number;
  readonly smallGroupRecords: number;
  /** Absent when fewer than two groups can be compared. */
  readonly missedGap?: RateGap;
  readonly wrongGap?: RateGap;
}

/** Missed and wrong links by group: whom the model serves less well. */
export async function ratesByGroup(
  session: LinkSession,
  truth: Truth,
  request: GroupRequest,
): Promise<GroupReport> {
  const { column, minimumRecords = 30 } = request;
  const all = await readGroups(session, truth, request);
  const groups = all.filter(({ records }) => records >= minimumRecords);
  const small = all.filter(({ records }) => records < minimumRecords);
  const missedGap = largestGap(groups, ({ missed }) => missed);
  const wrongGap = largestGap(groups, ({ wrong }) => wrong);
  return {
    column,
    groups,
    minimumRecords,
    smallGroups: small.length,
    smallGroupRecords: small.reduce((sum, { records }) => sum + records, 0),
    ...(missedGap === undefined ? {} : { missedGap }),
    ...(wrongGap === undefined ? {} : { wrongGap }),
  };
}

async function readGroups(
  session: LinkSession,
  truth: Truth,
  { column, pairs, threshold }: GroupRequest,
): Promise<readonly GroupRates[]> {
  const value = `${quoteName(column)}::VARCHAR`;
  const links = `SELECT rid_l, rid_r, same FROM (${judgedPairsSql(truth, pairs)}) WHERE match_weight >= ${numberSql(threshold)}`;
  const inGroups = (from: string) =>
    `SELECT *, unnest(CASE WHEN l.g IS NOT DISTINCT FROM r.g THEN [l.g] ELSE [l.g, r.g] END) AS own
     FROM (${from}) p JOIN named l ON l.rid = p.rid_l JOIN named r ON r.rid = p.rid_r`;
  const rows = await session.runner.all(
    `WITH named AS (SELECT rid, ${value} AS g FROM ${session.records}), linked AS (${links}),
      sizes AS (SELECT g, count(*) AS records FROM named GROUP BY g),
      matches AS (SELECT own, count(*) AS n, count(*) FILTER (NOT found) AS errors FROM (${inGroups(
        `SELECT t.rid_l, t.rid_r, k.same IS NOT NULL AS found FROM (${matchingPairsSql(truth)}) t
         LEFT JOIN linked k ON k.rid_l = t.rid_l AND k.rid_r = t.rid_r`,
      )}) GROUP BY own),
      decided AS (SELECT own, count(*) AS n, count(*) FILTER (NOT same) AS errors FROM (${inGroups('FROM linked')}) GROUP BY own)
    SELECT s.g, s.records, m.n AS matches, m.errors AS missed, d.n AS links, d.errors AS wrong
    FROM sizes s LEFT JOIN matches m ON m.own IS NOT DISTINCT FROM s.g LEFT JOIN decided d ON d.own IS NOT DISTINCT FROM s.g
    ORDER BY s.records DESC, s.g NULLS LAST`,
  );
  return rows.map((row) => ({
    group: typeof row.g === 'string' ? row.g : null,
    records: Number(row.records),
    missed: rateOf(Number(row.missed ?? 0), Number(row.matches ?? 0)),
    wrong: rateOf(Number(row.wrong ?? 0), Number(row.links ?? 0)),
  }));
}

function rateOf(count: number, of: number): GroupRate {
  return { count, of, rate: of === 0 ? 0 : count / of, interval: wilsonInterval(count, of) };
}

function largestGap(
  groups: readonly GroupRates[],
  rate: (group: GroupRates) => GroupRate,
): RateGap | undefined {
  const known = groups.filter((group) => rate(group).of > 0);
  const sorted = [...known].sort((a, b) => rate(b).rate - rate(a).rate);
  const [highest, lowest] = [sorted[0], sorted.at(-1)];
  if (highest === undefined || lowest === undefined || known.length < 2) return undefined;
  return {
    highest: highest.group,
    lowest: lowest.group,
    gap: rate(highest).rate - rate(lowest).rate,
    clear: rate(highest).interval.low > rate(lowest).interval.high,
  };
}
