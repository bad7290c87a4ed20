import {
  type CandidateRequest,
  candidatePairsSql,
  candidatePartsSql,
  pairColumns,
} from '../blocking/candidate-pairs.ts';
import { type BlockingGuard, guardRules, originSql } from '../blocking/guard.ts';
import { dropKeys, keysOfSession } from '../blocking/keyed-records.ts';
import { interruptible } from '../engine/interruptible.ts';
import { quoteName } from '../expression/sql-text.ts';
import { type BlockingRule, isElse, type Model } from '../model/model.ts';
import { bothRecordsSql, withColumns } from '../records/both-records.ts';
import { comparedColumns, termFrequencyColumns } from '../records/record-tables.ts';
import { readCount } from '../runner.ts';
import type { LinkSession } from '../session.ts';
import { cascadeConditions } from './cascade.ts';
import {
  comparedPairs,
  comparePairs,
  dropCompared,
  keepCompared,
  partsOf,
  weighPatternsSql,
} from './compare-pairs.ts';
import { glanceAt } from './glance.ts';
import { groupNumbers, ofTwoGroupsSql } from './groups.ts';
import { newSketch } from './sketch.ts';
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
   * Pairs that may be kept with their patterns until they are weighed, 17 bytes each; 60 millions by default. Where the rules
   * may find more, each pair is weighed as it is found.
   */
  readonly keptPairs?: number;
  /** Column of the records (`retainColumns`): those that share a value in it are of one already, and no pair. None by default. */
  readonly groupedBy?: string;
  /** Only pairs of which one record at least is among these: what follows FROM, with `rid`. All by default. */
  readonly among?: string;
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
  const { threshold, cascade = true, among, keptPairs = KEPT_PAIRS } = options;
  if (among === undefined && options.guard !== 'off') await keysOfSession(session, model.blockingRules);
  const guarded = await guardRules(session, model, options.guard);
  const score = { session, model, options, rules: guarded.rules, into, origin: originSql(guarded) };
  await runner.run(
    `CREATE OR REPLACE TABLE ${into} (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT, pattern BIGINT, match_weight DOUBLE)`,
  );
  const sketched = threshold !== undefined && cascade && !hasSourceParameters(model) && isSketched(model);
  const known = comparedPairs(session, model, guarded.rules);
  if (among !== undefined) await scoreAmong(score, among);
  else if (known !== undefined) await scoreKnown(score, known);
  else if (sketched) await scoreLikely(score, threshold);
  else if (guarded.pairs !== undefined && guarded.pairs <= keptPairs)
    await scoreKnown(score, await compareAll(score));
  else await scoreAll(score);
  await dropKeys(session);
  await dropCompared(session);
  onProgress?.(chunks, chunks);
  return { table: into, pairs: await readCount(runner, `SELECT count(*) AS n FROM ${into}`) };
}

const KEPT_PAIRS = 60_000_000;

function scoredColumns(model: Model): readonly string[] {
  return [
    ...comparedColumns(model),
    ...termFrequencyColumns(model).map((name) => `tf_${name}`),
    ...(hasSourceParameters(model) ? [model.sourceColumn] : []),
  ];
}

/** Whether sketches tell something of every level: one of which nothing is known keeps nearly all pairs possible. */
function isSketched({ comparisons }: Model): boolean {
  const sketch = newSketch(() => 1);
  const asked = comparisons.filter(({ corrects }) => corrects === undefined).flatMap(({ levels }) => levels);
  return asked.every(
    (level) => isElse(level) || (sketch.exactly(level) ?? sketch.implied(level)) !== undefined,
  );
}

interface Scoring {
  readonly session: LinkSession;
  readonly model: Model;
  readonly options: ScoreOptions;
  readonly rules: readonly BlockingRule[];
  readonly into: string;
  /** SQL of the place of the rule given. */
  readonly origin: string;
}

const RESULT = 'rid_l, rid_r, match_key, pattern, match_weight';

async function compareAll({ session, model, rules }: Scoring): Promise<string> {
  const into = `${session.prefix}compared`;
  await comparePairs(session, model, { keyed: await keysOfSession(session, rules), into });
  keepCompared(session, model, rules, into);
  return into;
}

/** Every pair has its pattern: only what it weighs is missing. */
async function scoreKnown(
  { session, model, options, into, origin }: Scoring,
  compared: string,
): Promise<void> {
  const only = ofTwoGroupsSql(options.groupedBy);
  const weighed = weighPatternsSql(model, { pairs: compared, records: session.records, only });
  await session.runner.run(
    `INSERT INTO ${into} SELECT ${RESULT.replace('match_key', origin)} FROM (${weighed}) ${reachedSql(options)}`,
  );
}

const reachedSql = ({ threshold }: ScoreOptions): string =>
  threshold === undefined ? '' : `WHERE match_weight >= ${numberSql(threshold)}`;

