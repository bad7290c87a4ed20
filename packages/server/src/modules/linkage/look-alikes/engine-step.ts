import { sessionRelations } from '@raccroche/linkage';
import { dropBoth, dropStep, type Step } from '../../../platform/duckdb/step.ts';
import { SIEI_MODEL } from './siei-model.ts';

/** What the engine does itself, told as a step whose text is a comment. */
export function engineStep(name: string, functions: string, tables: Pick<Step, 'reads' | 'writes'>): Step {
  const { reads, writes } = tables;
  return {
    name,
    ...tables,
    sql: `-- ${functions} of @raccroche/linkage: ${reads.join(', ')} to ${writes.join(', ')}`,
  };
}

/**
 * The step that drops these tables, and what a session of the engine made under `prefix`: its model is made of what that of the SIEI derives of
 * names.
 */
export function dropSessionStep(name: string, prefix: string, tables: readonly string[]): Step {
  const session = sessionRelations(SIEI_MODEL, prefix);
  return dropBoth(
    name,
    dropStep(name, [session.view], 'VIEW'),
    dropStep(name, [...session.tables, ...tables]),
  );
}
