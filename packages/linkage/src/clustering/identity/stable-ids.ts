import { plainTableName, quoteText } from '../../expression/sql-text.ts';
import { readCount, runLinkageSteps, type SqlRunner } from '../../runner.ts';
import {
  freshSteps,
  type GrantSteps,
  keepIdSteps,
  membershipSteps,
  restoreIdSteps,
  retiredSteps,
  type StableIdTables,
} from './stable-id-steps.ts';

/**
 * How new clusters are named, in the order of their first records (stable ids): by a text and a number that counts on
 * from `start` (the next run starts at `start` + `created`), or by a function of the place (from 0) and the first record.
 */
export type NewIds =
  | { readonly text: string; readonly start: number }
  | ((place: number, firstRecord: string) => string);

export interface StableIdOptions {
  /** What follows FROM: `record_id`, `cluster_id` VARCHAR: who was where. Absent in the first run. */
  readonly previous?: string;
  /** What follows FROM: `record_id`, `cluster_id`, `alias_of` VARCHAR, as an earlier run wrote it. */
  readonly retired?: string;
  /** What follows FROM: `record_id` VARCHAR, `cluster` of any type: who is together now, each record once. */
  readonly current: string;
  readonly newIds: NewIds;
  readonly output: {
    /** Table to make: `record_id`, `cluster_id`, in the order of records. */
    readonly membership: string;
    /** Table to make: `event` (from 1), `kind`, `from_id`, `to_id`, `record_id`; see `JournalEvent`. */
    readonly journal: string;
    /**
     * Table to make: ids that no cluster has: one row for each record that had it last, and in `alias_of` the cluster that
     * most of them are in now (the last known one, or NULL, when they are all gone). Give it to the next run.
     */
    readonly retired: string;
  };
  /** Beginning of the names of tables that are dropped at the end; `stable_ids_` by default. */
  readonly prefix?: string;
}

export interface StableIdSummary {
  readonly clusters: number;
  readonly kept: number;
  /** Clusters that got back an id that a merge, or the absence of their records, had retired. */
  readonly restored: number;
  readonly created: number;
  /** Records in the journal. */
  readonly changes: number;
}

/** Ids would not be unique, or a record is in two clusters. The message quotes no value. */
export class StableIdError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StableIdError';
  }
}

/**
 * Names the clusters of a run so that names last. Ids go to the clusters that share most records with those who had them:
 * the largest shares first, each id to one cluster and each cluster one id (ties: smallest id as text, then smallest first
 * record). A cluster left without an id gets back a retired one by the same rule, so that a split undoes a merge;
 * otherwise it gets a new one. Inputs are copied first: an output may replace one of them. Throws a StableIdError, before any output is written, when
 * a record comes twice or `newIds` gives an id that is or was somebody's.
 */
export async function keepClusterIds(runner: SqlRunner, options: StableIdOptions): Promise<StableIdSummary> {
  const tables = stableIdTables(options);
  await copyInputs(runner, tables, options);
  await grantIds(runner, keepIdSteps(tables));
  await grantIds(runner, restoreIdSteps(tables));
  await runLinkageSteps(runner, freshSteps(tables));
  await nameFresh(runner, tables, options.newIds);
  await runLinkageSteps(runner, [...membershipSteps(tables), ...retiredSteps(tables)]);
  const count = (table: string): Promise<number> => readCount(runner, `SELECT count(*) AS n FROM ${table}`);
  const summary = {
    clusters: await count(tables.firsts),
    kept: await count(tables.kept),
    restored: await count(tables.restored),
    created: await count(tables.fresh),
    changes: await count(tables.journal),
  };
  const outputs = new Set<string>(Object.values(options.output));
  for (const table of Object.values({ ...tables })) {
    if (!outputs.has(table)) await runner.run(`DROP TABLE ${table}`);
  }
  return summary;
}

