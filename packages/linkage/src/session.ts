import { interruptible } from './engine/interruptible.ts';
import { columnsOf } from './expression/expression.ts';
import { parseSqlExpression } from './expression/parse-sql.ts';
import { plainTableName } from './expression/sql-text.ts';
import type { TypedInput } from './io/inputs.ts';
import type { ColumnCheck, LinkType, Model } from './model/model.ts';
import { ModelError, modelProblems } from './model/validate-model.ts';
import { dropRelation } from './records/drop-relation.ts';
import { givenFrequenciesSql, type TermFrequencyTable } from './records/frequencies.ts';
import {
  createRecordsSql,
  inputColumns,
  type LinkInput,
  type RecordTables,
  recordTables,
  termFrequencyColumns,
} from './records/record-tables.ts';
import { OWN_COLUMNS, SPELT } from './records/spelt-texts.ts';
import { readCount, type SqlRunner } from './runner.ts';
import { newWork, type SessionWork } from './session-work.ts';

/** Records made ready for a model, and where they are. Everything the engine does starts from one. */
export interface LinkSession {
  readonly runner: SqlRunner;
  /** Relation of `createRecordsSql`. */
  readonly records: string;
  /** The tables that it is made of; undefined where it is a plain table. */
  readonly tables?: RecordTables | undefined;
  readonly recordCount: number;
  /** Pairs that the link type allows. */
  readonly possiblePairs: number;
  /** Beginning of the names of the tables that the session makes, as `linkage.run_`. */
  readonly prefix: string;
  /** What calls leave for the calls that follow. */
  readonly work: SessionWork;
}

export interface SessionOptions<Input extends string = string, Compared extends string = string> {
  readonly inputs: readonly TypedInput<Input>[];
  readonly model: Model<Compared> & ColumnCheck<Input, Compared>;
  /**
   * Of columns whose term frequencies come from a table (national figures, say) instead of the records, where duplicates make
   * rare values common. A value that is not in the table has the frequency that it gives to those, else none: the other side's counts, or
   * nothing does.
   */
  readonly frequencies?: readonly TermFrequencyTable[] | undefined;
  /** Beginning of the names of tables; `linkage_` by default. */
  readonly prefix?: string;
  /** Ends whatever statement of the session runs, now and later; see `interruptible`. */
  readonly signal?: AbortSignal;
}

/** Ids are missing or given twice, or a column does not exist. The message quotes no value. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InputError';
  }
}

/**
 * Gathers the inputs into one table with the columns that the model reads. Throws ModelError for a model that cannot be
 * used, InputError for missing or reserved columns, for ids that are missing or repeated, for rows that are badly numbered, for a value whose
 * frequency is given twice, and for frequencies that are not above 0 and 1 at most.
 */
export async function openSession<Input extends string = string, Compared extends string = string>(
  given: SqlRunner,
  options: SessionOptions<Input, Compared>,
): Promise<LinkSession> {
  const { inputs, model, frequencies = [], prefix = 'linkage_', signal } = options;
  const runner = interruptible(given, signal);
  plainTableName(prefix);
  const problems = modelProblems(model);
  if (problems.length > 0) throw new ModelError(problems);
  const blockingColumns = await columnsOfRules(runner, model);
  const columns = inputColumns(model, blockingColumns);
  const tables = recordTables(model, blockingColumns, `${prefix}records`);
  refuseReserved(model, columns, tables);
  const texts = await checkColumns(runner, inputs, [model.idColumn, ...columns]);
  for (const table of frequencies) await checkFrequencies(runner, model, table);
  const { records, base } = tables;
  await dropRelation(runner, records);
  await runner.run(createRecordsSql(model, inputs, blockingColumns, records, { frequencies, texts }));
  await checkIds(runner, model, base);
  const recordCount = await readCount(runner, `SELECT count(*) AS n FROM ${base}`);
  if (inputs.some(({ numbered }) => numbered !== undefined)) await checkNumbers(runner, base, inputs.length);
  return {
    runner,
    records,
    tables,
    recordCount,
    possiblePairs: await countPossiblePairs(runner, base, model.linkType),
    prefix,
    work: newWork(),
  };
}

/** Columns that the records table has of its own, and those of tables made on the way. */
const RESERVED: readonly string[] = [...OWN_COLUMNS, ...Object.values(SPELT), 'linkage_among'];

