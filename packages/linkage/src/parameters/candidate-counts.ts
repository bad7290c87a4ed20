import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { dropKeys, keyRecords } from '../blocking/keyed-records.ts';
import type { Model } from '../model/model.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { countPatterns, type PatternCount } from './pattern-counts.ts';

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

/** Patterns of the pairs that the blocking rules find, or of a sample of them by hash of the left record. */
export async function countCandidates(
  session: LinkSession,
  model: Model,
  { maxPairs, seed }: CandidateCountsOptions,
): Promise<CandidateCounts> {
  const { runner, recordCount } = session;
  const keyed = await keyRecords(runner, {
    records: session.records,
    rules: model.blockingRules,
    columns: comparedColumns(model),
    into: `${session.prefix}keyed`,
  });
  const candidates = (columns: readonly string[], share: number): string => {
    const limit = Math.ceil(share * HASHES);
    const sample = share === 1 ? {} : { only: `hash(l.rid, ${seed}) % ${HASHES} < ${limit}` };
    return candidatePairsSql({ ...keyed, linkType: model.linkType, columns, ...sample });
  };
  const probe = recordCount > COUNTED_RECORDS ? 1 / PROBES : 1;
  const probed = await readCount(runner, `SELECT count(*) AS n FROM (${candidates([], probe)})`);
  const estimated = probed / probe;
  const wanted = Math.min(1, maxPairs / Math.max(1, estimated));
  const share = Math.ceil(wanted * HASHES) / HASHES;
  const counts = await countPatterns(runner, model, candidates(comparedColumns(model), share));
  await dropKeys(runner, keyed, session.records);
  const scaled = share === 1 ? counts : counts.map(({ gammas, pairs }) => ({ gammas, pairs: pairs / share }));
  return { counts: scaled, pairs: scaled.reduce((sum, { pairs }) => sum + pairs, 0), share };
}
