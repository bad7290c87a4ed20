import type { CivilDate } from '../../kernel/civil-date.ts';
import {
  type Belonging,
  belongingsOf,
  type ModuleRetention,
  type RetentionClass,
  type Terms,
} from '../../kernel/retention.ts';
import { readTables } from '../../platform/postgres/archive.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';

/** What a purge did, or would do. */
export interface PurgeReport {
  readonly today: CivilDate;
  readonly dryRun: boolean;
  /** Cases removed, rows removed or erased, by class; a case that several classes end counts for the first. */
  readonly classes: Readonly<Record<string, number>>;
  /** Rows removed or erased, by table. */
  readonly tables: Readonly<Record<string, number>>;
  /** Cases whose time is over and that a request of the person keeps. */
  readonly held: number;
  readonly proof: PurgeProof;
}

/** Numbers of removed cases that were looked for, in every column of every table, once all was removed. */
export interface PurgeProof {
  readonly searched: number;
  readonly tables: number;
  /** Tables that still hold one: a defect, of which the command tells. */
  readonly leftIn: readonly string[];
}

/** Two purges never run side by side. */
const PURGE_LOCK = 7_271_638;
const SEARCHED_MAX = 20;

/** The day before which rows of a class are over, from the parameters of `cutoffOf`. */
const CUTOFF = '($2::DATE - make_interval(years => $3, months => $4, days => $5))::DATE';

/**
 * Removes what outlived its term, in one transaction, under the keeper's role; leaves counts of nobody, and a line of counts
 * in the trail. With `dryRun` everything is done and taken back: the figures are those of a purge.
 */
export async function purge(
  database: Database,
  retention: readonly ModuleRetention[],
  { today, terms, dryRun = false }: { today: CivilDate; terms: Terms; dryRun?: boolean },
): Promise<PurgeReport> {
  let report: PurgeReport | undefined;
  const undo = new Error('undo');
  await database
    .transaction({ role: 'raccroche_keeper' }, async (transaction) => {
      report = await purgeWithin(transaction, retention, { today, terms, dryRun });
      if (dryRun) throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (!report) throw new Error('a purge tells what it did');
  return report;
}

async function purgeWithin(
  transaction: Transaction,
  retention: readonly ModuleRetention[],
  { today, terms, dryRun }: { today: CivilDate; terms: Terms; dryRun: boolean },
): Promise<PurgeReport> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [PURGE_LOCK]);
  await transaction.script('TRUNCATE privacy.due_cases');
  const work: Work = { transaction, retention, today, terms, tables: {} };
  const classes: Record<string, number> = {};
  const all = retention.flatMap((one) => one.classes);
  for (const one of all)
    if (one.ending.does === 'remove_cases') classes[one.code] = await markCases(work, one);
  const held = await releaseHeld(transaction, classes);
  await markMerged(work, classes);
  await countCases(work);
  const searched = await readSearched(transaction);
  await removeCases(work);
  for (const one of all)
    if (one.ending.does === 'remove_rows' || one.ending.does === 'erase')
      classes[one.code] = await endRows(work, one);
  await transaction.script('TRUNCATE privacy.due_cases');
  const proof = await proveRemoval(work, searched);
  await transaction.query('SELECT privacy.record_purge($1)', [JSON.stringify({ today, classes, held })]);
  return { today, dryRun, classes, tables: work.tables, held, proof };
}

interface Work {
  readonly transaction: Transaction;
  readonly retention: readonly ModuleRetention[];
  readonly today: CivilDate;
  readonly terms: Terms;
  readonly tables: Record<string, number>;
}

function cutoffOf({ today, terms }: Work, { code }: RetentionClass): readonly unknown[] {
  const term = terms.get(code);
  const of = (unit: string) => (term?.unit === unit ? term.count : 0);
  return [today, of('years'), of('months'), of('days')];
}

const casesOf = (retention: readonly ModuleRetention[]) => {
  const found = retention.find((one) => one.cases)?.cases;
  if (!found) throw new Error('no module declares the cases');
  return found;
};

const schemasOf = (retention: readonly ModuleRetention[]): readonly string[] => [
  ...new Set(retention.flatMap((one) => Object.keys(one.tables)).map((table) => table.split('.')[0] ?? '')),
];

/** Conditions name their instant `$1`; here it is computed from the parameters that follow. */
const conditionOf = (where: string) => where.replaceAll('$1', CUTOFF);

async function markCases(work: Work, one: RetentionClass): Promise<number> {
  if (one.ending.does !== 'remove_cases') return 0;
  const { table, mergedInto } = casesOf(work.retention);
  const alone = mergedInto === undefined ? '' : ` AND ${mergedInto} IS NULL`;
  const { rowCount } = await work.transaction.query(
    `INSERT INTO privacy.due_cases (case_id, siei, class)
     SELECT case_id, siei, $1 FROM ${table} WHERE (${conditionOf(one.ending.where)})${alone}
     ON CONFLICT (case_id) DO NOTHING`,
    [one.code, ...cutoffOf(work, one)],
  );
  return rowCount;
}

