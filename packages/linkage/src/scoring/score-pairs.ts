import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type BlockingGuard, guardRules, originSql } from '../blocking/guard.ts';
import { dropKeys, type KeyedRecords, keyRecords } from '../blocking/keyed-records.ts';
import { interruptible } from '../engine/interruptible.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import { comparedColumns, termFrequencyColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { cascadeConditions } from './cascade.ts';
import { hasSourceParameters } from './source-parameters.ts';
import { refuseUntrained } from './untrained.ts';
import { weighSql } from './weigh-sql.ts';
import { numberSql } from './weight-sql.ts';

export interface ScoreOptions {
  /** Least match weight kept (log2, inclusive); none by default: every candidate. */
  readonly threshold?: number;
  /** Table to fill; `<prefix>pairs` by default. */
  readonly into?: string;
  /** Parts that the work is cut into: bounds memory, and gives progress and a place to stop. */
  readonly chunks?: number;
  /** Skip what cannot reach the threshold (same pairs, sooner); true by default. */
  readonly cascade?: boolean;
  /**
   * Levels that nobody gave and nothing trained: refused by default, for their weights would be invented; `defaults`
   * gives them those of Splink, as Splink does.
   */
  readonly untrained?: 'refuse' | 'defaults';
  /** Limits of the pairs that the blocking rules may give; see `BlockingGuard`. */
  readonly guard?: BlockingGuard;
  /** Ends the statement that runs; see `interruptible`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Scores every candidate pair once and keeps those that reach the threshold, narrow: `rid_l`, `rid_r`, `match_key` (first
 * blocking rule that found it), `pattern` (all γ as one number) and `match_weight`. Returns their table and number.
 * Throws UntrainedError when a level has no m or no u, unless `untrained` says otherwise, and BlockingBudgetError or
 * BlockingRuleError for rules that would look at too many pairs.
 */
export async function scorePairs(
  given: LinkSession,
  model: Model,
  options: ScoreOptions = {},
): Promise<{ readonly table: string; readonly pairs: number }> {
  const runner = interruptible(given.runner, options.signal);
  const session = { ...given, runner };
  const { into = `${session.prefix}pairs`, chunks = 1, onProgress } = options;
  if (options.untrained !== 'defaults') refuseUntrained(model);
  const guarded = await guardRules(session, model, options.guard);
  const keyed = await keyRecords(runner, {
    records: session.records,
    rules: guarded.rules,
    columns: scoredColumns(model),
    into: `${session.prefix}keyed`,
  });
  const rarest = options.threshold === undefined ? () => 1 : await rarestFrequencies(session, model);
  await runner.run(
    `CREATE OR REPLACE TABLE ${into} (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT, pattern BIGINT, match_weight DOUBLE)`,
  );
  for (let part = 0; part < chunks; part++) {
    onProgress?.(part, chunks);
    const pairs = scoredPairsSql(
      keyed,
      model,
      options,
      rarest,
      chunks > 1 ? { part, of: chunks } : undefined,
    );
    await runner.run(
      `INSERT INTO ${into} SELECT rid_l, rid_r, ${originSql(guarded)}, pattern, match_weight FROM (${pairs})`,
    );
  }
  await dropKeys(runner, keyed, session.records);
  onProgress?.(chunks, chunks);
  return { table: into, pairs: await readCount(runner, `SELECT count(*) AS n FROM ${into}`) };
}

function scoredColumns(model: Model): readonly string[] {
  return [
    ...comparedColumns(model),
    ...termFrequencyColumns(model).map((name) => `tf_${name}`),
    ...(hasSourceParameters(model) ? [model.sourceColumn] : []),
  ];
}

/** The SELECT that scores: columns of the pairs, one γ for each comparison, `pattern` and `match_weight`. */
function scoredPairsSql(
  { records, rules }: KeyedRecords,
  model: Model,
  { threshold, cascade = true }: ScoreOptions,
  rarest: (column: string) => number,
  chunk?: { readonly part: number; readonly of: number },
): string {
  const candidates = candidatePairsSql({
    records,
    linkType: model.linkType,
    rules,
    columns: scoredColumns(model),
    ...(chunk === undefined ? {} : { chunk }),
  });
  const conditions = threshold !== undefined && cascade ? cascadeConditions(model, threshold, rarest) : [];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((one) => `(${one})`).join('\n AND ')}`;
  const reached = threshold === undefined ? '' : `WHERE match_weight >= ${numberSql(threshold)}`;
  return `SELECT * FROM (${weighSql(model, `SELECT * FROM (${candidates}) ${where}`)}) ${reached}`;
}

async function rarestFrequencies(session: LinkSession, model: Model): Promise<(column: string) => number> {
  const columns = termFrequencyColumns(model);
  if (columns.length === 0) return () => 1;
  const least = columns.map((name, index) => `min(${quoteName(`tf_${name}`)}) AS t${index}`);
  const [row] = await session.runner.all(`SELECT ${least.join(', ')} FROM ${session.records}`);
  const found = new Map(columns.map((name, index) => [name, Number(row?.[`t${index}`] ?? 1)]));
  return (column) => found.get(column) ?? 1;
}
