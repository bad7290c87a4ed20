import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/** Stars within blocks: few links that connect what all allowed pairs of the block would connect. */
export function identifierLinkSteps(tables: ExactTables): readonly LinkageStep[] {
  return [plainStars(tables), maskedClaims(tables), contradictedStars(tables)];
}

function plainStars({ work }: ExactTables): LinkageStep {
  return {
    name: 'stars_of_plain_blocks',
    reads: [work.members, work.conflicts],
    writes: [work.links],
    sql: `CREATE OR REPLACE TABLE ${work.links} AS
      WITH hubs AS (
        SELECT block, min(id) FILTER (WHERE side = 0) AS hub
        FROM ${work.members} WHERE block NOT IN (SELECT block FROM ${work.conflicts}) GROUP BY block)
      SELECT m.block, h.hub AS l, m.id AS r
      FROM ${work.members} m JOIN hubs h ON h.block = m.block WHERE m.id <> h.hub`,
  };
}

/** What each record of a contradicted block claims: identifiers of recent records. `mask` = the types claimed. */
function maskedClaims({ work }: ExactTables): LinkageStep {
  return {
    name: 'claims_of_contradicted_blocks',
    reads: [work.members, work.conflicts, work.identifiers],
    writes: [work.masked],
    sql: `CREATE OR REPLACE TABLE ${work.masked} AS
      WITH contradicted AS (SELECT DISTINCT block FROM ${work.conflicts})
      SELECT m.block, m.side, m.id,
        coalesce(list({'type': i.type, 'value': i.value} ORDER BY i.type) FILTER (WHERE i.recent), []) AS claims,
        coalesce(list(i.type ORDER BY i.type) FILTER (WHERE i.recent), []) AS mask
      FROM ${work.members} m JOIN contradicted c ON c.block = m.block
      LEFT JOIN ${work.identifiers} i ON i.id = m.id
      GROUP BY m.block, m.side, m.id`,
  };
}

/**
 * Two records may be joined unless they claim different values of one type. For two masks, the types that both
 * claim decide: records with equal values on them form a complete bipartite graph, which two stars connect.
 * There are few masks (subsets of the types), so this stays linear where comparing pairs would be quadratic.
 */
function contradictedStars({ work }: ExactTables): LinkageStep {
  return {
    name: 'stars_of_contradicted_blocks',
    reads: [work.masked],
    writes: [work.links],
    sql: `INSERT INTO ${work.links}
      WITH masks AS (SELECT DISTINCT block, mask FROM ${work.masked}),
      facing AS (
        SELECT a.block, a.side, a.id, a.mask, o.mask AS other,
          list_filter(a.claims, lambda claim: list_contains(o.mask, claim.type)) AS agreed
        FROM ${work.masked} a JOIN masks o ON o.block = a.block),
      hubs AS (
        SELECT block, mask, other, agreed, min(id) AS hub, min(id) FILTER (WHERE side = 0) AS hub_of_side_0
        FROM facing GROUP BY block, mask, other, agreed),
      joined AS (
        SELECT f.block, f.id, unnest(CASE WHEN f.side = 0 THEN [h.hub, h.hub_of_side_0]
          ELSE [h.hub_of_side_0] END) AS hub
        FROM facing f JOIN hubs h
          ON h.block = f.block AND h.mask = f.other AND h.other = f.mask AND h.agreed = f.agreed)
      SELECT DISTINCT block, least(id, hub) AS l, greatest(id, hub) AS r
      FROM joined WHERE hub IS NOT NULL AND hub <> id`,
  };
}
