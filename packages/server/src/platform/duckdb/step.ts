import type { Database } from './database.ts';

/**
 * One named SQL step of a stage. `reads` and `writes` name tables as `module.table`;
 * a test holds them against the text of `sql`, and against the order of the modules.
 * `sql` may hold several statements, separated by `;`.
 */
export interface Step {
  readonly name: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly sql: string;
}

export type StepListener = (step: Step, index: number, total: number) => void;

/** The step that ends a stage: what it worked with and nobody needs any more is gone, whether it was ever made or not. */
export function dropStep(name: string, relations: readonly string[], kind: 'TABLE' | 'VIEW' = 'TABLE'): Step {
  const sql = relations.map((relation) => `DROP ${kind} IF EXISTS ${relation}`).join(';\n');
  return { name, reads: [], writes: relations, sql };
}

/** One step of two that drop. */
export function dropBoth(name: string, one: Step, other: Step): Step {
  return { name, reads: [], writes: [...one.writes, ...other.writes], sql: `${one.sql};\n${other.sql}` };
}

/** Runs steps in order; an error names the step that failed. */
export async function runSteps(
  database: Database,
  steps: readonly Step[],
  onStep?: StepListener,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    onStep?.(step, index, steps.length);
    try {
      await database.run(step.sql);
    } catch (cause) {
      throw new Error(`step ${step.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }
}
