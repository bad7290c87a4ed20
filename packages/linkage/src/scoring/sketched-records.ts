import { columnsOf } from '../expression/expression.ts';
import { quoteName } from '../expression/sql-text.ts';
import type { Derivation, Model } from '../model/model.ts';
import { withColumns } from '../records/both-records.ts';
import { SPELT, type SpeltTexts, speltHolding } from '../records/spelt-texts.ts';
import { textColumns } from '../records/text-columns.ts';
import type { LinkSession } from '../session.ts';
import type { SketchPart } from './sketch.ts';

/** How to add columns of a sketch to the records. */
export interface SketchedRecords {
  /** Columns of the records that it reads, beside the numbers of their texts. */
  readonly reads: readonly string[];
  /** Columns of the sketch. */
  readonly names: readonly string[];
  /** SELECT list, over the records `k` and what is joined to them. */
  readonly selected: readonly string[];
  readonly joins: readonly string[];
  /** Tables that were made, to be dropped. */
  readonly tables: readonly string[];
}

/** Parts that come from the same columns of the input. */
export interface SketchGroup {
  readonly columns: readonly string[];
  readonly parts: readonly SketchPart[];
  /** Told once for each different spelling of these texts. */
  readonly isShared: boolean;
  /** The table that holds these spellings already. */
  readonly spelt?: SpeltTexts;
}

/** The parts, those together that come from the same columns. */
export async function sketchGroups(
  { runner, records, tables }: LinkSession,
  model: Model,
  parts: readonly SketchPart[],
): Promise<readonly SketchGroup[]> {
  const spelts = tables?.spelt ?? [];
  const told = parts.map((part) => ({ part, spelt: speltHolding(spelts, part.reads) }));
  const partsOf = (wanted: SpeltTexts | undefined) =>
    told.flatMap(({ part, spelt }) => (spelt === wanted ? [part] : []));
  const groups = spelts.map((spelt) => ({
    columns: spelt.reads,
    parts: partsOf(spelt),
    isShared: true,
    spelt,
  }));
  return [
    ...groups.filter((group) => group.parts.length > 0),
    ...(await groupsBySources({ runner, records }, model, partsOf(undefined))),
  ];
}

async function groupsBySources(
  { runner, records }: Pick<LinkSession, 'runner' | 'records'>,
  model: Model,
  parts: readonly SketchPart[],
): Promise<readonly SketchGroup[]> {
  const texts = await textColumns(runner, records);
  const sources = sourcesOf(model.derivations);
  const bySources = new Map<string, { readonly columns: readonly string[]; readonly parts: SketchPart[] }>();
  for (const part of parts) {
    const columns = [...new Set(part.reads.flatMap((name) => sources.get(name) ?? [name]))].sort();
    const key = JSON.stringify(columns);
    const group = bySources.get(key) ?? { columns, parts: [] };
    bySources.set(key, group);
    group.parts.push(part);
  }
  return [...bySources.values()].map((group) => ({
    ...group,
    isShared:
      group.parts.filter(({ join }) => join !== undefined).length > 1 &&
      group.columns.every((name) => texts.has(name)),
  }));
}

/**
 * How to add these groups to the records. Names, and all that is made of them, are shared by many: parts that come from the same texts are
 * told once for each different spelling of these, then joined once, where each would gather and join the values of all records by itself.
 * Of the group `late` only the number of the spelling is added (`LATE_NUMBER`), and the table `lateTable` holds the columns of each number.
 */
export async function sketchedRecords(
  { runner, records, tables: parted, prefix }: LinkSession,
  groups: readonly SketchGroup[],
  late?: SketchGroup,
): Promise<SketchedRecords & { readonly lateTable?: string }> {
  const made: Addition[] = [];
  const tables: string[] = [];
  let lateTable: string | undefined;
  for (const group of groups) {
    if (!group.isShared) {
      const reads = group.parts.flatMap((part) => part.reads);
      made.push(ownAddition(withColumns({ records, tables: parted }, reads), group.parts));
      continue;
    }
    if (group.spelt !== undefined) {
      const own = ownAddition(textsSql(group.spelt), group.parts);
      if (group === late) {
        lateTable = `${prefix}spelt_late`;
        await runner.run(lateTableSql(lateTable, textsSql(group.spelt), own));
      }
      made.push(numberedAddition(group.spelt, `n${made.length}`, group === late ? undefined : own));
      continue;
    }
    const [table, alias] = [`${prefix}spelt_${tables.length}`, `v${tables.length}`];
    tables.push(table);
    await runner.run(speltSql(records, group, table));
    const own = ownAddition(table, group.parts);
    if (group === late) {
      lateTable = `${prefix}spelt_late`;
      await runner.run(lateTableSql(lateTable, table, own));
    }
    made.push(sharedAddition(table, group.columns, alias, group === late ? LATE : own));
  }
  return {
    reads: groups.flatMap(({ spelt, parts }) =>
      spelt === undefined ? parts.flatMap(({ reads }) => reads) : [],
    ),
    names: made.flatMap(({ names }) => names),
    selected: made.flatMap(({ selected }) => selected),
    joins: made.flatMap(({ joins }) => joins),
    tables: lateTable === undefined ? tables : [...tables, lateTable],
    ...(lateTable === undefined ? {} : { lateTable }),
  };
}