/** Most pairs are told to be out of reach by the sketches of their records; the others are joined to the records. */
async function scoreLikely(scoring: Scoring, threshold: number): Promise<void> {
  const { session, model, rules, into, origin, options } = scoring;
  const { runner, prefix } = session;
  const glance = await glanceAt(session, model, threshold, await rarestFrequencies(session, model));
  const keyed = await keysOfSession(session, rules);
  const [sketched, likely] = [`${prefix}sketched`, `${prefix}likely`];
  const own = ['k.rid', 'k.source_no', ...keyed.columns.map((name) => `k.${quoteName(name)}`)];
  const keys =
    keyed.keys.length === 0
      ? ''
      : `JOIN (SELECT rid AS linkage_rid, ${keyed.keys.join(', ')} FROM ${keyed.records}) ON linkage_rid = k.rid`;
  const { groupedBy } = options;
  const grouped = groupedBy === undefined ? [] : [groupedBy];
  const group = groupNumbers(withColumns(session, grouped), groupedBy);
  const from = withColumns(session, [...glance.reads, ...keyed.columns, ...grouped]);
  // What the first rule brings together stands together: most pairs are of one block, and then near in memory.
  const [first] = keyed.keys;
  await runner.run(`CREATE OR REPLACE TABLE ${sketched} AS SELECT ${[...own, ...glance.selected, ...keyed.keys, ...group.selected].join(', ')}
    FROM ${from} k\n${[...glance.joins, keys, ...group.joins].join('\n')}\n${first === undefined ? '' : `ORDER BY ${first}`}`);
  for (const chunk of chunksOf(options)) {
    const request = {
      records: sketched,
      rules: keyed.rules,
      linkType: model.linkType,
      columns: glance.names,
      ...(group.only === undefined ? {} : { only: group.only }),
      ...chunk,
    };
    await runner.run(`CREATE OR REPLACE TABLE ${likely} (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT)`);
    for (const pairs of candidatePartsSql(request))
      await runner.run(`INSERT INTO ${likely} ${glance.likelySql(pairs)}`);
    for (const some of await partsOf(runner, likely)) {
      const pairs = bothRecordsSql(session, some, scoredColumns(model));
      await runner.run(`INSERT INTO ${into} SELECT ${RESULT.replace('match_key', origin)} FROM (${weighSql(model, pairs)})
        ${reachedSql(options)}`);
    }
  }
  await runner.run(
    `DROP TABLE ${likely}; ${[sketched, ...glance.tables].map((table) => `DROP TABLE ${table}`).join('; ')}`,
  );
}

/** Each pair is weighed as it is found: none is kept that does not reach the threshold. */
async function scoreAll(scoring: Scoring): Promise<void> {
  const { session, model, options, rules } = scoring;
  const { runner } = session;
  const keyed = await keysOfSession(session, rules);
  const weighed = await cascadeSql(scoring);
  for (const chunk of chunksOf(options)) {
    const request = {
      records: keyed.records,
      rules: keyed.rules,
      linkType: model.linkType,
      columns: [],
      ...chunk,
    };
    await runner.run(
      weighed(`SELECT ${['p.*', ...pairColumns(scoredColumns(model))].join(', ')} FROM (${candidatePairsSql(request)}) p
        JOIN ${session.records} l ON l.rid = p.rid_l JOIN ${session.records} r ON r.rid = p.rid_r WHERE ${ofTwoGroupsSql(options.groupedBy)}`),
    );
  }
}

/** Of pairs with one of these on the left, and of those with one on the right alone. */
const AMONG = ['l.linkage_among', 'NOT l.linkage_among AND r.linkage_among'];

/**
 * Few records face all: nothing is made ready for every record. Rules run as they are written, each from the few, and the
 * pairs that they find are joined to the records then.
 */
async function scoreAmong(scoring: Scoring, among: string): Promise<void> {
  const { session, model, options, rules } = scoring;
  const { runner, records, prefix } = session;
  const [told, found] = [`${prefix}told`, `${prefix}found`];
  await runner.run(`CREATE OR REPLACE VIEW ${told} AS SELECT r.*, a.rid IS NOT NULL AS linkage_among
    FROM ${records} r LEFT JOIN (SELECT DISTINCT rid FROM ${among}) a ON a.rid = r.rid`);
  const weighed = await cascadeSql(scoring);
  for (const chunk of chunksOf(options)) {
    const asked = { records: told, rules, linkType: model.linkType, columns: [], ...chunk };
    const candidates = AMONG.map(
      (some) =>
        `(${candidatePairsSql({ ...asked, only: `(${some}) AND ${ofTwoGroupsSql(options.groupedBy)}` })})`,
    );
    await runner.run(`CREATE OR REPLACE TABLE ${found} AS ${candidates.join('\nUNION ALL\n')}`);
    await runner.run(weighed(bothRecordsSql(session, found, scoredColumns(model))));
  }
  await runner.run(`DROP TABLE ${found}; DROP VIEW ${told}`);
}

/** From a SELECT of pairs with the columns compared to the statement that keeps those that reach the threshold. */
async function cascadeSql({
  session,
  model,
  options,
  into,
  origin,
}: Scoring): Promise<(pairs: string) => string> {
  const { threshold, cascade = true } = options;
  const conditions =
    threshold !== undefined && cascade
      ? cascadeConditions(model, threshold, await rarestFrequencies(session, model))
      : [];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((one) => `(${one})`).join('\n AND ')}`;
  return (pairs) => {
    const weighed = weighSql(model, `SELECT * FROM (${pairs}) ${where}`);
    return `INSERT INTO ${into} SELECT ${RESULT.replace('match_key', origin)} FROM (${weighed}) ${reachedSql(options)}`;
  };
}

/** Parts of the work, each told before it begins. */
function* chunksOf({ chunks = 1, onProgress }: ScoreOptions): Generator<Pick<CandidateRequest, 'chunk'>> {
  for (let part = 0; part < chunks; part++) {
    onProgress?.(part, chunks);
    yield chunks > 1 ? { chunk: { part, of: chunks } } : {};
  }
}

async function rarestFrequencies(session: LinkSession, model: Model): Promise<(column: string) => number> {
  const columns = termFrequencyColumns(model);
  if (columns.length === 0) return () => 1;
  const least = columns.map((name, index) => `min(${quoteName(`tf_${name}`)}) AS t${index}`);
  const [row] = await session.runner.all(`SELECT ${least.join(', ')} FROM ${session.records}`);
  const found = new Map(columns.map((name, index) => [name, Number(row?.[`t${index}`] ?? 1)]));
  return (column) => found.get(column) ?? 1;
}
