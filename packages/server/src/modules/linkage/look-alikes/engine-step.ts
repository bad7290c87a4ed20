import type { Step } from '../../../platform/duckdb/step.ts';

/** What the engine does itself, told as a step whose text is a comment. */
export function engineStep(name: string, functions: string, tables: Pick<Step, 'reads' | 'writes'>): Step {
  const { reads, writes } = tables;
  return {
    name,
    ...tables,
    sql: `-- ${functions} of @raccroche/linkage: ${reads.join(', ')} to ${writes.join(', ')}`,
  };
}
