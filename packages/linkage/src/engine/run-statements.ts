import type {
  DuckDBConnection,
  DuckDBPendingResult,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import duckdb, { type PendingResult } from '@duckdb/node-bindings';

/** Values bound to `$1`, `$2`… of a statement. */
export type BoundValue = string | number | bigint | boolean | null;

/** Longest time between two looks at a statement, in milliseconds; a short one is looked at more often. */
const LONGEST_WAIT_MS = 5;
/** A statement that has run for so long is looked at again after a tenth of that. */
const WAITS_PER_STATEMENT = 10;

/** Settings of an engine whose statements `runStatements` runs: none of its threads is the caller's. */
export const ENGINE_THREADS = { external_threads: '0' } as const;

/**
 * Runs the statements of `sql`, the last with `values`, and gives the result of the last. The engine must have been
 * opened with `ENGINE_THREADS`: its own threads do all the work. `connection.run` would lend it the calling thread, which, as long as
 * a step of a statement has work for one thread only, asks for more without a pause: a core that does nothing for nobody.
 */
export async function runStatements(
  connection: DuckDBConnection,
  sql: string,
  values?: readonly BoundValue[],
): Promise<DuckDBResult> {
  const statements = await connection.extractStatements(sql);
  for (let index = 0; ; index += 1) {
    const prepared = await statements.prepare(index);
    try {
      const isLast = index === statements.count - 1;
      if (isLast && values !== undefined) prepared.bind([...values]);
      const result = await runPrepared(prepared);
      if (isLast) return result;
    } finally {
      prepared.destroySync();
    }
  }
}

async function runPrepared(prepared: DuckDBPreparedStatement): Promise<DuckDBResult> {
  const pending = prepared.start();
  const handle = handleOf(pending);
  const start = performance.now();
  for (;;) {
    const state = duckdb.pending_execute_check_state(handle);
    // Also what it takes for an error: so it calls a statement that is over. If there is one, the result tells it.
    if (state !== duckdb.PendingState.NO_TASKS_AVAILABLE && state !== duckdb.PendingState.RESULT_NOT_READY)
      return pending.getResult();
    await pause((performance.now() - start) / WAITS_PER_STATEMENT);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    if (milliseconds < 0.1) setImmediate(resolve);
    else setTimeout(resolve, Math.min(milliseconds, LONGEST_WAIT_MS));
  });

/** The handle that the library keeps to itself: it offers to do a task, not to look how far others are. */
function handleOf(pending: DuckDBPendingResult): PendingResult {
  return Reflect.get(pending, 'pending_result') as PendingResult;
}
