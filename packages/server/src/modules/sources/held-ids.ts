import { atOnce } from '../../platform/duckdb/at-once.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { dropStep, runSteps } from '../../platform/duckdb/step.ts';
import { canonicalSteps } from './canonical-views.ts';
import {
  CAME_ROWS,
  doubtfulIdsStep,
  exchangedFilesStep,
  filesVariableSql,
  heldStillStep,
  idsOfRecordsStep,
  lentIdsStep,
  ownIdsStep,
  type RecordTable,
  saidStep,
  sameRecordsStep,
} from './held-ids-steps.ts';
import type { PreviousReading } from './previous-reading.ts';

/** Where deliveries that are gone held more of an earlier campaign's records, hardly anybody is as they were: ids are not looked for. */
const LARGEST_SHARE_LEFT = 1 / 5;

/**
 * `sources.held_ids` (file_no, ordinal, record_id): a record that says in everything what one of `previous` said, whose delivery did not come again,
 * keeps the id of that one. A file that comes again with a row less is another delivery, and its other rows are the records
 * they were. Says whether any is held. Needs `sources.files`, `sources.ids_before` and the validated rows; which files were taken over changes nothing.
 * What is left there are the records that bear another id than their own, no more and no less: a campaign keeps them. `carried`: some files were taken
 * over: they stand in `sources.carried`, and rows of what is gone in `sources.gone_<table>`.
 */
export async function holdIds(
  database: Database,
  previous: PreviousReading,
  carried: boolean,
): Promise<boolean> {
  await runSteps(database, [heldStillStep]);
  if (await isFew(database, previous)) await holdSame(database, previous, carried);
  await runSteps(database, [lentIdsStep]);
  await leaveOtherIds(database, carried);
  return isAny(database, 'sources.held_ids');
}

/** Takes from `sources.held_ids` what no record bears as another id than its own: no table of records changes by it. */
async function leaveOtherIds(database: Database, carried: boolean): Promise<void> {
  await runSteps(database, [ownIdsStep, doubtfulIdsStep(carried)]);
  if (await isAny(database, 'sources.doubtful_ids')) await runSteps(database, [idsOfRecordsStep]);
  await runSteps(database, [dropStep('sources.drop_doubtful_ids', ['sources.doubtful_ids'])]);
}

async function isFew(database: Database, { table }: PreviousReading): Promise<boolean> {
  const [row] = await database.all<{ few: boolean }>(
    `SELECT coalesce(sum(record_count) FILTER (file_no NOT IN (SELECT file_no FROM sources.files WHERE NOT rejected)), 0)
       <= ${LARGEST_SHARE_LEFT} * coalesce(sum(record_count), 0) AS few FROM ${table('files')} before`,
  );
  return row?.few === true;
}

async function holdSame(database: Database, { table }: PreviousReading, carried: boolean): Promise<void> {
  await runSteps(database, [exchangedFilesStep(table)]);
  if (await isAny(database, 'sources.came_files')) {
    // Under their own ids: without what was taken over, and without schoolings, which keep none.
    const own = canonicalSteps({ schoolings: false, held: false, only: CAME_ROWS });
    const views = own.flatMap(({ sql, writes }) => (sql.includes('CREATE OR REPLACE VIEW') ? writes : []));
    await runSteps(database, own);
    // Both begin with work for one thread.
    await atOnce(
      database,
      (on) => runSteps(on, [saidStep('came', (name) => `sources.${name}`)]),
      async (beside) => {
        // Variables are of a connection.
        await beside.run(filesVariableSql('left'));
        const then = (name: RecordTable) =>
          carried && name !== 'records' ? `sources.gone_${name}` : table(name);
        await runSteps(beside, [saidStep('left', then)]);
      },
    );
    await runSteps(database, [
      dropStep('sources.drop_own_records', views, 'VIEW'),
      sameRecordsStep,
      dropStep('sources.drop_same_records', ['sources.came_records', 'sources.left_records']),
    ]);
  }
  await runSteps(database, [
    dropStep('sources.drop_exchanged_files', ['sources.came_files', 'sources.left_files']),
  ]);
  await database.run('RESET VARIABLE sources_came_files');
}

async function isAny(database: Database, table: string): Promise<boolean> {
  return (await database.all(`SELECT 1 AS found FROM ${table} LIMIT 1`)).length > 0;
}
