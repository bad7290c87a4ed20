import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { numberSql } from '../scoring/weight-sql.ts';
import type { LinkSession } from '../session.ts';
import { deepestCut } from './graph-layout.ts';
import type { ClusterFigures, ClusterPicture } from './report-input.ts';

export interface ClusterRequest {
  /** Table (rid, cluster). */
  readonly clusters: string;
  /** Table of scored pairs. */
  readonly pairs: string;
  /** Least weight of the links drawn. */
  readonly threshold: number;
  /** Clusters drawn; 6 by default. */
  readonly pictures?: number;
  /** Records of a cluster drawn at most; 10 by default. */
  readonly largest?: number;
}

/** Clusters looked at before those that are drawn are chosen. */
const CANDIDATES = 200;

/**
 * Sizes of the clusters, and pictures of the small ones that deserve a look: first those that hang together by one
 * link with most records on its smaller side, then those whose links are fewest for their size. Names are the ids of their first records.
 */
export async function gatherClusters(
  session: LinkSession,
  model: Model,
  request: ClusterRequest,
): Promise<ClusterFigures> {
  const { clusters, pictures = 6 } = request;
  const rows = await session.runner.all(
    `SELECT size, count(*) AS clusters FROM (SELECT count(*) AS size FROM ${clusters} GROUP BY cluster) GROUP BY size ORDER BY size`,
  );
  const sizes = rows.map((row) => ({ size: Number(row.size), clusters: Number(row.clusters) }));
  const candidates = await readPictures(session, model, request);
  const ranked = candidates
    .map((picture) => ({ picture, cut: deepestCut(picture) }))
    .sort(
      (a, b) =>
        b.cut - a.cut ||
        density(a.picture) - density(b.picture) ||
        b.picture.nodes.length - a.picture.nodes.length,
    );
  return { sizes, shown: ranked.slice(0, pictures).map(({ picture }) => picture) };
}

function density({ nodes, edges }: ClusterPicture): number {
  return edges.length / ((nodes.length * (nodes.length - 1)) / 2);
}

async function readPictures(
  session: LinkSession,
  model: Model,
  { clusters, pairs, threshold, largest = 10 }: ClusterRequest,
): Promise<readonly ClusterPicture[]> {
  const id = quoteName(model.idColumn);
  // The least linked first, so that those of interest are among the candidates.
  const chosen = `SELECT c.cluster FROM (SELECT cluster, count(*) AS n, min(rid) AS first FROM ${clusters} GROUP BY cluster
      HAVING n BETWEEN 3 AND ${largest}) c
    LEFT JOIN (SELECT l.cluster, count(*) AS links FROM ${pairs} p JOIN ${clusters} l ON l.rid = p.rid_l
      JOIN ${clusters} r ON r.rid = p.rid_r AND r.cluster = l.cluster
      WHERE p.match_weight >= ${numberSql(threshold)} GROUP BY l.cluster) k ON k.cluster = c.cluster
    ORDER BY coalesce(k.links, 0) / (c.n * (c.n - 1)), c.first LIMIT ${CANDIDATES}`;
  const nodes = await session.runner.all(
    `SELECT c.rid, c.cluster::VARCHAR AS cluster, k.${id}::VARCHAR AS id FROM ${clusters} c
     JOIN (${chosen}) USING (cluster) JOIN ${session.records} k ON k.rid = c.rid ORDER BY c.rid`,
  );
  const links = await session.runner.all(
    `SELECT p.rid_l, p.rid_r, p.match_weight, l.cluster::VARCHAR AS cluster FROM ${pairs} p
     JOIN ${clusters} l ON l.rid = p.rid_l JOIN ${clusters} r ON r.rid = p.rid_r AND r.cluster = l.cluster
     JOIN (${chosen}) k ON k.cluster = l.cluster
     WHERE p.match_weight >= ${numberSql(threshold)} ORDER BY p.rid_l, p.rid_r`,
  );
  const found = new Map<
    string,
    { rids: number[]; nodes: string[]; edges: ClusterPicture['edges'][number][] }
  >();
  for (const { rid, cluster, id: name } of nodes) {
    const own = found.get(String(cluster)) ?? { rids: [], nodes: [], edges: [] };
    found.set(String(cluster), own);
    own.rids.push(Number(rid));
    own.nodes.push(String(name));
  }
  for (const { rid_l: l, rid_r: r, match_weight: weight, cluster } of links) {
    const own = found.get(String(cluster));
    own?.edges.push({
      from: own.rids.indexOf(Number(l)),
      to: own.rids.indexOf(Number(r)),
      weight: Number(weight),
    });
  }
  return [...found.values()].map(({ nodes: ids, edges }) => ({ name: ids[0] ?? '', nodes: ids, edges }));
}
