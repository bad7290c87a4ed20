import { recordKeySql } from '../clustering/decisions/decision-relation.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import type { Model } from '../model/model.ts';
import type { PartitionerSettings } from './partition.ts';

/** Version of what an index holds and how. Goes up with every change that an older reader would get wrong. */
export const INDEX_FORMAT = 2;

export interface IndexColumn {
  readonly name: string;
  /** SQL type, as DESCRIBE spells it. */
  readonly type: string;
}

/** What an index is made of; written once, at its creation. */
export interface IndexManifest {
  readonly model: Model;
  /** Least match weight (log2) of the edges kept. */
  readonly threshold: number;
  /** Name of the partitioner that made the clusters. */
  readonly partitioner: string;
  /** How it was made, where it is one of this package's. */
  readonly partitionerSettings?: PartitionerSettings;
  /** Names of the inputs, sorted; `source_no` is the place in this list. One empty name: a single unnamed input. */
  readonly sources: readonly string[];
  /** Columns wanted of a record, without id and source. */
  readonly inputColumns: readonly IndexColumn[];
  /** Columns of the table of records: rid, source_no, source, id, inputs, derived, `tf_…`. */
  readonly columns: readonly IndexColumn[];
  /** Columns whose frequencies are frozen, in the order of their tables. */
  readonly frequencyColumns: readonly string[];
}

/** Tables of an index. `keys` has one for each rule and side (`right` is `left` when both sides are keyed alike). */
export interface IndexTables {
  readonly records: string;
  readonly edges: string;
  readonly clusters: string;
  /** `delta`, then the columns of a journal of `keepClusterIds`: `readJournal` reads it. */
  readonly journal: string;
  /** Ids that clusters had and none has now, as `keepClusterIds` keeps them. */
  readonly retired: string;
  /** `record_l`, `record_r` (record keys, the smaller left), `verdict`. */
  readonly decisions: string;
  readonly deltas: string;
  readonly manifest: string;
  keys(rule: number, side: 'left' | 'right'): string;
  frequencies(place: number): string;
  /** A temporary table; never in a schema of its own. */
  scratch(name: string): string;
}

export function indexTables(prefix: string): IndexTables {
  return {
    records: `${prefix}records`,
    edges: `${prefix}edges`,
    clusters: `${prefix}clusters`,
    journal: `${prefix}journal`,
    retired: `${prefix}retired`,
    decisions: `${prefix}decisions`,
    deltas: `${prefix}deltas`,
    manifest: `${prefix}manifest`,
    keys: (rule, side) => `${prefix}keys_${rule}_${side}`,
    frequencies: (place) => `${prefix}frequencies_${place}`,
    scratch: (name) => `${prefix.replace('.', '_')}scratch_${name}`,
  };
}

/** What an index cannot do or be. `code` says what, the message what to do about it. */
export class IndexError extends Error {
  readonly code: 'not_an_index' | 'older_format' | 'newer_format' | 'other_partitioner' | 'full';
  constructor(code: IndexError['code'], message: string) {
    super(message);
    this.name = 'IndexError';
    this.code = code;
  }
}

/** Several inputs that are also compared among themselves are ordered by a text, as model files want it. */
function orderedByText({ sources, model }: IndexManifest): boolean {
  return sources.length > 1 && model.linkType !== 'link_only';
}

/** Text by which records of several inputs are ordered: of columns of `alias`. */
function orderText({ model }: IndexManifest, alias: string): string {
  return `${alias}.${quoteName(model.sourceColumn)} || '-__-' || ${alias}.${quoteName(model.idColumn)}`;
}

/** A record's name that lasts; of columns of `alias`. */
export function recordKey({ sources, model }: IndexManifest, alias: string): string {
  return recordKeySql(model, sources.length > 1, alias);
}

/** ORDER BY of records in the order that decides who is left in a pair; it never changes with deltas. */
export function orderSql(manifest: IndexManifest, alias: string): string {
  if (orderedByText(manifest)) return orderText(manifest, alias);
  return `${alias}.source_no, ${alias}.${quoteName(manifest.model.idColumn)}`;
}

/** Condition: `l` comes before `r` in that order. */
export function beforeSql(manifest: IndexManifest, l = 'l', r = 'r'): string {
  const { model, sources } = manifest;
  if (orderedByText(manifest)) return `${orderText(manifest, l)} < ${orderText(manifest, r)}`;
  if (model.linkType === 'link_only') return `${l}.source_no < ${r}.source_no`;
  const id = quoteName(model.idColumn);
  const byId = `${l}.${id} < ${r}.${id}`;
  if (sources.length === 1) return byId;
  return `(${l}.source_no < ${r}.source_no OR (${l}.source_no = ${r}.source_no AND ${byId}))`;
}

/** `source_no` from the source's name in a column; NULL for a source that the index does not know. */
export function sourceNumberSql({ sources }: IndexManifest, name: string): string {
  const whens = sources.map((source, index) => `WHEN ${quoteText(source)} THEN ${index}`);
  return `(CASE ${name} ${whens.join(' ')} END)::INTEGER`;
}

/** SQL type of a column of the records. */
export function typeOfColumn(manifest: IndexManifest, column: string): string | undefined {
  return manifest.columns.find(({ name }) => name === column)?.type;
}
