import { quoteName } from '../expression/sql-text.ts';
import type { Derivation } from '../model/model.ts';
import { derivedSql } from './derivation-families.ts';
import { frequencySql, type TermFrequencyTable } from './frequencies.ts';

/** Columns that every record has beside its source's name and its id. */
export const OWN_COLUMNS: readonly string[] = ['rid', 'source_no'];

/** Columns of a table of texts, beside those of records: its number, dense from 1; the least `rid` that bears these texts; how many do. */
export const SPELT = { no: 'linkage_no', least: 'linkage_least', held: 'linkage_held' } as const;

/** Texts that something is derived of, as a table of each different spelling, with what is. Values of other types count as texts here. */
export interface SpeltTexts {
  readonly table: string;
  /** Column of the base that bears their number. */
  readonly number: string;
  /** Columns of the input that they are. */
  readonly reads: readonly string[];
  /** Those of them that records have from here: another table gives the others. */
  readonly given: readonly string[];
  /** Columns derived that records have. */
  readonly made: readonly string[];
  /** Of what is derived, the columns whose values are counted. */
  readonly weighed: readonly string[];
}

/** Columns that records have from this table. */
export const speltColumns = ({ given, made, weighed }: SpeltTexts): readonly string[] => [
  ...given,
  ...made,
  ...weighed.map((name) => `tf_${name}`),
];

/** Of these tables, the place of the one that gives records a column; below 0 where the base does. */
export const placeOfColumn = (spelt: readonly SpeltTexts[], name: string): number =>
  spelt.findIndex((one) => speltColumns(one).includes(name));

/** Of these tables, the first that has all that is read; none where nothing is. */
export function speltHolding(spelt: readonly SpeltTexts[], reads: readonly string[]): SpeltTexts | undefined {
  if (reads.length === 0) return undefined;
  return spelt.find((one) => {
    const held = [...one.reads, ...speltColumns(one)];
    return reads.every((name) => held.includes(name));
  });
}

/** By how it is spelled: a collation may hold two texts equal of which what is derived is not. */
const spelling = (column: string, texts: ReadonlySet<string>, of: string): string =>
  texts.has(column) ? `encode(${of}.${quoteName(column)})` : `${of}.${quoteName(column)}`;

/** SELECT of such a table, of the rows `given`, which have `rid`; `texts`: columns that hold texts. */
export function speltSql(
  { reads, weighed }: SpeltTexts,
  derivations: readonly Derivation[],
  { given, texts, frequencies }: SpeltRequest,
): string {
  const columns = reads.map((name) => `r.${quoteName(name)}`);
  const groups = reads.map((name) => spelling(name, texts, 'g'));
  const first = `SELECT min(g.rid) AS ${SPELT.least}, count(*) AS ${SPELT.held} FROM ${given} g
      ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}`;
  // What reads no column is one row for everybody, also where there is nobody.
  const rows =
    columns.length === 0
      ? `SELECT 1::INTEGER AS ${SPELT.no}, * FROM (${first})`
      : `SELECT (row_number() OVER (ORDER BY ${SPELT.least}))::INTEGER AS ${SPELT.no}, ${SPELT.least}, ${SPELT.held}, ${columns.join(', ')}
    FROM (${first}) f JOIN ${given} r ON r.rid = ${SPELT.least}`;
  const made = derivedSql(derivations, rows);
  if (weighed.length === 0) return made;
  const terms = weighed.map((name, place) =>
    frequencySql(name, `f${place}`, 'd', 'linkage_made', frequencies, `sum(${SPELT.held})`),
  );
  return `WITH linkage_made AS MATERIALIZED (${made})
    SELECT ${['d.*', ...terms.map(({ selected }) => selected)].join(', ')} FROM linkage_made d
    ${terms.map(({ join }) => join).join('\n')}`;
}

export interface SpeltRequest {
  readonly given: string;
  readonly texts: ReadonlySet<string>;
  readonly frequencies: readonly TermFrequencyTable[];
}

/** Joins the number of the texts of each row `g`, as `alias`. */
export function numberJoinSql(
  { reads, table }: SpeltTexts,
  alias: string,
  texts: ReadonlySet<string>,
): string {
  const same = reads.map(
    (name) => `${spelling(name, texts, alias)} IS NOT DISTINCT FROM ${spelling(name, texts, 'g')}`,
  );
  return `JOIN ${table} ${alias} ON ${['true', ...same].join(' AND ')}`;
}

/** Joins the texts of the rows `alias` of the base, as `<alias>_<place>`. */
export function speltJoinsSql(spelt: readonly SpeltTexts[], alias: string): readonly string[] {
  return spelt.map(
    ({ table, number }, place) =>
      `JOIN ${table} ${alias}_${place} ON ${alias}_${place}.${SPELT.no} = ${alias}.${number}`,
  );
}
