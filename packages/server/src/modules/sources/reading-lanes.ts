import type { Database } from '../../platform/duckdb/database.ts';
import { Lanes } from '../../platform/duckdb/lanes.ts';
import { shareReferential } from './referential.ts';

/** Each has all threads, and at its beginning and end work for one of them only: more than two would take room and give nothing. */
const AT_ONCE = 2;

/** Where rows are validated while this thread still reads: `sources.communes` must be there. */
export function openReadingLanes(database: Database): Lanes {
  return new Lanes(database, AT_ONCE, (lane) => shareReferential(database, lane));
}
