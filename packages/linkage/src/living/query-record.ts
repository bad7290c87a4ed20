import type { Row, Value } from '../expression/expression.ts';
import { isList } from '../expression/functions.ts';
import { InputError } from '../session.ts';
import type { IndexColumn, IndexManifest } from './index-format.ts';

/** A record to look up, as its columns: as many as are known. */
export type QueryRecord = Readonly<Record<string, Value | undefined>>;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The record with the columns that the index reads, checked against their types, and the names of those it does not. */
export function readQueryRecord(
  { model, sources, columns, inputColumns }: IndexManifest,
  record: QueryRecord,
): { readonly row: Row; readonly sourceNo: number | undefined; readonly unread: readonly string[] } {
  const id = columns.filter(({ name }) => name === model.idColumn);
  const wanted = [...inputColumns, ...id];
  const row: Record<string, Value> = {};
  for (const { name, type } of wanted) row[name] = checkedValue({ name, type }, record[name]);
  const known = new Set([...wanted.map(({ name }) => name), model.sourceColumn]);
  const unread = Object.keys(record).filter((name) => !known.has(name));
  if (inputColumns.every(({ name }) => row[name] === null)) {
    throw new InputError(
      `the record has no value in any column of the index: ${inputColumns.map(({ name }) => name).join(', ')}`,
    );
  }
  const sourceNo = sourceNumber(sources, record[model.sourceColumn]);
  row[model.sourceColumn] = sourceNo === undefined ? null : (sources[sourceNo] ?? null);
  return { row, sourceNo, unread };
}

function sourceNumber(sources: readonly string[], source: Value | undefined): number | undefined {
  if (sources.length === 1) return 0;
  if (source === undefined || source === null) return undefined;
  const place = sources.indexOf(String(source));
  if (place === -1)
    throw new InputError(`the index has no such source: its sources are ${sources.join(', ')}`);
  return place;
}

/** The value when it is of the column's type. Throws InputError that quotes no value. */
function checkedValue({ name, type }: IndexColumn, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  const refuse = (expected: string): never => {
    throw new InputError(`${name} must be ${expected} (its type in the index is ${type})`);
  };
  if (type === 'VARCHAR') return typeof value === 'string' ? value : refuse('a text');
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? value : refuse('true or false');
  if (type === 'DATE') {
    return typeof value === 'string' && DATE.test(value) ? value : refuse('a text yyyy-mm-dd');
  }
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(type)) {
    return Number.isInteger(value) ? value : refuse('a whole number');
  }
  if (type === 'DOUBLE') return typeof value === 'number' ? value : refuse('a number');
  if (type.endsWith('[]')) return isList(value) ? value : refuse('a list');
  return value;
}
