import { splitAlternatives } from '../blocking/analyse-rule.ts';
import { type BlockingGuard, guardRules } from '../blocking/guard.ts';
import { BlockingRuleError } from '../blocking/rule-error.ts';
import type { DecisionRelation } from '../clustering/decisions/decision-relation.ts';
import type { Engine } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { quoteText } from '../expression/sql-text.ts';
import type { TypedInput } from '../io/inputs.ts';
import type { ColumnCheck, Model } from '../model/model.ts';
import { termFrequencyColumns } from '../records/record-tables.ts';
import { withWholeRecords } from '../records/whole-records.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { openSession } from '../session.ts';
import { createEdges } from './delta-pairs.ts';
import { makeFetchable } from './fetchable.ts';
import { type FrequencyRelations, freezeFrequencies } from './freeze-frequencies.ts';
import { createDecisions } from './index-decisions.ts';
import {
  INDEX_FORMAT,
  type IndexColumn,
  type IndexManifest,
  type IndexTables,
  indexTables,
} from './index-format.ts';
import { createClusters } from './initial-clusters.ts';
import { assembleIndex, checkModelSql, DEFAULT_PREFIX, type LinkIndex } from './open-index.ts';
import { connectedComponents, type Partitioner } from './partition.ts';
import { keyedSides, keysSql, type RuleKeys, readRuleKeys } from './rule-keys.ts';

export interface CreateIndexOptions {
  /** Beginning of the names of the index's tables; `index_` by default. */
  readonly prefix?: string;
  /** Least match weight of the edges kept (log2); what the partitioner wants by default, else 0. */
  readonly threshold?: number;
  /** Cuts edges into clusters; connected components at weight 0 by default. */
  readonly partitioner?: Partitioner;
  /** What people decided, for a partitioner that looks at decisions. */
  readonly decisions?: DecisionRelation;
  /** Frequencies of other origin than the records, as national files of names. */
  readonly frequencies?: FrequencyRelations;
  /** Parts of the scoring, as of `scorePairs`. */
  readonly chunks?: number;
  /** Limits of the pairs that the blocking rules may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
  /** Ends the statement that runs; see `interruptible`. */
  readonly signal?: AbortSignal;
}

/**
 * Links the inputs by a trained model and keeps everything that is needed to go on: records, frozen frequencies, keys of
 * the blocking rules, edges and clusters, in tables of the engine's database (open it on a file to keep it). Frequencies
 * never change afterwards, so that a weight is the same whenever it is computed: create the index again now and then.
 * Throws ModelError for a model or a rule that cannot be used, InputError for the inputs, BlockingBudgetError for rules
 * that give too many pairs. Interrupted, it leaves tables
 * that `openIndex` refuses and the next `createIndex` replaces.
 */
export async function createIndex<Input extends string = string, Compared extends string = string>(
  given: Engine,
  asked: Model<Compared> & ColumnCheck<Input, Compared>,
  inputs: readonly TypedInput<Input>[],
  options: CreateIndexOptions = {},
): Promise<LinkIndex> {
  const { prefix = DEFAULT_PREFIX, partitioner = connectedComponents(), guard } = options;
  const { threshold = partitioner.keepFrom ?? 0 } = options;
  const engine = interruptible(given, options.signal);
  const tables = indexTables(prefix);
  const model = await keyable(engine, asked, partitioner);
  await checkModelSql(engine, model);
  const rules = await readRuleKeys(engine, model);
  await engine.run(`DROP TABLE IF EXISTS ${tables.manifest}`);
  const session = await withWholeRecords(await openSession(engine, { inputs, model, prefix }));
  const frequencyColumns = termFrequencyColumns(model);
  await freezeFrequencies(engine, tables, frequencyColumns, options.frequencies ?? {});
  const columns = await describe(engine, tables.records);
  const manifest: IndexManifest = {
    model,
    threshold,
    partitioner: partitioner.name,
    ...(partitioner.settings === undefined ? {} : { partitionerSettings: partitioner.settings }),
    sources: inputs.map(({ name = '' }) => name).sort((a, b) => (a < b ? -1 : 1)),
    inputColumns: inputColumnsOf(model, columns),
    columns,
    frequencyColumns,
  };
  const index = await assembleIndex({ engine: given, tables, manifest, rules, partitioner });
  await createKeys(engine, tables, rules);
  if (rules.some(({ explode }) => explode.length > 0)) {
    await guardRules(session, model, guard);
    await createEdges({ engine, tables, manifest, rules });
  } else {
    await scorePairs(session, model, {
      threshold,
      into: tables.edges,
      ...(options.chunks === undefined ? {} : { chunks: options.chunks }),
      ...(guard === undefined ? {} : { guard }),
    });
  }
  await createDecisions({ engine, tables, manifest, partitioner }, options.decisions);
  await createClusters({ engine, tables, manifest, partitioner });
  await makeFetchable(engine, tables);
  await createManifest(engine, tables, manifest, session.recordCount + 1);
  return index;
}

