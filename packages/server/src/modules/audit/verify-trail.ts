import type { Transaction } from '../../platform/postgres/database.ts';

/** What is wrong at one place of a chain. */
export type TrailFault =
  | 'changed' // the content is not what was hashed, or the entry before is not
  | 'missing' // a position is empty
  | 'cut'; // entries at the end are gone: the chain's head says more

export interface TrailReport {
  readonly entries: number;
  readonly chains: number;
  /** The first fault of each chain that has one: what follows it proves nothing. */
  readonly faults: readonly {
    readonly chain: number;
    readonly position: number;
    readonly fault: TrailFault;
  }[];
}

/**
 * Recomputes every hash of the trail, chain by chain, inside the base. A change of any column, an entry taken out,
 * put in or moved, and an end cut off are found; whoever rewrites a whole chain and its head is not.
 */
export async function verifyTrail(transaction: Transaction): Promise<TrailReport> {
  const { rows: counts } = await transaction.query<{ entries: number; chains: number }>(
    'SELECT count(*) AS entries, count(DISTINCT chain) AS chains FROM audit.entries',
  );
  const { rows } = await transaction.query<{ chain: number; position: number; fault: TrailFault }>(FAULTS);
  return { entries: counts[0]?.entries ?? 0, chains: counts[0]?.chains ?? 0, faults: rows };
}

const FAULTS = `
  WITH linked AS (
    SELECT e, chain, position, hash,
      lag(hash, 1, ''::BYTEA) OVER w AS previous,
      lag(position, 1, 0::BIGINT) OVER w AS before
    FROM audit.entries e WINDOW w AS (PARTITION BY chain ORDER BY position)
  ), faults AS (
    SELECT chain, position, 'missing' AS fault FROM linked WHERE position <> before + 1
    UNION ALL
    SELECT chain, position, 'changed' FROM linked
    WHERE position = before + 1 AND hash <> sha256(previous || audit.content(e))
    UNION ALL
    SELECT c.chain, c.entries, 'cut' FROM audit.chains c
    LEFT JOIN LATERAL (
      SELECT position, hash FROM audit.entries e WHERE e.chain = c.chain ORDER BY position DESC LIMIT 1
    ) last ON true
    WHERE c.entries <> coalesce(last.position, 0) OR c.head <> coalesce(last.hash, '')
  )
  SELECT DISTINCT ON (chain) chain, position, fault FROM faults ORDER BY chain, position, fault`;
