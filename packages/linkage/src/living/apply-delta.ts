import { interruptible } from '../engine/interruptible.ts';
import { quoteText } from '../expression/sql-text.ts';
import { replaceClusters } from './delta-clusters.ts';
import { replaceEdges } from './delta-pairs.ts';
import { type Delta, type DeltaRows, replaceRecords, stageDelta } from './delta-records.ts';
import { uncompressed } from './fetchable.ts';
import { replaceDecisions, stageDecisions } from './index-decisions.ts';
import type { LinkIndex } from './open-index.ts';

export interface DeltaOptions {
  /** Ends the statement that runs; see `interruptible`. */
  readonly signal?: AbortSignal;
  /** Milliseconds from any origin, for `elapsedMs`. */
  readonly clock?: () => number;
}

/** What a delta did. */
export interface DeltaReport extends DeltaRows {
  /** Its number, from 1: that of its entries in the journal. */
  readonly delta: number;
  /** Pairs that the blocking rules found, each once. */
  readonly pairsScored: number;
  readonly edgesAdded: number;
  readonly edgesRemoved: number;
  /** Records and clusters (as they were) of the components cut anew. */
  readonly recordsReclustered: number;
  readonly clustersTouched: number;
  readonly clustersCreated: number;
  readonly clustersMerged: number;
  readonly clustersSplit: number;
  readonly clustersEnded: number;
  /** Absent without a clock. */
  readonly elapsedMs?: number;
}

/**
 * Brings an index up to date with new, changed and deleted rows: these alone are blocked and scored, against all records,
 * and only the components that they touch are cut anew. Edges, weights and clusters are then those of an index made from
 * the final rows with the same model and frequencies. One transaction: a delta that fails or is killed leaves the index
 * as it was. Throws InputError for rows that cannot be used, and the signal's reason when it says to stop.
 */
export function applyDelta(index: LinkIndex, delta: Delta, options: DeltaOptions = {}): Promise<DeltaReport> {
  return index.inTurn(async () => {
    let report: DeltaReport | undefined;
    await uncompressed(index.engine, async () => {
      report = await inTransaction(index, () => runDelta(index, delta, options));
      // Written now, so that new records are kept as the others are: quick to fetch.
      await index.engine.run('CHECKPOINT');
    });
    if (report === undefined) throw new TypeError('the delta ended without a report');
    return report;
  });
}

async function inTransaction<T>({ engine }: LinkIndex, work: () => Promise<T>): Promise<T> {
  await engine.run('BEGIN TRANSACTION');
  try {
    const result = await work();
    await engine.run('COMMIT');
    return result;
  } catch (error) {
    await engine.run('ROLLBACK');
    throw error;
  }
}

async function runDelta(
  given: LinkIndex,
  delta: Delta,
  { signal, clock }: DeltaOptions,
): Promise<DeltaReport> {
  const index = { ...given, engine: interruptible(given.engine, signal) };
  const { engine, tables } = index;
  const started = clock?.();
  const state = await readState(index);
  const rows = await stageDelta(index, delta, state.nextRid);
  await stageDecisions(index, delta.decisions);
  await replaceDecisions(index);
  await replaceRecords(index);
  const edges = await replaceEdges(index, state.nextRid);
  const number = state.deltas + 1;
  const clusters = await replaceClusters(index, number, state.nextCluster);
  const report = {
    delta: number,
    ...rows,
    pairsScored: edges.pairs,
    edgesAdded: edges.added,
    edgesRemoved: edges.removed,
    recordsReclustered: clusters.records,
    clustersTouched: clusters.touched,
    clustersCreated: clusters.created,
    clustersMerged: clusters.merged,
    clustersSplit: clusters.split,
    clustersEnded: clusters.ended,
  };
  const names = ['gone', 'rows', 'edges', 'decided'].map((name) => `DROP TABLE ${tables.scratch(name)}`);
  await engine.run(`INSERT INTO ${tables.deltas} VALUES (${number}, ${quoteText(JSON.stringify(report))});
    UPDATE ${tables.manifest} SET deltas = ${number}, next_cluster = ${clusters.nextCluster},
      next_rid = ${state.nextRid + rows.inserted + rows.changed};
    ${names.join('; ')}`);
  return started === undefined || clock === undefined ? report : { ...report, elapsedMs: clock() - started };
}

async function readState({ engine, tables }: LinkIndex): Promise<{
  readonly nextRid: number;
  readonly nextCluster: number;
  readonly deltas: number;
}> {
  const [row] = await engine.all(`SELECT next_rid, next_cluster, deltas FROM ${tables.manifest}`);
  return {
    nextRid: Number(row?.next_rid),
    nextCluster: Number(row?.next_cluster),
    deltas: Number(row?.deltas),
  };
}
