import type { DecisionRelation } from '../clustering/decisions/decision-relation.ts';
import { expressionSql } from '../expression/compile.ts';
import { quoteName, quoteText } from '../expression/sql-text.ts';
import { readCount, type SqlRunner } from '../runner.ts';
import { InputError } from '../session.ts';
import { frozenFrequenciesSql } from './freeze-frequencies.ts';
import { IndexError, type IndexManifest, orderSql, recordKey, sourceNumberSql } from './index-format.ts';
import type { LinkIndex } from './open-index.ts';
import { keyedSides, keysSql } from './rule-keys.ts';

/** Rows that changed: relations, that is what follows FROM. */
export interface Delta {
  /** New rows, and rows that replace those of the same source and id: the columns of the inputs, and the source's name where there are several. */
  readonly upserts?: string;
  /** Rows to take out, by id (and source where there are several). */
  readonly deletes?: string;
  /** What people decided of two records; see `DecisionRelation`. */
  readonly decisions?: DecisionRelation;
}

export interface DeltaRows {
  readonly inserted: number;
  readonly changed: number;
  /** Given, and equal to what was there: nothing is done for them. */
  readonly unchanged: number;
  readonly deleted: number;
  /** To be deleted, and not there. */
  readonly unknown: number;
}

const MAX_RID = 2 ** 31 - 1;

/**
 * Fills two scratch tables: `rows`, new and changed records ready to be added (with new numbers from `firstRid` on, and
 * `old_rid`), and `gone` (rid, record key, deleted), those that leave. Throws InputError for rows that cannot be told apart.
 */
export async function stageDelta(index: LinkIndex, delta: Delta, firstRid: number): Promise<DeltaRows> {
  const { engine, tables, manifest } = index;
  const [given, matched, rows, gone, deletes] = ['given', 'matched', 'rows', 'gone', 'deletes'].map((name) =>
    tables.scratch(name),
  ) as [string, string, string, string, string];
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${given} AS ${givenSql(manifest, delta.upserts, tables.records)};
    CREATE OR REPLACE TEMP TABLE ${deletes} AS ${deletesSql(manifest, delta.deletes, tables.records)}`);
  await checkRows(engine, manifest, given, deletes);
  const id = quoteName(manifest.model.idColumn);
  const same = manifest.inputColumns.map(
    ({ name }) => `g.${quoteName(name)} IS NOT DISTINCT FROM r.${quoteName(name)}`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${matched} AS
      SELECT g.*, r.rid AS old_rid, (r.rid IS NOT NULL AND ${same.join(' AND ')}) AS unchanged
      FROM ${given} g LEFT JOIN ${tables.records} r ON r.source_no = g.source_no AND r.${id} = g.${id};
    CREATE OR REPLACE TEMP TABLE ${gone} AS
      SELECT m.old_rid AS rid, ${recordKey(manifest, 'm')} AS record, false AS deleted FROM ${matched} m
      WHERE m.old_rid IS NOT NULL AND NOT m.unchanged
      UNION ALL SELECT r.rid, ${recordKey(manifest, 'r')}, true FROM ${deletes} d JOIN ${tables.records} r ON r.source_no = d.source_no AND r.${id} = d.${id};
    CREATE OR REPLACE TEMP TABLE ${rows} AS ${readySql(index, matched, firstRid)};
    DROP TABLE ${given}`);
  const [counts] = await engine.all(`SELECT
    (SELECT count(*) FROM ${matched} WHERE old_rid IS NULL) AS inserted,
    (SELECT count(*) FROM ${matched} WHERE unchanged) AS unchanged,
    (SELECT count(*) FROM ${gone} WHERE NOT deleted) AS changed,
    (SELECT count(*) FROM ${gone} WHERE deleted) AS deleted,
    (SELECT count(*) FROM ${deletes}) - (SELECT count(*) FROM ${gone} WHERE deleted) AS unknown`);
  await engine.run(`DROP TABLE ${matched}; DROP TABLE ${deletes}`);
  const count = (name: string) => Number(counts?.[name] ?? 0);
  if (firstRid + count('inserted') + count('changed') > MAX_RID) {
    throw new IndexError('full', 'the index has given out all its record numbers: create it again');
  }
  return {
    inserted: count('inserted'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    deleted: count('deleted'),
    unknown: count('unknown'),
  };
}

