/** What the engine asks of DuckDB: to run statements, and to read the few rows that steer it. */
export interface SqlRunner {
  /** Runs one statement or several, separated by `;`. */
  run(sql: string): Promise<void>;
  /** Rows of one statement. A BIGINT may come as text, number or bigint. */
  all(sql: string): Promise<Record<string, unknown>[]>;
  /** Ends the statement that is running, whose promise is rejected; nothing happens when none is. */
  interrupt?(): void;
}

/** One named SQL step. `reads` and `writes` name every table of its text, as the caller named them. */
export interface LinkageStep {
  readonly name: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly sql: string;
}

/** Told before each step; `index` from 0. A step that is repeated until nothing changes is told once. */
export type LinkageStepListener = (step: LinkageStep, index: number, total: number) => void;

/** Runs steps in order; an error names the step that failed. */
export async function runLinkageSteps(runner: SqlRunner, steps: readonly LinkageStep[]): Promise<void> {
  for (const step of steps) {
    try {
      await runner.run(step.sql);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`step ${step.name} failed: ${reason}`, { cause });
    }
  }
}

/** The number in column `n` of the single row of `sql`. */
export async function readCount(runner: SqlRunner, sql: string): Promise<number> {
  const [row] = await runner.all(sql);
  return Number(row?.n ?? 0);
}
