import { expressionSql } from '../expression/compile.ts';
import { literal, type Row, type Value } from '../expression/expression.ts';
import { pairOf } from '../levels/gamma-twin.ts';
import { type Candidate, fetchCandidates, findCandidates, type LargeBlockNotice } from './candidates.ts';
import { askEngine, type EngineAnswer } from './engine-evaluation.ts';
import { explainScore, type PairExplanation } from './explain-pair.ts';
import type { LinkIndex } from './open-index.ts';
import { type QueryRecord, readQueryRecord } from './query-record.ts';
import type { PairScore } from './score-twin.ts';

export interface FindOptions {
  /** Records given back at most; 10 by default. */
  readonly limit?: number;
  /** Least match weight (log2, inclusive); that of the index's edges by default. */
  readonly threshold?: number;
  /** Records looked at for each key; 1,000 by default. More are told of in `notices`. */
  readonly maxBlock?: number;
}

/** A column of the record that the index does not read: it changed nothing. */
export interface UnreadColumnsNotice {
  readonly code: 'columns_not_read';
  readonly columns: readonly string[];
}

export interface FoundRecord {
  readonly id: Value;
  /** Name of its input; '' for a single unnamed one. */
  readonly source: string;
  /** Number of its cluster, stable over deltas. */
  readonly cluster: number;
  /** Match weight, log2. */
  readonly weight: number;
  /** 0 to 1. */
  readonly probability: number;
  /** First blocking rule that found it, from 0. */
  readonly rule: number;
  readonly explanation: PairExplanation;
  /** Its columns in the index, derived ones and frequencies included. */
  readonly record: Row;
}

export interface FindResult {
  /** Best first; equal weights in the order of entry into the index. */
  readonly matches: readonly FoundRecord[];
  /** Records compared. */
  readonly candidates: number;
  readonly notices: readonly (LargeBlockNotice | UnreadColumnsNotice)[];
}

interface Scored {
  readonly candidate: Candidate;
  readonly score: PairScore;
  readonly rule: number;
}

const MAX_BLOCK = 1_000;
const LIMIT = 10;

/**
 * Looks one record up, which may be incomplete: what shares a key of a blocking rule with it is scored, best first. With
 * its id (and source, where there are several) it is compared as in a full run, each record on its side, and never with
 * itself; without, it is the right one of each pair. Throws InputError for values that do not fit the index's columns.
 */
export function find(index: LinkIndex, record: QueryRecord, options: FindOptions = {}): Promise<FindResult> {
  return index.inTurn(() => findNow(index, record, options));
}

/** Looks records up one after the other; for many thousands, link them as an input instead. */
export async function findMany(
  index: LinkIndex,
  records: Iterable<QueryRecord>,
  options: FindOptions & { readonly signal?: AbortSignal } = {},
): Promise<readonly FindResult[]> {
  const results: FindResult[] = [];
  for (const record of records) {
    options.signal?.throwIfAborted();
    results.push(await find(index, record, options));
  }
  return results;
}

async function findNow(index: LinkIndex, record: QueryRecord, options: FindOptions): Promise<FindResult> {
  const { limit = LIMIT, threshold = index.manifest.threshold, maxBlock = MAX_BLOCK } = options;
  const { row, sourceNo, unread } = readQueryRecord(index.manifest, record);
  const known = sourceNo !== undefined && row[index.manifest.model.idColumn] !== null;
  const prepared = await index.queries(index.engine, row, known ? ['left', 'right'] : ['right']);
  const { hits, notices } = await findCandidates(index, prepared, maxBlock);
  const fetched = await fetchCandidates(index, row, sourceNo, hits);
  const allowed = fetched.filter(
    (one) => !one.itself && !(index.manifest.model.linkType === 'link_only' && one.sourceNo === sourceNo),
  );
  const query = await withFrequencies(index, prepared.row);
  const answers = await askEngine(index, row, allowed);
  const scored = allowed.flatMap((candidate) =>
    scoreCandidate(index, query, candidate, answers.get(candidate.rid)),
  );
  const best = scored
    .filter(({ score }) => score.weight >= threshold)
    .sort((a, b) => b.score.weight - a.score.weight || a.candidate.rid - b.candidate.rid)
    .slice(0, limit);
  return {
    matches: await describeMatches(index, best),
    candidates: scored.length,
    notices: unread.length === 0 ? notices : [...notices, { code: 'columns_not_read', columns: unread }],
  };
}

/** The record with the frozen frequencies of its values. */
async function withFrequencies({ engine, manifest, tables }: LinkIndex, row: Row): Promise<Row> {
  const asked = manifest.frequencyColumns.flatMap((name, place) => {
    const value = row[name] ?? null;
    return value === null
      ? []
      : [
          `(SELECT tf FROM ${tables.frequencies(place)} WHERE value = ${expressionSql(literal(value))}) AS tf_${place}`,
        ];
  });
  if (asked.length === 0) return row;
  const [found] = await engine.all(`SELECT ${asked.join(', ')}`);
  const frequencies = manifest.frequencyColumns.map((name, place) => {
    const tf = found?.[`tf_${place}`] ?? null;
    return [`tf_${name}`, tf === null ? null : Number(tf)] as const;
  });
  return { ...row, ...Object.fromEntries(frequencies) };
}

/** The score, when one of the rules that share a key holds for the pair as it stands. */
function scoreCandidate(
  { rules, residuals, twin }: LinkIndex,
  query: Row,
  candidate: Candidate,
  answer: EngineAnswer | undefined,
): readonly Scored[] {
  const { queryFirst, row } = candidate;
  const pair = queryFirst ? pairOf(query, row) : pairOf(row, query);
  const holding = candidate.hits.filter(({ rule, side }) => {
    const keys = rules[rule];
    if (keys === undefined) return false;
    if (!keys.symmetric && (side === 'left') !== queryFirst) return false;
    if (keys.residual === undefined) return true;
    const residual = residuals[rule];
    return residual === undefined ? answer?.rules.has(rule) === true : residual(pair) === true;
  });
  if (holding.length === 0) return [];
  const rule = Math.min(...holding.map((hit) => hit.rule));
  return [{ candidate, rule, score: twin.score(pair, answer?.gammas) }];
}

async function describeMatches(
  { engine, tables, manifest }: LinkIndex,
  best: readonly Scored[],
): Promise<readonly FoundRecord[]> {
  if (best.length === 0) return [];
  const rids = best.map(({ candidate }) => candidate.rid).join(', ');
  const rows = await engine.all(`SELECT rid, cluster FROM ${tables.clusters} WHERE rid IN (${rids})`);
  const clusters = new Map(rows.map(({ rid, cluster }) => [Number(rid), Number(cluster)]));
  return best.map(({ candidate, score, rule }) => ({
    id: candidate.row[manifest.model.idColumn] ?? null,
    source: manifest.sources[candidate.sourceNo] ?? '',
    cluster: clusters.get(candidate.rid) ?? 0,
    weight: score.weight,
    probability: score.probability,
    rule,
    explanation: explainScore(manifest.model, score),
    record: candidate.row,
  }));
}
