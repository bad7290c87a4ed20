import {
  type DuckDBConnection,
  type DuckDBPendingResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  StatementType,
} from '@duckdb/node-api';
import duckdb, { type PendingResult, type PendingState } from '@duckdb/node-bindings';

/** Values bound to `$1`, `$2`… of a statement. */
export type BoundValue = string | number | bigint | boolean | null;

/** Looks at a statement without a wait: most are over by then. */
const LOOKS_AT_ONCE = 4;
/** Looks after which the wait between two, of a millisecond at first, is another one longer. */
const LOOKS_PER_STEP = 20;
const LONGEST_WAIT_MS = 5;

/** Settings of an engine whose statements `runStatements` runs: none of its threads is the caller's. */
export const ENGINE_THREADS = { external_threads: '0' } as const;

/**
 * Runs the statements of `sql`, the last with `values`, and gives the result of the last. The engine must have been
 * opened with `ENGINE_THREADS`: its own threads do all the work but to drop tables. `connection.run` would lend it the calling thread, which, as long as
 * a step of a statement has work for one thread only, asks for more without a pause: a core that does nothing for nobody.
 */
export async function runStatements(
  connection: DuckDBConnection,
  sql: string,
  values?: readonly BoundValue[],
): Promise<DuckDBResult> {
  // Of an empty text the library would tell an error without a word.
  if (sql.trim() === '') return connection.run(sql);
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
  // Work for one thread, and hardly any: a small campaign drops two thousand tables, and each would wait a millisecond to be looked at.
  if (prepared.statementType === StatementType.DROP) return pending.getResult();
  const handle = handleOf(pending);
  for (let looks = 1; ; looks += 1) {
    if (isOver(duckdb.pending_execute_check_state(handle))) return pending.getResult();
    await pauseAfter(looks);
  }
}

/**
 * Whether a statement in that state is over. The library calls one that is, well or ill, an error: the result tells which. A result that
 * is ready, it says of one of which a task waits for another or for memory, as most COPYs do for a while: to ask for the result then
 * is to ask for work without a pause.
 */
export const isOver = (state: PendingState): boolean => state === duckdb.PendingState.ERROR;

const pauseAfter = (looks: number): Promise<void> =>
  new Promise((resolve) => {
    if (looks <= LOOKS_AT_ONCE) setImmediate(resolve);
    else setTimeout(resolve, Math.min(1 + Math.floor(looks / LOOKS_PER_STEP), LONGEST_WAIT_MS));
  });

/** The handle that the library keeps to itself: it offers to do a task, not to look how far others are. */
function handleOf(pending: DuckDBPendingResult): PendingResult {
  return Reflect.get(pending, 'pending_result') as PendingResult;
}
