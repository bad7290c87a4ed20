import { plainTableName } from '../expression/sql-text.ts';
import type { LinkSession } from '../session.ts';
import { agreementOfOverlaps, agreementOfPairs, type ClusterAgreement, type Overlap } from './overlaps.ts';
import type { ClusterTruth } from './truth.ts';

/**
 * Holds clusters, a table (rid, cluster), against the truth; a record without a cluster is one of its own. For
 * `link_only`, pairs of one source are not counted among the pairs.
 */
export async function clusterAgreement(
  session: LinkSession,
  truth: ClusterTruth,
  clusters: string,
): Promise<ClusterAgreement> {
  const joined = `(SELECT e.rid, e.source_no, e.entity, c.cluster, CASE WHEN c.cluster IS NULL THEN e.rid END AS alone
    FROM ${truth.entities} e LEFT JOIN ${plainTableName(clusters)} c ON c.rid = e.rid)`;
  const agreement = agreementOfOverlaps(await readOverlaps(session, joined));
  if (!truth.acrossSources) return agreement;
  const within = agreementOfOverlaps(await readOverlaps(session, joined, 'source_no, ')).pairwise;
  const { pairwise } = agreement;
  const counts = {
    truePositives: pairwise.truePositives - within.truePositives,
    falsePositives: pairwise.falsePositives - within.falsePositives,
    falseNegatives: pairwise.falseNegatives - within.falseNegatives,
  };
  return { ...agreement, pairwise: { ...counts, ...agreementOfPairs(counts) } };
}

/**
 * Overlaps grouped by their sizes: few rows, summed in one order whatever the number of threads. `within`: columns, each
 * with a comma after it, that part the records first.
 */
async function readOverlaps(
  { runner }: LinkSession,
  joined: string,
  within = '',
): Promise<readonly Overlap[]> {
  const rows = await runner.all(
    `SELECT both_n, cluster_n, entity_n, count(*) AS times FROM (
       SELECT count(*) AS both_n, any_value(cluster_n) AS cluster_n, any_value(entity_n) AS entity_n
       FROM (SELECT source_no, cluster, alone, entity, count(*) OVER (PARTITION BY ${within}cluster, alone) AS cluster_n,
               count(*) OVER (PARTITION BY ${within}entity) AS entity_n FROM ${joined})
       GROUP BY ${within}cluster, alone, entity)
     GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map((row) => ({
    both: Number(row.both_n),
    cluster: Number(row.cluster_n),
    entity: Number(row.entity_n),
    times: Number(row.times),
  }));
}
