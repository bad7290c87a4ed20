import { columnsOf } from '../expression/expression.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { columnsOfLevels, type Model } from '../model/model.ts';
import { type DerivationFamily, familiesOf } from './derivation-families.ts';
import { frequencySql, type TermFrequencyTable } from './frequencies.ts';
import {
  numberJoinSql,
  OWN_COLUMNS,
  placeOfColumn,
  SPELT,
  type SpeltTexts,
  speltJoinsSql,
  speltSql,
} from './spelt-texts.ts';

/** Rows to link: `relation` is what follows FROM: a table, a view, or `read_parquet('…')`. */
export interface LinkInput {
  /** Name of the input; needed when there are several. */
  readonly name?: string;
  readonly relation: string;
  /**
   * Column that numbers the rows already, from 1 without a gap, in the order of their ids: they are then neither sorted nor copied to be
   * numbered. Of the one input only.
   */
  readonly numbered?: string;
}

/** Columns of the records that a model reads, without those it derives, each once. */
export function inputColumns(model: Model, blockingColumns: readonly string[]): readonly string[] {
  const derived = new Set(model.derivations.map(({ name }) => name));
  const wanted = [
    ...model.derivations.flatMap(({ expression }) => columnsOf(expression)),
    ...comparedColumns(model),
    ...blockingColumns,
    ...model.retainColumns,
  ];
  return [...new Set(wanted)].filter((name) => !derived.has(name) && name !== model.idColumn);
}

/** Columns derived that comparisons, blocking rules or those who ask read: others are only on the way to these. */
function derivedColumns(model: Model, blockingColumns: readonly string[]): ReadonlySet<string> {
  return new Set([
    ...comparedColumns(model),
    ...termFrequencyColumns(model),
    ...blockingColumns,
    ...model.retainColumns,
  ]);
}

/** Columns that comparisons read, derived ones included. */
export function comparedColumns(model: Model): readonly string[] {
  return [
    ...new Set(model.comparisons.flatMap(({ columns, levels }) => [...columns, ...columnsOfLevels(levels)])),
  ];
}

/** Columns whose values are counted. */
export function termFrequencyColumns(model: Model): readonly string[] {
  const adjusted = model.comparisons.flatMap(({ levels }) =>
    levels.flatMap(({ termFrequency }) => (termFrequency === undefined ? [] : [termFrequency.column])),
  );
  return [...new Set(adjusted)];
}

/** Records of a session: a view, and the tables that it is made of. */
export interface RecordTables {
  /** View of all columns. */
  readonly records: string;
  /** Table of the same rows: what nothing is derived of, and in place of the texts of each of `spelt` their number. */
  readonly base: string;
  readonly spelt: readonly SpeltTexts[];
}

/** Names of these tables, for a model. */
export function recordTables(
  model: Model,
  blockingColumns: readonly string[],
  records: string,
): RecordTables {
  return tablesOf(model, blockingColumns, records, familiesOf(model.derivations));
}

/** What a session of a model makes of its inputs, under names that begin with `prefix`: a view, and tables, to be dropped when it is over. */
export function sessionRelations(
  model: Model,
  prefix: string,
): { readonly view: string; readonly tables: readonly string[] } {
  const { records, base, spelt } = recordTables(model, [], `${prefix}records`);
  return { view: records, tables: [base, ...spelt.map(({ table }) => table)] };
}

function tablesOf(
  model: Model,
  blockingColumns: readonly string[],
  records: string,
  families: readonly DerivationFamily[],
): RecordTables {
  const read = derivedColumns(model, blockingColumns);
  const left = new Set(inputColumns(model, blockingColumns));
  const terms = termFrequencyColumns(model);
  const spelt = families.map(({ derivations, reads }, place): SpeltTexts => {
    const given = reads.filter((name) => left.delete(name));
    const names = derivations.map(({ name }) => name);
    return {
      table: `${records}_spelt_${place}`,
      number: `linkage_spelt_${place}`,
      reads,
      given,
      made: names.filter((name) => read.has(name)),
      weighed: terms.filter((name) => names.includes(name)),
    };
  });
  return { records, base: `${records}_base`, spelt };
}

export interface CreateOptions {
  readonly frequencies?: readonly TermFrequencyTable[] | undefined;
  /** Columns of the inputs that hold texts. */
  readonly texts: ReadonlySet<string>;
}

