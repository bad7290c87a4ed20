import { columnsOf } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Derivation, Model } from '../model/model.ts';
import { textColumns } from '../records/text-columns.ts';
import type { LinkSession } from '../session.ts';
import type { SketchPart } from './sketch.ts';

interface SketchedRecords {
  /** Columns of the sketch. */
  readonly names: readonly string[];
  /** SELECT list, over the records `k` and what is joined to them. */
  readonly selected: readonly string[];
  readonly joins: readonly string[];
  /** Tables that the joins read, to be dropped. */
  readonly tables: readonly string[];
}

/**
 * How to add these parts to the records. Names, and all that is made of them, are shared by many: parts that come from the same texts are
 * told once for each different spelling of these, then joined once, where each would gather and join the values of all records by itself.
 */
export async function sketchedRecords(
  { runner, records, prefix }: LinkSession,
  model: Model,
  parts: readonly SketchPart[],
): Promise<SketchedRecords> {
  const texts = await textColumns(runner, records);
  const sources = sourcesOf(model.derivations);
  const bySources = new Map<string, { readonly columns: readonly string[]; readonly some: SketchPart[] }>();
  for (const part of parts) {
    const columns = [...new Set(part.reads.flatMap((name) => sources.get(name) ?? [name]))].sort();
    const key = JSON.stringify(columns);
    const group = bySources.get(key) ?? { columns, some: [] };
    bySources.set(key, group);
    group.some.push(part);
  }
  const made: Addition[] = [];
  const tables: string[] = [];
  for (const { columns, some } of bySources.values()) {
    const isShared =
      some.filter(({ join }) => join !== undefined).length > 1 && columns.every((name) => texts.has(name));
    if (!isShared) {
      made.push(ownAddition(records, some));
      continue;
    }
    const table = `${prefix}spelt_${tables.length}`;
    await runner.run(speltSql(records, columns, some, table));
    made.push(sharedAddition(table, columns, some, `v${tables.length}`));
    tables.push(table);
  }
  return {
    names: parts.flatMap(({ names }) => names),
    selected: made.flatMap(({ selected }) => selected),
    joins: made.flatMap(({ joins }) => joins),
    tables,
  };
}

/** Columns of the input that each derived one comes from. */
function sourcesOf(derivations: readonly Derivation[]): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, readonly string[]>();
  for (const { name, expression } of derivations)
    sources.set(
      name,
      columnsOf(expression).flatMap((read) => sources.get(read) ?? [read]),
    );
  return sources;
}

type Addition = Pick<SketchedRecords, 'selected' | 'joins'>;

const ownAddition = (records: string, parts: readonly SketchPart[]): Addition => ({
  selected: parts.flatMap(({ selected }) => selected),
  joins: parts.flatMap(({ join }) => join?.(records) ?? []),
});

/** A collation holds several spellings equal, of which letters are not. */
const spelling = (column: string): string => `encode(${column})`;

/** Makes a table of the first record of those that spell these columns alike, with what the parts read. */
function speltSql(
  records: string,
  columns: readonly string[],
  parts: readonly SketchPart[],
  into: string,
): string {
  const read = [...new Set([...columns, ...parts.flatMap(({ reads }) => reads)])].map(
    (name) => `r.${quoteName(name)}`,
  );
  const spelt = columns.map((name) => spelling(quoteName(name)));
  return `CREATE OR REPLACE TABLE ${into} AS SELECT ${['r.rid', ...read].join(', ')} FROM ${records} r
    SEMI JOIN (SELECT min(rid) AS rid FROM ${records} GROUP BY ${spelt.join(', ')}) f ON f.rid = r.rid`;
}

function sharedAddition(
  table: string,
  columns: readonly string[],
  parts: readonly SketchPart[],
  alias: string,
): Addition {
  const { selected, joins } = ownAddition(table, parts);
  const keys = columns.map((name, place) => `${spelling(`k.${quoteName(name)}`)} AS linkage_spelt_${place}`);
  const same = columns.map(
    (name, place) =>
      `${alias}.linkage_spelt_${place} IS NOT DISTINCT FROM ${spelling(`k.${quoteName(name)}`)}`,
  );
  return {
    selected: parts.flatMap(({ names }) => names.map((name) => `${alias}.${name}`)),
    joins: [
      `LEFT JOIN (SELECT ${[...keys, ...selected].join(', ')} FROM ${table} k ${joins.join('\n')}) ${alias} ON ${same.join(' AND ')}`,
    ],
  };
}
