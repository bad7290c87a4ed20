import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../../../platform/duckdb/at-once.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import {
  forgetDifferences,
  type IntakeSummary,
  readDeliveries,
  readingDifferences,
  writeDeliveryReports,
  writeRejects,
} from '../../sources/index.ts';
import { type CampaignContext, dataFolder, emptyFolder } from './campaign-context.ts';
import { READ_DATA, READ_KEPT_DATA } from './data-files.ts';
import { type Meanwhile, persistTables } from './persist.ts';
import { persistDifference } from './persist-difference.ts';
import { previousReading } from './previous-data.ts';
import { StageLabels } from './stage-journal.ts';

/** The first stage: from deliveries to what they tell, with a report on each and all rows that were refused. */
export async function read(context: CampaignContext): Promise<IntakeSummary> {
  const { database, options, output, progress } = context;
  const workFolder = emptyFolder(output.work, 'intake');
  const previous = await previousReading(database, options);
  if (previous !== undefined && 'because' in previous) {
    const nothing = options.incremental === false ? 'Aucun identifiant n’est repris' : 'Rien n’est repris';
    progress.note(`  ${nothing} de la campagne précédente : ${previous.because}`);
  }
  const summary = await readDeliveries(database, {
    deliveries: options.deliveries,
    asOf: options.asOf,
    workFolder,
    previous: previous !== undefined && 'kept' in previous ? previous.kept : undefined,
    incremental: options.incremental,
    onReceived: (done, total) =>
      progress.update({
        stage: 'receive',
        label: 'Contrôle des fichiers reçus',
        done,
        total,
        unit: 'fichiers',
      }),
    onProgress: ({ rows, bytes, totalBytes }) =>
      progress.update({
        stage: 'read',
        label: StageLabels.read,
        done: rows,
        // Rows to come are told from the bytes read so far.
        total: bytes > 0 ? Math.max(rows, Math.round((rows * totalBytes) / bytes)) : 0,
        unit: 'lignes',
      }),
  });
  if (previous !== undefined && 'kept' in previous && options.incremental !== false && summary.carried === 0)
    progress.note(
      '  Tous les fichiers sont lus de nouveau : plus d’une ligne sur cinq de la campagne précédente a changé, ou est à revoir à cette date',
    );
  const { rows } = summary;
  progress.update({ stage: 'read', label: StageLabels.read, done: rows, total: rows, unit: 'lignes' });
  const [rejects, reports] = [emptyFolder(output.final, 'rejects'), emptyFolder(output.final, 'reports')];
  const kept = options.incremental === false ? undefined : options.previous;
  // Pages are the work of this thread: they come while the engine writes the largest table. Rejects are work of the engine.
  const report = async (beside: Database) => {
    const before = kept && join(kept, 'reports');
    const written = (page: string, bytes: Buffer) => context.written.note(page, bytes);
    await writeDeliveryReports(beside, reports, { before, written });
    await writeRejects(beside, join(rejects, 'rejets.csv'));
  };
  await persistRead(
    database,
    dataFolder(context),
    options.previous && join(options.previous, 'data'),
    report,
  );
  // Its bytes are given back to the machine beside the next stage: a country's are gigabytes, for which this thread and the engine would wait.
  context.errands.begin(rm(workFolder, { recursive: true, force: true }));
  return summary;
}

/**
 * Keeps what was read; where the data of the campaign before, in `previous`, hold most of it, as what differs from those. `meanwhile`
 * reads tables of which files stand in the place by then, or not yet: both hold the same rows.
 */
export async function persistRead(
  database: Database,
  folder: string,
  previous: string | undefined,
  meanwhile?: Meanwhile,
): Promise<void> {
  const differences = previous === undefined ? {} : await readingDifferences(database);
  const kept = READ_DATA.flatMap((data) => {
    const difference = differences[data.file];
    return previous === undefined || difference === undefined ? [] : [{ data, ...difference, previous }];
  });
  const whole = [...READ_DATA.filter(({ file }) => differences[file] === undefined), ...READ_KEPT_DATA];
  if (kept.length === 0) await persistTables(database, folder, whole, meanwhile);
  else {
    const keep = async (on: Database): Promise<void> => {
      for (const { data, ...difference } of kept) await persistDifference(on, folder, data, difference);
    };
    await (meanwhile === undefined ? keep(database) : atOnce(database, keep, meanwhile));
    await persistTables(database, folder, whole);
  }
  await forgetDifferences(database);
}
