import { VERDICTS } from '../clustering/decisions/decisions.ts';
import { quoteText } from '../expression/sql-text.ts';
import { readCount } from '../runner.ts';
import { InputError } from '../session.ts';
import type { ClusterSource } from './cluster-graph.ts';
import { recordKeySql } from './index-format.ts';

/**
 * What people decided, as an index takes it: what follows FROM, with `<id>_l`, `<id>_r` (and `<source>_l`, `<source>_r`
 * where there are several inputs) and `verdict`: `must_link`, `cannot_link`, or `none`, which takes a decision back. The
 * order of the two does not matter. A decision about a record that is not there binds when it comes.
 */
export type DecisionRelation = string;

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
  const [a, b] = [recordKeySql(manifest, 'd', '_l'), recordKeySql(manifest, 'd', '_r')];
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${decided} AS
    SELECT DISTINCT least(${a}, ${b}) AS record_l, greatest(${a}, ${b}) AS record_r, verdict::VARCHAR AS verdict FROM ${given} d`);
  const check = async (where: string, message: (rows: number) => string): Promise<void> => {
    const rows = await readCount(engine, `SELECT count(*) AS n FROM ${where}`);
    if (rows > 0) throw new InputError(message(rows));
  };
  const known = [...VERDICTS, 'none'];
  await check(
    `${decided} WHERE verdict IS NULL OR verdict NOT IN (${known.map(quoteText).join(', ')})`,
    (rows) => `${rows} decisions have another verdict than ${known.join(', ')}`,
  );
  await check(
    `${decided} WHERE record_l IS NULL OR record_l = record_r`,
    (rows) => `${rows} decisions do not name two records`,
  );
  await check(
    `(SELECT record_l, record_r FROM ${decided} GROUP BY ALL HAVING count(*) > 1)`,
    (rows) => `${rows} pairs of records are decided in two ways at once`,
  );
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