/** The spelling of a record, of those that `lateTable` tells of. */
export const LATE_NUMBER = 'linkage_late';
const LATE: Addition = { names: [LATE_NUMBER], selected: [`k.rid AS ${LATE_NUMBER}`], joins: [] };

const lateTableSql = (
  into: string,
  table: string,
  own: Addition,
): string => `CREATE OR REPLACE TABLE ${into} AS
        SELECT ${[...LATE.selected, ...own.selected].join(', ')} FROM ${table} k ${own.joins.join('\n')}`;

/** What follows FROM: spellings as records, each the first that is spelled so. */
const textsSql = ({ table }: SpeltTexts): string => `(SELECT ${SPELT.least} AS rid, * FROM ${table})`;

/** Joins `own`, over spellings `k`, to the records by the number of theirs; without it only a spelling's first record, as `LATE_NUMBER`. */
function numberedAddition(spelt: SpeltTexts, alias: string, own: Addition | undefined): Addition {
  const { names, selected, joins } = own ?? LATE;
  return {
    names,
    selected: names.map((name) => `${alias}.${name}`),
    joins: [
      `JOIN (SELECT ${[`k.${SPELT.no} AS linkage_spelling`, ...selected].join(', ')} FROM ${textsSql(spelt)} k ${joins.join('\n')}) ${alias} ON ${alias}.linkage_spelling = k.${spelt.number}`,
    ],
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

type Addition = Pick<SketchedRecords, 'names' | 'selected' | 'joins'>;

export const namesOf = (parts: readonly SketchPart[]): readonly string[] =>
  parts.flatMap(({ names }) => names);

const ownAddition = (records: string, parts: readonly SketchPart[]): Addition => ({
  names: namesOf(parts),
  selected: parts.flatMap(({ selected }) => selected),
  joins: parts.flatMap(({ join }) => join?.(records) ?? []),
});

/** A collation holds several spellings equal, of which letters are not. */
const spelling = (column: string): string => `encode(${column})`;

/** Makes a table of the first record of those that spell these columns alike, with what the parts read. */
function speltSql(records: string, { columns, parts }: SketchGroup, into: string): string {
  const read = [...new Set([...columns, ...parts.flatMap(({ reads }) => reads)])].map(
    (name) => `r.${quoteName(name)}`,
  );
  const spelt = columns.map((name) => spelling(quoteName(name)));
  return `CREATE OR REPLACE TABLE ${into} AS SELECT ${['r.rid', ...read].join(', ')} FROM ${records} r
    SEMI JOIN (SELECT min(rid) AS rid FROM ${records} GROUP BY ${spelt.join(', ')}) f ON f.rid = r.rid`;
}

/** Joins `own`, over rows `k` of the table of `speltSql`, to the records that are spelled so. */
function sharedAddition(
  table: string,
  columns: readonly string[],
  alias: string,
  { names, selected, joins }: Addition,
): Addition {
  const keys = columns.map((name, place) => `${spelling(`k.${quoteName(name)}`)} AS linkage_spelt_${place}`);
  const same = columns.map(
    (name, place) =>
      `${alias}.linkage_spelt_${place} IS NOT DISTINCT FROM ${spelling(`k.${quoteName(name)}`)}`,
  );
  return {
    names,
    selected: names.map((name) => `${alias}.${name}`),
    joins: [
      `LEFT JOIN (SELECT ${[...keys, ...selected].join(', ')} FROM ${table} k ${joins.join('\n')}) ${alias} ON ${same.join(' AND ')}`,
    ],
  };
}
