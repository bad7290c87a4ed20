import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { keysOfSession } from '../blocking/keyed-records.ts';
import type { Model } from '../model/model.ts';
import { readCount } from '../runner.ts';
import { comparedPairs, comparePairs, keepCompared } from '../scoring/compare-pairs.ts';
import { patternGammas } from '../scoring/pattern.ts';
import type { LinkSession } from '../session.ts';
import type { PatternCount } from './pattern-counts.ts';

export interface CandidateCountsOptions {
  /** Pairs looked at, about; when the rules find more, only those of some left records, and counts are scaled. */
  readonly maxPairs: number;
  readonly seed: number;
}

export interface CandidateCounts {
  readonly counts: readonly PatternCount[];
  /** Pairs that the rules find: exact when all were looked at, else estimated. */
  readonly pairs: number;
  /** Share of the left records that were looked at, above 0 to 1. */
  readonly share: number;
}

/** Above this many records, how many pairs there are is itself told from a sample. */
const COUNTED_RECORDS = 200_000;
const PROBES = 32;
const HASHES = 1 << 20;

/**
 * Patterns of the pairs that the blocking rules find, or of a sample of them by hash of the left record. All of them are
 * kept with their patterns for the scoring that follows.
 */
export async function countCandidates(
  session: LinkSession,
  model: Model,
  { maxPairs, seed }: CandidateCountsOptions,
): Promise<CandidateCounts> {
  const { runner, recordCount, prefix } = session;
  const { linkType, blockingRules } = model;
  const keyed = await keysOfSession(session, blockingRules);
  const among = (share: number): string => `hash(l.rid, ${seed}) % ${HASHES} < ${Math.ceil(share * HASHES)}`;
  const probe = recordCount > COUNTED_RECORDS ? 1 / PROBES : 1;
  const { records, rules } = keyed;
  const sampled = candidatePairsSql({
    records,
    rules,
    linkType,
    columns: [],
    ...(probe === 1 ? {} : { only: among(probe) }),
  });
  const estimated = (await readCount(runner, `SELECT count(*) AS n FROM (${sampled})`)) / probe;
  const wanted = Math.min(1, maxPairs / Math.max(1, estimated));
  const share = Math.ceil(wanted * HASHES) / HASHES;
  const known = share === 1 ? comparedPairs(session, model, blockingRules) : undefined;
  const compared = known ?? `${prefix}compared`;
  if (known === undefined) {
    await comparePairs(session, model, {
      keyed,
      into: compared,
      ...(share === 1 ? {} : { only: among(share) }),
    });
  }
  const counts = await countKnown(session, model, compared);
  if (share === 1) keepCompared(session, model, blockingRules, compared);
  else await runner.run(`DROP TABLE ${compared}`);
  const scaled = share === 1 ? counts : counts.map(({ gammas, pairs }) => ({ gammas, pairs: pairs / share }));
  return { counts: scaled, pairs: scaled.reduce((sum, { pairs }) => sum + pairs, 0), share };
}

/** Patterns of a table of `comparePairs`, in a fixed order. */
async function countKnown(
  { runner }: LinkSession,
  model: Model,
  compared: string,
): Promise<readonly PatternCount[]> {
  const rows = await runner.all(
    `SELECT pattern, count(*) AS pairs FROM ${compared} GROUP BY pattern ORDER BY pattern`,
  );
  return rows.map(({ pattern, pairs }) => ({
    gammas: patternGammas(model, Number(pattern)),
    pairs: Number(pairs),
  }));
}
