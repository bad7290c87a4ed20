import type { Database } from '../../platform/duckdb/database.ts';
import { Lanes } from '../../platform/duckdb/lanes.ts';
import { shareReferential } from './referential.ts';

/** Two where the engine has no more threads: one file then begins while the other ends. */
const LEAST_AT_ONCE = 2;

/**
 * Where files are read and rows validated while this thread still reads: `sources.communes` must be there. A file is work for one thread, so that
 * there are as many lanes as the engine has `threads`.
 */
export function openReadingLanes(database: Database, threads = LEAST_AT_ONCE): Lanes {
  return new Lanes(database, Math.max(threads, LEAST_AT_ONCE), (lane) => shareReferential(database, lane));
}
