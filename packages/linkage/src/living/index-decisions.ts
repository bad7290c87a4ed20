import { type DecisionRelation, stageDecisionRows } from '../clustering/decisions/decision-relation.ts';
import { InputError } from '../session.ts';
import type { ClusterSource } from './cluster-graph.ts';

export async function createDecisions(source: ClusterSource, given?: DecisionRelation): Promise<void> {
  const { engine, tables } = source;
  await engine.run(
    `CREATE OR REPLACE TABLE ${tables.decisions} (record_l VARCHAR, record_r VARCHAR, verdict VARCHAR)`,
  );
  if (given === undefined) return;
  await stageDecisions(source, given);
  await replaceDecisions(source);
  await engine.run(`DROP TABLE ${tables.scratch('decided')}`);
}

/** Fills the scratch table `decided` with new decisions, those of `given`; none without. Throws InputError. */
export async function stageDecisions(source: ClusterSource, given?: DecisionRelation): Promise<void> {
  const { engine, tables, manifest, partitioner } = source;
  const decided = tables.scratch('decided');
  const none = `SELECT * FROM ${tables.decisions} LIMIT 0`;
  if (given === undefined) return engine.run(`CREATE OR REPLACE TEMP TABLE ${decided} AS ${none}`);
  if (partitioner.constraints === undefined) {
    throw new InputError(`clusters made by «${partitioner.name}» look at no decisions: use averageLinkage`);
  }
  const { model, sources } = manifest;
  await stageDecisionRows(engine, decided, { model, several: sources.length > 1, given });
}

/** The staged decisions take the place of earlier ones on the same records. */
export async function replaceDecisions({ engine, tables }: ClusterSource): Promise<void> {
  const decided = tables.scratch('decided');
  await engine.run(`DELETE FROM ${tables.decisions}
      WHERE (record_l, record_r) IN (SELECT (record_l, record_r) FROM ${decided});
    INSERT INTO ${tables.decisions} SELECT * FROM ${decided} WHERE verdict <> 'none' ORDER BY ALL`);
}

/** SELECT of the keys of records whose component a delta's decisions may change: give the keys of new and changed records. */
export function recordsDecidedSql({ tables }: Pick<ClusterSource, 'tables'>, changed: string): string {
  const both = (from: string) => `SELECT unnest([record_l, record_r]) AS record FROM ${from}`;
  return `${both(tables.scratch('decided'))}
    UNION ${both(`${tables.decisions} WHERE verdict = 'must_link' AND (record_l IN (${changed}) OR record_r IN (${changed}))`)}`;
}