/** What turned out to be the person of a case that ends is that person too: it ends with it. */
async function markMerged({ transaction, retention }: Work, classes: Record<string, number>): Promise<void> {
  const { table, mergedInto } = casesOf(retention);
  if (mergedInto === undefined) return;
  for (let found = 1; found > 0; ) {
    const { rows } = await transaction.query<{ class: string }>(
      `INSERT INTO privacy.due_cases (case_id, siei, class)
       SELECT c.case_id, c.siei, d.class FROM ${table} c JOIN privacy.due_cases d ON d.case_id = c.${mergedInto}
       ON CONFLICT (case_id) DO NOTHING RETURNING class`,
    );
    for (const one of rows) classes[one.class] = (classes[one.class] ?? 0) + 1;
    found = rows.length;
  }
}

/** Cases that a request keeps are not removed, and counted under no class. Gives how many they are. */
async function releaseHeld(transaction: Transaction, classes: Record<string, number>): Promise<number> {
  const { rows } = await transaction.query<{ class: string }>(
    'DELETE FROM privacy.due_cases WHERE privacy.is_held(case_id) RETURNING class',
  );
  for (const one of rows) classes[one.class] = (classes[one.class] ?? 0) - 1;
  return rows.length;
}

async function countCases({ transaction, retention }: Work): Promise<void> {
  const { table, department, openedIn, outcome } = casesOf(retention);
  await transaction.query(
    `INSERT INTO privacy.anonymous_counts (department, opened_in, outcome, cases)
     SELECT ${department}, ${openedIn}, ${outcome}, count(*) FROM ${table}
     WHERE case_id IN (SELECT case_id FROM privacy.due_cases) GROUP BY 1, 2, 3
     ON CONFLICT (department, opened_in, outcome) DO UPDATE SET cases = anonymous_counts.cases + excluded.cases`,
  );
}

async function readSearched(transaction: Transaction): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ siei: string }>(
    'SELECT siei FROM privacy.due_cases ORDER BY siei LIMIT $1',
    [SEARCHED_MAX],
  );
  return rows.map(({ siei }) => siei);
}

/** Everything that belongs to the cases of `privacy.due_cases`: what refers to others goes first. */
async function removeCases({ transaction, retention, tables }: Work): Promise<void> {
  const declared = new Map(retention.flatMap((one) => Object.entries(one.tables)));
  for (const { table } of (await readTables(transaction, schemasOf(retention))).reverse()) {
    const declaration = declared.get(table);
    const belongings = declaration ? belongingsOf(declaration) : [];
    if (belongings.length === 0) continue;
    const { rowCount } = await transaction.query(
      `DELETE FROM ${table} t WHERE ${belongings.map(belongsToDue).join(' OR ')}`,
    );
    tables[table] = rowCount;
  }
}

const belongsToDue = ({ column, key, within }: Belonging) =>
  within
    ? `EXISTS (SELECT FROM privacy.due_cases d WHERE position(d.${key}::TEXT IN t.${column}::TEXT) > 0)`
    : `t.${column} IN (SELECT d.${key} FROM privacy.due_cases d)`;

async function endRows(work: Work, one: RetentionClass): Promise<number> {
  const { ending } = one;
  if (ending.does !== 'remove_rows' && ending.does !== 'erase') return 0;
  const act =
    ending.does === 'remove_rows'
      ? `DELETE FROM ${ending.table}`
      : `UPDATE ${ending.table} SET ${Object.entries(ending.set)
          .map(([column, value]) => `${column} = ${value}`)
          .join(', ')}`;
  // The first parameter has no use here; the cut-off reads those after it.
  const { rowCount } = await work.transaction.query(
    `${act} WHERE $1::TEXT IS NOT NULL AND ${conditionOf(ending.where)}`,
    [one.code, ...cutoffOf(work, one)],
  );
  work.tables[ending.table] = (work.tables[ending.table] ?? 0) + rowCount;
  return rowCount;
}

async function proveRemoval(
  { transaction, retention }: Work,
  searched: readonly string[],
): Promise<PurgeProof> {
  const tables = (await readTables(transaction, schemasOf(retention))).map(({ table }) => table);
  const leftIn: string[] = [];
  if (searched.length > 0)
    for (const table of tables) {
      const { rows } = await transaction.query<{ left: boolean }>(
        `SELECT EXISTS (SELECT FROM ${table} AS searched WHERE searched::TEXT LIKE ANY ($1)) AS left`,
        [searched.map((number) => `%${number}%`)],
      );
      if (rows[0]?.left) leftIn.push(table);
    }
  return { searched: searched.length, tables: tables.length, leftIn };
}
