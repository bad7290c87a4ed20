import { plainTableName } from '../expression/sql-text.ts';
import type { LinkSession } from '../session.ts';
import { fMeasure } from './measures.ts';
import type { ClusterTruth } from './truth.ts';

/** Precision, recall and F1, each from 0 to 1. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClusterAgreement {
  /** Over pairs of records: a pair in one cluster is a link. */
  readonly pairwise: Agreement & {
    readonly truePositives: number;
    readonly falsePositives: number;
    readonly falseNegatives: number;
  };
  /** Over records (Bagga and Baldwin 1998): each is judged by those it is together with, itself included. */
  readonly bCubed: Agreement;
  readonly entities: number;
  readonly clusters: number;
  /** Entities found whole and alone: one cluster is exactly it. */
  readonly exact: number;
  /** The same among entities of two records or more. */
  readonly severalEntities: number;
  readonly severalExact: number;
}

/** Records of one cluster and one entity: `both` of them, in clusters of `cluster` and entities of `entity` records. */
interface Overlap {
  readonly both: number;
  readonly cluster: number;
  readonly entity: number;
  /** How many such overlaps there are. */
  readonly times: number;
}

/**
 * Holds clusters, a table (rid, cluster), against the truth; a record without a cluster is one of its own. For
 * `link_only`, pairs of one source are not counted among the pairs.
 */
export async function clusterAgreement(
  session: LinkSession,
  truth: ClusterTruth,
  clusters: string,
): Promise<ClusterAgreement> {
  const { runner } = session;
  const joined = `(SELECT e.rid, e.source_no, e.entity, c.cluster, CASE WHEN c.cluster IS NULL THEN e.rid END AS alone
    FROM ${truth.entities} e LEFT JOIN ${plainTableName(clusters)} c ON c.rid = e.rid)`;
  const overlaps = await readOverlaps(session, joined);
  const pairsBy = async (by: string): Promise<number> => {
    const [row] = await runner.all(
      `SELECT coalesce(sum(n * (n - 1) / 2), 0)::DOUBLE AS pairs FROM (SELECT count(*)::DOUBLE AS n FROM ${joined} GROUP BY ${by})`,
    );
    return Number(row?.pairs);
  };
  const pairs = async (by: string): Promise<number> =>
    (await pairsBy(by)) - (truth.acrossSources ? await pairsBy(`${by}, source_no`) : 0);
  const truePositives = await pairs('cluster, alone, entity');
  const counts = {
    truePositives,
    falsePositives: (await pairs('cluster, alone')) - truePositives,
    falseNegatives: (await pairs('entity')) - truePositives,
  };
  const [row] = await runner.all(
    `SELECT (SELECT count(DISTINCT entity) FROM ${truth.entities}) AS entities,
      (SELECT count(*) FROM (SELECT 1 FROM ${joined} GROUP BY cluster, alone)) AS clusters,
      (SELECT count(*) FROM (SELECT 1 FROM ${truth.entities} GROUP BY entity HAVING count(*) > 1)) AS several`,
  );
  const exact = overlaps.filter(({ both, cluster, entity }) => both === cluster && both === entity);
  return {
    pairwise: { ...counts, ...agreementOf(counts) },
    bCubed: bCubed(overlaps),
    entities: Number(row?.entities),
    clusters: Number(row?.clusters),
    exact: sum(exact.map(({ times }) => times)),
    severalEntities: Number(row?.several),
    severalExact: sum(exact.filter(({ both }) => both > 1).map(({ times }) => times)),
  };
}

/** Overlaps grouped by their sizes: few rows, summed in one order whatever the number of threads. */
async function readOverlaps({ runner }: LinkSession, joined: string): Promise<readonly Overlap[]> {
  const rows = await runner.all(
    `SELECT both_n, cluster_n, entity_n, count(*) AS times FROM (
       SELECT count(*) AS both_n, any_value(cluster_n) AS cluster_n, any_value(entity_n) AS entity_n
       FROM (SELECT cluster, alone, entity, count(*) OVER (PARTITION BY cluster, alone) AS cluster_n,
               count(*) OVER (PARTITION BY entity) AS entity_n FROM ${joined})
       GROUP BY cluster, alone, entity)
     GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map((row) => ({
    both: Number(row.both_n),
    cluster: Number(row.cluster_n),
    entity: Number(row.entity_n),
    times: Number(row.times),
  }));
}

function bCubed(overlaps: readonly Overlap[]): Agreement {
  const records = sum(overlaps.map(({ both, times }) => both * times));
  if (records === 0) return { precision: 1, recall: 1, f1: 1 };
  const mean = (of: 'cluster' | 'entity'): number =>
    sum(overlaps.map((overlap) => (overlap.times * overlap.both * overlap.both) / overlap[of])) / records;
  const [precision, recall] = [mean('cluster'), mean('entity')];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function agreementOf(counts: ClusterCounts): Agreement {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
  return {
    precision: tp + fp === 0 ? 1 : tp / (tp + fp),
    recall: tp + fn === 0 ? 1 : tp / (tp + fn),
    f1: fMeasure(counts, 1),
  };
}

type ClusterCounts = Parameters<typeof fMeasure>[0];

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
