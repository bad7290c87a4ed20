/** What DuckDB begins such messages with; whoever passes the error on may put its own words before. */
const OUT_OF_MEMORY = 'Out of Memory Error';

/** Whether the engine stopped because what it cannot spill does not fit in its memory limit. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && (error.message.includes(OUT_OF_MEMORY) || isOutOfMemory(error.cause));
}
