import type { Engine } from '../engine/engine.ts';
import { type Evaluate, expressionSql } from '../expression/compile.ts';
import { parseSqlExpression } from '../expression/parse-sql.ts';
import { quoteText } from '../expression/sql-text.ts';
import { type ComparisonLevel, isElse, type Model } from '../model/model.ts';
import type { SqlRunner } from '../runner.ts';
import { partitionerOf } from './average-linkage.ts';
import {
  INDEX_FORMAT,
  IndexError,
  type IndexManifest,
  type IndexTables,
  indexTables,
  typeOfColumn,
} from './index-format.ts';
import type { Partitioner } from './partition.ts';
import { planQueries, type QueryPlan } from './query-plan.ts';
import { isPlain, type RuleKeys, readRuleKeys } from './rule-keys.ts';
import { compilePairTwin, type PairTwin } from './score-twin.ts';
import { compileSafely } from './twin-safety.ts';

/** An open index. `find` looks records up, `applyDelta` continues it; each call waits for the one before. */
export interface LinkIndex {
  readonly engine: Engine;
  readonly tables: IndexTables;
  readonly manifest: IndexManifest;
  readonly rules: readonly RuleKeys[];
  readonly twin: PairTwin;
  /** Twin of what is left of each rule beside its key; undefined when nothing is, or only the engine can tell. */
  readonly residuals: readonly (Evaluate | undefined)[];
  readonly queries: QueryPlan;
  readonly partitioner: Partitioner;
  /** Runs `work` when everything asked before has ended: one connection holds one transaction. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export interface OpenIndexOptions {
  /** Beginning of the names of the index's tables; `index_` by default. */
  readonly prefix?: string;
  /** The one that the index was made with; need not be said for one of this package. */
  readonly partitioner?: Partitioner;
}

export const DEFAULT_PREFIX = 'index_';

/**
 * Opens the index in the engine's database. Throws IndexError when there is none, when it is of another format, or when
 * its clusters were made otherwise; UnsafeSqlError when its model would run more than conditions.
 */
export async function openIndex(engine: Engine, options: OpenIndexOptions = {}): Promise<LinkIndex> {
  const { prefix = DEFAULT_PREFIX } = options;
  const tables = indexTables(prefix);
  const manifest = await readManifest(engine, tables);
  const partitioner = partitionerFor(manifest, options.partitioner);
  await checkModelSql(engine, manifest.model);
  const rules = await readRuleKeys(engine, manifest.model);
  return assembleIndex({ engine, tables, manifest, rules, partitioner });
}

function partitionerFor(
  { partitioner: name, partitionerSettings }: IndexManifest,
  given?: Partitioner,
): Partitioner {
  const found = given ?? (partitionerSettings === undefined ? undefined : partitionerOf(partitionerSettings));
  if (found?.name === name) return found;
  throw new IndexError(
    'other_partitioner',
    `the clusters of this index were made by «${name}», not by «${found?.name ?? 'one of this package'}»: open it with that one, or create it again`,
  );
}

/** An index from its parts, all of them checked. */
export async function assembleIndex(
  parts: Pick<LinkIndex, 'engine' | 'tables' | 'manifest' | 'rules' | 'partitioner'>,
): Promise<LinkIndex> {
  const { engine, tables, manifest, rules } = parts;
  const typeOf = (column: string) => typeOfColumn(manifest, column);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...parts,
    twin: compilePairTwin(manifest.model, typeOf),
    residuals: rules.map(({ residual }) =>
      residual === undefined
        ? undefined
        : compileSafely(residual, (name) => typeOf(name.replace(/_[lr]$/, ''))),
    ),
    queries: await planQueries(engine, manifest, rules, tables.records),
    inTurn(work) {
      const turn = last.then(work, work);
      last = turn;
      return turn;
    },
  };
}

async function readManifest(runner: SqlRunner, tables: IndexTables): Promise<IndexManifest> {
  const name = tables.manifest.split('.').at(-1) ?? '';
  const [found] = await runner.all(
    `SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = ${quoteText(name)} AND database_name = current_database()`,
  );
  if (Number(found?.n) === 0) {
    throw new IndexError(
      'not_an_index',
      'the database holds no finished index of this name: make one by createIndex',
    );
  }
  const [row] = await runner.all(`SELECT format, body FROM ${tables.manifest}`);
  const format = Number(row?.format);
  if (format < INDEX_FORMAT) {
    throw new IndexError(
      'older_format',
      `the index has format ${format}, this version reads ${INDEX_FORMAT}: create it again`,
    );
  }
  if (format > INDEX_FORMAT) {
    throw new IndexError(
      'newer_format',
      `the index has format ${format}, this version reads ${INDEX_FORMAT}: update the package`,
    );
  }
  return JSON.parse(String(row?.body)) as IndexManifest;
}

/** Throws UnsafeSqlError for a model that would run more than scalar conditions: an index may come from anywhere. */
export async function checkModelSql(runner: SqlRunner, model: Model): Promise<void> {
  const levels = model.comparisons.flatMap((comparison) => comparison.levels);
  const conditions = [
    ...levels.filter((one) => !isElse(one) && !isWritten(one)).map(({ sql }) => sql),
    ...model.derivations
      .filter(({ expression }) => !isPlain(expression))
      .map((one) => expressionSql(one.expression)),
  ];
  for (const sql of new Set(conditions)) await parseSqlExpression(runner, sql);
}

/** The level's SQL is what its condition gives, and calls nothing but the catalogue's own functions. */
function isWritten({ sql, condition }: ComparisonLevel): boolean {
  return condition !== undefined && isPlain(condition) && expressionSql(condition) === sql;
}