/** The model with what an index needs of it: a rule for each alternative (OR), and the columns of constraints kept. */
async function keyable(runner: SqlRunner, model: Model, { constraints }: Partitioner): Promise<Model> {
  const retainColumns = [...new Set([...model.retainColumns, ...(constraints?.traits ?? [])])];
  try {
    const split = await splitAlternatives(runner, model.blockingRules);
    return { ...model, retainColumns, blockingRules: split.map(({ rule }) => rule) };
  } catch (error) {
    // `readRuleKeys` says it of every rule at once.
    if (error instanceof BlockingRuleError) return { ...model, retainColumns };
    throw error;
  }
}

/** Sorted by key: a look-up reads the one row group whose range holds it. */
async function createKeys(runner: SqlRunner, tables: IndexTables, rules: readonly RuleKeys[]): Promise<void> {
  for (const keys of rules) {
    for (const side of keyedSides(keys)) {
      await runner.run(`CREATE OR REPLACE TABLE ${tables.keys(keys.rule, side)} AS
        ${keysSql(keys, side, tables.records)} ORDER BY key, rid`);
    }
  }
}

async function describe(runner: SqlRunner, table: string): Promise<readonly IndexColumn[]> {
  const rows = await runner.all(`DESCRIBE ${table}`);
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

function inputColumnsOf(model: Model, columns: readonly IndexColumn[]): readonly IndexColumn[] {
  const made = new Set([
    ...['rid', 'source_no', model.idColumn, model.sourceColumn],
    ...model.derivations.map(({ name }) => name),
    ...termFrequencyColumns(model).map((name) => `tf_${name}`),
  ]);
  return columns.filter(({ name }) => !made.has(name));
}

/** Written last: an index without it is not finished. */
async function createManifest(
  runner: SqlRunner,
  tables: IndexTables,
  manifest: IndexManifest,
  nextCluster: number,
): Promise<void> {
  const rows = await readCount(runner, `SELECT max(rid) AS n FROM ${tables.records}`);
  await runner.run(`CREATE OR REPLACE TABLE ${tables.journal}
      (delta INTEGER, event INTEGER, kind VARCHAR, from_id VARCHAR, to_id VARCHAR, record_id VARCHAR);
    CREATE OR REPLACE TABLE ${tables.retired} (record_id VARCHAR, cluster_id VARCHAR, alias_of VARCHAR);
    CREATE OR REPLACE TABLE ${tables.deltas} (delta INTEGER, report VARCHAR);
    CREATE OR REPLACE TABLE ${tables.manifest} AS SELECT ${INDEX_FORMAT} AS format,
      ${quoteText(JSON.stringify(manifest))} AS body, version() AS made_with,
      ${rows + 1} AS next_rid, ${nextCluster} AS next_cluster, 0 AS deltas;
    CHECKPOINT`);
}
