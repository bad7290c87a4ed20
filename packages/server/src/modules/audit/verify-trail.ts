import type { Transaction } from '../../platform/postgres/database.ts';

/** What is wrong at one place of a chain. */
export type TrailFault =
  | 'changed' // the content is not what was hashed, or the entry before is not
  | 'missing' // a position is empty
  | 'cut'; // entries at the end are gone: the chain's head says more

export interface TrailReport {
  readonly entries: number;
  readonly chains: number;
  /** Day of the seal from which the oldest chain goes on; null: nothing was ever purged. */
  readonly since: string | null;
  /** The first fault of each chain that has one: what follows it proves nothing. */
  readonly faults: readonly {
    readonly chain: number;
    readonly position: number;
    readonly fault: TrailFault;
  }[];
}

/**
 * Recomputes every hash of the trail, chain by chain, inside the base. A change of any column, an entry taken out,
 * put in or moved, and an end cut off are found; whoever rewrites a whole chain and its head is not. A purged chain goes on from the
 * head of a seal, which `checkSeals` holds against the key.
 */
export async function verifyTrail(transaction: Transaction): Promise<TrailReport> {
  const { rows: counts } = await transaction.query<{ entries: number; chains: number }>(
    'SELECT count(*) AS entries, count(DISTINCT chain) AS chains FROM audit.entries',
  );
  const { rows: starts } = await transaction.query<{ since: string | null }>(
    'SELECT min(day) AS since FROM audit.starts',
  );
  const { rows } = await transaction.query<{ chain: number; position: number; fault: TrailFault }>(FAULTS);
  return {
    entries: counts[0]?.entries ?? 0,
    chains: counts[0]?.chains ?? 0,
    since: starts[0]?.since ?? null,
    faults: rows,
  };
}

const FAULTS = `
  WITH linked AS (
    SELECT e, e.chain, e.position, e.hash,
      lag(e.hash, 1, coalesce(b.head, '')) OVER w AS previous,
      lag(e.position, 1, coalesce(b.position, 0)) OVER w AS before
    FROM audit.entries e LEFT JOIN audit.starts b ON b.chain = e.chain
    WINDOW w AS (PARTITION BY e.chain ORDER BY e.position)
  ), faults AS (
    SELECT chain, position, 'missing' AS fault FROM linked WHERE position <> before + 1
    UNION ALL
    SELECT chain, position, 'changed' FROM linked
    WHERE position = before + 1 AND hash <> sha256(previous || audit.content(e))
    UNION ALL
    SELECT c.chain, c.entries, 'cut' FROM audit.chains c LEFT JOIN audit.starts b ON b.chain = c.chain
    LEFT JOIN LATERAL (
      SELECT position, hash FROM audit.entries e WHERE e.chain = c.chain ORDER BY position DESC LIMIT 1
    ) last ON true
    WHERE c.entries <> coalesce(last.position, b.position, 0) OR c.head <> coalesce(last.hash, b.head, '')
  )
  SELECT DISTINCT ON (chain) chain, position, fault FROM faults ORDER BY chain, position, fault`;
