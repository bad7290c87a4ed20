import { expressionSql } from '../expression/compile.ts';
import { columnsOf } from '../expression/expression.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { columnsOfLevels, type Derivation, type Model } from '../model/model.ts';

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

/** Term frequencies of a column, as a table. */
export interface TermFrequencyTable {
  readonly column: string;
  /** What follows FROM: the column itself, and `tf_<column>`, above 0 to 1. */
  readonly relation: string;
  /** Frequency of a value that the table does not have, above 0 to 1; by default it has none. */
  readonly unlisted?: number;
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

/**
 * SQL that gathers the inputs as one table: `rid` (dense, from 1, in the order of source and id: a pair has
 * rid_l < rid_r), `source_no` (from 0, in the order of the inputs' names), the id, the columns read, those derived,
 * and `tf_<column>` (share of the records with a value that have this one, or what `frequencies` says of it). Columns derived are
 * those that something reads: of `blockingColumns` too.
 */
export function createRecordsSql(
  model: Model,
  inputs: readonly LinkInput[],
  blockingColumns: readonly string[],
  table: string,
  frequencies: readonly TermFrequencyTable[] = [],
): string {
  const numbers = inputs.length === 1 ? inputs[0]?.numbered : undefined;
  const gathered = gatheredSql(model, inputs, inputColumns(model, blockingColumns), numbers);
  const given = numbers === undefined ? `${table}_given` : `(${gathered})`;
  const read = derivedColumns(model, blockingColumns);
  const families = familiesOf(model.derivations).map((family, place) => {
    const names = family.derivations.map(({ name }) => name);
    const weighed = termFrequencyColumns(model).filter((name) => names.includes(name));
    return { ...family, table: `${table}_derived_${place}`, alias: `d${place}`, weighed };
  });
  const derived = new Set(families.flatMap(({ weighed }) => weighed));
  const own = termFrequencyColumns(model).filter((name) => !derived.has(name));
  const weighed = own.map((name, place) => frequencySql(name, `f${place}`, 'g', given, frequencies));
  const added = [
    ...families.flatMap(({ derivations, alias, weighed: terms }) =>
      [
        ...derivations.flatMap(({ name }) => (read.has(name) ? [name] : [])),
        ...terms.map((name) => `tf_${name}`),
      ].map((name) => `${alias}.${quoteName(name)}`),
    ),
    ...weighed.map(({ selected }) => selected),
  ];
  const joined = [...families.map(familyJoinSql), ...weighed.map(({ join }) => join)];
  // Whole records are written twice: when they are numbered, and with all that is made of them; sorted once.
  return [
    ...(numbers === undefined ? [`CREATE OR REPLACE TABLE ${given} AS ${gathered}`] : []),
    ...families.map(
      (family) => `CREATE OR REPLACE TABLE ${family.table} AS ${familySql(family, given, frequencies)}`,
    ),
    `CREATE OR REPLACE TABLE ${table} AS SELECT ${['g.*', ...added].join(', ')} FROM ${given} g ${joined.join('\n')}`,
    ...[...(numbers === undefined ? [given] : []), ...families.map((family) => family.table)].map(
      (made) => `DROP TABLE ${made}`,
    ),
  ].join(';\n');
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

/** Records of a family that have the same values. */
const HELD = 'linkage_held';

/**
 * What is derived from a name is the same for all who bear it, and people share names: it is computed once for each different
 * value, with how many records have it, and so is how frequent it is.
 */
function familySql(family: MadeFamily, given: string, frequencies: readonly TermFrequencyTable[]): string {
  const { derivations, reads, weighed } = family;
  const columns = reads.map(quoteName);
  // What reads no column is one row for everybody.
  const values = [...columns, `count(*) AS ${HELD}`].join(', ');
  const groups = columns.length === 0 ? '' : `GROUP BY ${columns.join(', ')}`;
  const made = derivedSql(derivations, `SELECT ${values} FROM ${given} ${groups}`);
  if (weighed.length === 0) return made;
  const terms = weighed.map((name, place) =>
    frequencySql(name, `f${place}`, 'd', 'linkage_made', frequencies, `sum(${HELD})`),
  );
  return `WITH linkage_made AS MATERIALIZED (${made})
    SELECT ${['d.*', ...terms.map(({ selected }) => selected)].join(', ')} FROM linkage_made d
    ${terms.map(({ join }) => join).join('\n')}`;
}

function familyJoinSql({ reads, table, alias }: MadeFamily): string {
  const same = reads.map(quoteName).map((name) => `${alias}.${name} IS NOT DISTINCT FROM g.${name}`);
  return `JOIN ${table} ${alias} ON ${['true', ...same].join(' AND ')}`;
}

/** `tf_<column>` of the rows `of`: by what `tables` say, or by how many records, `held`, the rows `from` say to have the value. */
function frequencySql(
  name: string,
  alias: string,
  of: string,
  from: string,
  tables: readonly TermFrequencyTable[],
  held = 'count(*)',
): { readonly selected: string; readonly join: string } {
  const value = quoteName(name);
  const table = tables.find(({ column }) => column === name);
  const shares =
    table === undefined
      ? `(SELECT ${value} AS value, ${held} / sum(${held}) OVER () AS share FROM ${from}
      WHERE ${value} IS NOT NULL GROUP BY ${value})`
      : givenFrequenciesSql(table);
  const share =
    table?.unlisted === undefined
      ? `${alias}.share`
      : `CASE WHEN ${of}.${value} IS NOT NULL THEN coalesce(${alias}.share, ${table.unlisted}::DOUBLE) END`;
  return {
    selected: `${share} AS ${quoteName(`tf_${name}`)}`,
    join: `LEFT JOIN ${shares} ${alias} ON ${alias}.value = ${of}.${value}`,
  };
}

/** A table of term frequencies, as `value` and `share`. */
export function givenFrequenciesSql({ column, relation }: TermFrequencyTable): string {
  const [value, share] = [quoteName(column), quoteName(`tf_${column}`)];
  return `(SELECT ${value} AS value, ${share}::DOUBLE AS share FROM ${relation} WHERE ${value} IS NOT NULL)`;
}

interface DerivationFamily {
  derivations: readonly Derivation[];
  /** Columns of the input that they come from. */
  reads: readonly string[];
}

interface MadeFamily extends DerivationFamily {
  /** Table of `familySql`, and what it is called where it is joined. */
  readonly table: string;
  readonly alias: string;
  /** Of what is derived, the columns whose values are counted. */
  readonly weighed: readonly string[];
}

/** Derivations parted so that none reads another of a family that is not its own; each family in the order given. */
function familiesOf(derivations: readonly Derivation[]): readonly DerivationFamily[] {
  let families: DerivationFamily[] = [];
  for (const derivation of derivations) {
    const read = columnsOf(derivation.expression);
    const isRead = ({ derivations: own }: DerivationFamily) => own.some(({ name }) => read.includes(name));
    const joined = families.filter(isRead);
    const known = new Set(joined.flatMap(({ derivations: own }) => own.map(({ name }) => name)));
    const reads = [...new Set([...joined.flatMap((family) => family.reads), ...read])];
    const own = {
      derivations: [...joined.flatMap((family) => family.derivations), derivation],
      reads: reads.filter((name) => !known.has(name)),
    };
    families = [...families.filter((family) => !isRead(family)), own];
  }
  // Those that come from the same columns share one look at them.
  const together = new Map<string, DerivationFamily>();
  for (const { derivations: own, reads } of families) {
    const key = JSON.stringify([...reads].sort());
    const before = together.get(key)?.derivations ?? [];
    together.set(key, { derivations: [...before, ...own], reads });
  }
  return [...together.values()];
}

/**
 * The rows of a SELECT with derived columns added. A derivation that reads another one stands in a SELECT further out: in
 * the same one the engine would put the whole expression in the place of its name, and compute it again at every use.
 */
function derivedSql(derivations: readonly Derivation[], select: string): string {
  let sql = select;
  let layer: Derivation[] = [];
  const close = (): void => {
    if (layer.length === 0) return;
    const columns = layer.map(({ name, expression }) => `${expressionSql(expression)} AS ${quoteName(name)}`);
    sql = `SELECT *, ${columns.join(', ')} FROM (${sql})`;
    layer = [];
  };
  for (const derivation of derivations) {
    const read = new Set(columnsOf(derivation.expression));
    if (layer.some(({ name }) => read.has(name))) close();
    layer.push(derivation);
  }
  close();
  return sql;
}