async function grantIds(runner: SqlRunner, { prepare, repeat, granted }: GrantSteps): Promise<void> {
  await runLinkageSteps(runner, prepare);
  for (let before = -1, now = 0; now > before; ) {
    before = now;
    await runLinkageSteps(runner, [repeat]);
    now = await readCount(runner, `SELECT count(*) AS n FROM ${granted}`);
  }
}

function stableIdTables({ prefix = 'stable_ids_', output }: StableIdOptions): StableIdTables {
  const own = (name: string): string => plainTableName(`${prefix}${name}`);
  return {
    previous: own('previous'),
    current: own('current'),
    retired: own('retired'),
    firsts: own('firsts'),
    shares: own('shares'),
    kept: own('kept'),
    restored: own('restored'),
    fresh: own('fresh'),
    names: own('names'),
    membership: plainTableName(output.membership),
    journal: plainTableName(output.journal),
    nextRetired: plainTableName(output.retired),
  };
}

async function copyInputs(
  runner: SqlRunner,
  { previous, current, retired }: StableIdTables,
  options: StableIdOptions,
): Promise<void> {
  const nobody =
    '(SELECT NULL::VARCHAR AS record_id, NULL::VARCHAR AS cluster_id, NULL::VARCHAR AS alias_of LIMIT 0)';
  await runner.run(`CREATE OR REPLACE TABLE ${previous} AS
      SELECT record_id::VARCHAR AS record_id, cluster_id::VARCHAR AS cluster_id FROM ${options.previous ?? nobody};
    CREATE OR REPLACE TABLE ${retired} AS SELECT record_id, cluster_id, alias_of FROM ${options.retired ?? nobody};
    CREATE OR REPLACE TABLE ${current} AS
      SELECT record_id::VARCHAR AS record_id, cluster FROM ${options.current}`);
  for (const [table, name] of [
    [previous, 'previous membership'],
    [current, 'current partition'],
  ] as const) {
    const twice = await readCount(runner, `SELECT count(*) - count(DISTINCT record_id) AS n FROM ${table}`);
    if (twice > 0) throw new StableIdError(`${twice} rows of the ${name} repeat a record or have none`);
  }
}

const BATCH = 5_000;

async function nameFresh(runner: SqlRunner, tables: StableIdTables, newIds: NewIds): Promise<void> {
  const { fresh, names, previous, retired } = tables;
  if (typeof newIds === 'function') await nameByFunction(runner, tables, newIds);
  else {
    if (!Number.isSafeInteger(newIds.start))
      throw new RangeError('the start of new ids must be a whole number');
    await runner.run(`CREATE OR REPLACE TABLE ${names} AS
      SELECT place, ${quoteText(newIds.text)} || (${newIds.start}::BIGINT + place) AS id FROM ${fresh}`);
  }
  const taken = await readCount(
    runner,
    `SELECT count(*) - count(DISTINCT id) FILTER (id NOT IN (
       SELECT cluster_id FROM ${previous} UNION ALL SELECT cluster_id FROM ${retired})) AS n FROM ${names}`,
  );
  if (taken > 0) throw new StableIdError(`newIds gave ${taken} ids that other clusters have or had`);
}

async function nameByFunction(
  runner: SqlRunner,
  { fresh, names }: StableIdTables,
  newId: (place: number, firstRecord: string) => string,
): Promise<void> {
  await runner.run(`CREATE OR REPLACE TABLE ${names} (place INTEGER, id VARCHAR)`);
  const total = await readCount(runner, `SELECT count(*) AS n FROM ${fresh}`);
  for (let start = 0; start < total; start += BATCH) {
    const rows = await runner.all(
      `SELECT place, first_record FROM ${fresh} WHERE place >= ${start} AND place < ${start + BATCH} ORDER BY place`,
    );
    const values = rows.map(({ place, first_record }) => {
      const id = newId(Number(place), String(first_record));
      return `(${Number(place)}, ${quoteText(id)})`;
    });
    await runner.run(`INSERT INTO ${names} VALUES ${values.join(', ')}`);
  }
}