/**
 * SQL that gathers the inputs as `records`, a view of `rid` (dense, from 1, in the order of source and id: a pair has
 * rid_l < rid_r), `source_no` (from 0, in the order of the inputs' names), the id, the columns read, those derived,
 * and `tf_<column>` (share of the records with a value that have this one, or what `frequencies` says of it). Columns derived are
 * those that something reads: of `blockingColumns` too. People share names: texts that something is derived of stand in a table that holds
 * each different one once, with all that is made of them, and a record bears their number. No relation is called `records` yet.
 */
export function createRecordsSql(
  model: Model,
  inputs: readonly LinkInput[],
  blockingColumns: readonly string[],
  records: string,
  { frequencies = [], texts }: CreateOptions,
): string {
  const numbers = inputs.length === 1 ? inputs[0]?.numbered : undefined;
  const columns = inputColumns(model, blockingColumns);
  const gathered = gatheredSql(model, inputs, columns, numbers);
  const given = numbers === undefined ? `${records}_given` : `(${gathered})`;
  const families = familiesOf(model.derivations);
  const tables = tablesOf(model, blockingColumns, records, families);
  const { base, spelt } = tables;
  const derived = new Set(spelt.flatMap(({ weighed }) => weighed));
  const terms = termFrequencyColumns(model).filter((name) => !derived.has(name));
  const weighed = terms.map((name, place) => frequencySql(name, `f${place}`, 'g', given, frequencies));
  const own = [
    ...OWN_COLUMNS.map(quoteName),
    ...[model.sourceColumn, model.idColumn, ...columns]
      .filter((name) => !spelt.some((one) => one.given.includes(name)))
      .map(quoteName),
  ].map((name) => `g.${name}`);
  const added = [
    ...spelt.map(({ number }, place) => `d${place}.${SPELT.no} AS ${number}`),
    ...weighed.map(({ selected }) => selected),
  ];
  const joined = [
    ...spelt.map((one, place) => numberJoinSql(one, `d${place}`, texts)),
    ...weighed.map(({ join }) => join),
  ];
  // Whole records are written twice at most: when they are numbered, and with all that is made of them; sorted once.
  return [
    ...(numbers === undefined ? [`CREATE OR REPLACE TABLE ${given} AS ${gathered}`] : []),
    ...spelt.map(
      (one, place) =>
        `CREATE OR REPLACE TABLE ${one.table} AS ${speltSql(one, families[place]?.derivations ?? [], { given, texts, frequencies })}`,
    ),
    `CREATE OR REPLACE TABLE ${base} AS SELECT ${[...own, ...added].join(', ')} FROM ${given} g ${joined.join('\n')}`,
    ...(numbers === undefined ? [`DROP TABLE ${given}`] : []),
    `CREATE VIEW ${records} AS ${recordsSql(tables, [
      ...OWN_COLUMNS,
      ...[model.sourceColumn, model.idColumn, ...columns],
      ...spelt.flatMap(({ made, weighed: names }) => [...made, ...names.map((name) => `tf_${name}`)]),
      ...terms.map((name) => `tf_${name}`),
    ])}`,
  ].join(';\n');
}

/** SELECT of these columns of the records. */
function recordsSql({ base, spelt }: RecordTables, columns: readonly string[]): string {
  const selected = columns.map((name) => {
    const place = placeOfColumn(spelt, name);
    return `${place < 0 ? 'b' : `b_${place}`}.${quoteName(name)}`;
  });
  return `SELECT ${selected.join(', ')} FROM ${base} b ${speltJoinsSql(spelt, 'b').join(' ')}`;
}

/** Rows of all inputs, with `rid`: `numbers` where the rows of the one input come numbered by it. */
function gatheredSql(
  model: Model,
  inputs: readonly LinkInput[],
  columns: readonly string[],
  numbers: string | undefined,
): string {
  const sorted = [...inputs].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  const id = quoteName(model.idColumn);
  const rid = numbers === undefined ? '' : `${quoteName(numbers)}::INTEGER AS rid, `;
  const parts = sorted.map(
    ({ name, relation }, index) =>
      `SELECT ${rid}${index}::INTEGER AS source_no, ${quoteText(name ?? '')} AS ${quoteName(model.sourceColumn)}, ${[id, ...columns.map(quoteName)].join(', ')} FROM ${relation}`,
  );
  const rows = parts.join('\nUNION ALL ');
  if (numbers !== undefined) return rows;
  const order =
    sorted.length > 1 && model.linkType !== 'link_only'
      ? `${quoteName(model.sourceColumn)} || '-__-' || ${id}`
      : `source_no, ${id}`;
  // Sorted, then numbered as they come: half the work of a window over whole records.
  return `SELECT (row_number() OVER ())::INTEGER AS rid, * FROM (SELECT * FROM (${rows}) ORDER BY ${order})`;
}