function refuseReserved(model: Model, columns: readonly string[], { spelt }: RecordTables): void {
  const own = [
    ...RESERVED,
    ...spelt.map(({ number }) => number),
    ...termFrequencyColumns(model).map((name) => `tf_${name}`),
  ];
  const given = [model.idColumn, ...columns, ...model.derivations.map(({ name }) => name)];
  const taken = own.filter((name) => given.some((column) => column.toLowerCase() === name.toLowerCase()));
  if (taken.length > 0) {
    throw new InputError(
      `the engine has columns called ${taken.join(', ')} of its own: rename those of the input`,
    );
  }
}

async function columnsOfRules(runner: SqlRunner, model: Model): Promise<readonly string[]> {
  const columns: string[] = [];
  for (const { sql, explode = [] } of model.blockingRules) {
    const condition = await parseSqlExpression(runner, sql);
    columns.push(...columnsOf(condition).map((name) => name.replace(/_[lr]$/, '')), ...explode);
  }
  return columns;
}

/** Throws InputError for a column that is not there; which columns hold texts. */
async function checkColumns(
  runner: SqlRunner,
  inputs: readonly LinkInput[],
  wanted: readonly string[],
): Promise<ReadonlySet<string>> {
  const texts = new Set<string>();
  if (inputs.length === 0) throw new InputError('give at least one input');
  for (const { name = 'the input', relation, numbered } of inputs) {
    const rows = await runner.all(`DESCRIBE SELECT * FROM ${relation}`);
    const known = new Set(rows.map((row) => String(row.column_name)));
    for (const row of rows) if (row.column_type === 'VARCHAR') texts.add(String(row.column_name));
    const missing = [...wanted, ...(numbered === undefined ? [] : [numbered])].filter(
      (column) => !known.has(column),
    );
    if (missing.length > 0) {
      throw new InputError(`${name} has no column ${missing.join(', ')}; it has ${[...known].join(', ')}`);
    }
  }
  return texts;
}

async function checkIds(runner: SqlRunner, { idColumn }: Model, records: string): Promise<void> {
  const id = `"${idColumn.replaceAll('"', '""')}"`;
  const [row] = await runner.all(
    `SELECT count(*) FILTER (${id} IS NULL) AS missing, count(*) - count(DISTINCT (source_no, ${id})) AS repeated FROM ${records}`,
  );
  if (Number(row?.missing) > 0)
    throw new InputError(`${idColumn} is missing in ${Number(row?.missing)} rows`);
  if (Number(row?.repeated) > 0) {
    throw new InputError(`${idColumn} is not unique: ${Number(row?.repeated)} rows repeat another's`);
  }
}

/** Whether their order is that of the ids is not looked at: it would cost the sort that they spare. */
async function checkNumbers(runner: SqlRunner, records: string, inputs: number): Promise<void> {
  if (inputs > 1) throw new InputError('only rows of one input can come numbered');
  const [row] = await runner.all(
    `SELECT count(*) = count(DISTINCT rid) AND coalesce(min(rid) = 1 AND max(rid) = count(*), true) AS dense FROM ${records}`,
  );
  if (row?.dense !== true)
    throw new InputError('rows that come numbered are numbered from 1, each once, without a gap');
}

async function checkFrequencies(runner: SqlRunner, model: Model, table: TermFrequencyTable): Promise<void> {
  const { column, unlisted = 1 } = table;
  if (!(unlisted > 0 && unlisted <= 1)) throw new InputError('unlisted must be above 0, and 1 at most');
  if (!termFrequencyColumns(model).includes(column))
    throw new InputError(`the model counts no values of ${column}`);
  const [row] = await runner.all(
    `SELECT count(*) - count(DISTINCT value) AS repeated,
      count(*) FILTER (share IS NULL OR NOT (share > 0 AND share <= 1)) AS outside FROM ${givenFrequenciesSql(table)}`,
  );
  if (Number(row?.repeated) > 0) throw new InputError(`${column} has values whose frequency is given twice`);
  if (Number(row?.outside) > 0) throw new InputError(`tf_${column} must be above 0, and 1 at most`);
}

async function countPossiblePairs(runner: SqlRunner, records: string, linkType: LinkType): Promise<number> {
  const rows = await runner.all(`SELECT count(*) AS n FROM ${records} GROUP BY source_no`);
  const sizes = rows.map(({ n }) => Number(n));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const all = (total * (total - 1)) / 2;
  if (linkType !== 'link_only') return all;
  return sizes.reduce((pairs, size) => pairs - (size * (size - 1)) / 2, all);
}