/** Takes the old records out and puts the new ones in, with their keys. */
export async function replaceRecords({ engine, tables, manifest, rules }: LinkIndex): Promise<void> {
  const [rows, gone] = [tables.scratch('rows'), tables.scratch('gone')];
  const names = manifest.columns.map(({ name }) => quoteName(name)).join(', ');
  await engine.run(`DELETE FROM ${tables.records} WHERE rid IN (SELECT rid FROM ${gone});
    INSERT INTO ${tables.records} (${names}) SELECT ${names} FROM ${rows} ORDER BY rid`);
  for (const keys of rules) {
    for (const side of keyedSides(keys)) {
      const table = tables.keys(keys.rule, side);
      await engine.run(`DELETE FROM ${table} WHERE rid IN (SELECT rid FROM ${gone});
        INSERT INTO ${table} ${keysSql(keys, side, rows)} ORDER BY key, rid`);
    }
  }
}

function sourceSql(manifest: IndexManifest): string {
  const { sources, model } = manifest;
  const source = quoteName(model.sourceColumn);
  if (sources.length > 1)
    return `${sourceNumberSql(manifest, source)} AS source_no, ${source}::VARCHAR AS ${source}`;
  return `0::INTEGER AS source_no, ${quoteText(sources[0] ?? '')} AS ${source}`;
}

function idSql({ model, columns }: IndexManifest): string {
  const type = columns.find(({ name }) => name === model.idColumn)?.type ?? 'VARCHAR';
  return `CAST(${quoteName(model.idColumn)} AS ${type}) AS ${quoteName(model.idColumn)}`;
}

/** The rows given, with the index's types. */
function givenSql(manifest: IndexManifest, relation: string | undefined, records: string): string {
  const { model, inputColumns } = manifest;
  const names = inputColumns.map(({ name }) => quoteName(name));
  if (relation === undefined) {
    const own = [model.sourceColumn, model.idColumn].map(quoteName);
    return `SELECT ${['source_no', ...own, ...names].join(', ')} FROM ${records} LIMIT 0`;
  }
  const columns = inputColumns.map(
    ({ name, type }) => `CAST(${quoteName(name)} AS ${type}) AS ${quoteName(name)}`,
  );
  return `SELECT ${[sourceSql(manifest), idSql(manifest), ...columns].join(', ')} FROM ${relation}`;
}

function deletesSql(manifest: IndexManifest, relation: string | undefined, records: string): string {
  if (relation === undefined) {
    return `SELECT source_no, ${quoteName(manifest.model.idColumn)} FROM ${records} LIMIT 0`;
  }
  return `SELECT DISTINCT ${sourceSql(manifest)}, ${idSql(manifest)} FROM ${relation}`;
}

async function checkRows(
  runner: SqlRunner,
  { model, sources }: IndexManifest,
  given: string,
  deletes: string,
): Promise<void> {
  const id = quoteName(model.idColumn);
  const check = async (sql: string, message: (rows: number) => string): Promise<void> => {
    const rows = await readCount(runner, `SELECT count(*) AS n FROM ${sql}`);
    if (rows > 0) throw new InputError(message(rows));
  };
  const both = `(SELECT source_no, ${id} FROM ${given} UNION ALL SELECT source_no, ${id} FROM ${deletes})`;
  await check(
    `${both} WHERE source_no IS NULL`,
    (rows) => `${rows} rows are of a source that the index does not know: it knows ${sources.join(', ')}`,
  );
  await check(`${both} WHERE ${id} IS NULL`, (rows) => `${model.idColumn} is missing in ${rows} rows`);
  await check(
    `(SELECT source_no, ${id} FROM ${given} GROUP BY ALL HAVING count(*) > 1)`,
    (rows) => `${model.idColumn} is not unique: ${rows} ids are given several times`,
  );
  await check(
    `${given} g SEMI JOIN ${deletes} d ON d.source_no = g.source_no AND d.${id} = g.${id}`,
    (rows) => `${rows} rows are both to be put in and to be deleted`,
  );
}

/** New and changed rows, numbered, with derived columns and frozen frequencies. */
function readySql({ manifest, tables }: LinkIndex, matched: string, firstRid: number): string {
  const derived = manifest.model.derivations.map(
    ({ name, expression }) => `${expressionSql(expression)} AS ${quoteName(name)}`,
  );
  const { from, select } = frozenFrequenciesSql(tables, manifest.frequencyColumns, 'd');
  return `SELECT ${['d.*', ...select].join(', ')} FROM (
      SELECT ${['m.*', ...derived].join(', ')},
        (row_number() OVER (ORDER BY ${orderSql(manifest, 'm')}) + ${firstRid - 1})::INTEGER AS rid
      FROM ${matched} m WHERE NOT unchanged) d ${from} ORDER BY d.rid`;
}
