import { mkdirSync } from 'node:fs';
import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { canonicalSteps } from './canonical-views.ts';
import { CarryOver } from './carry-over.ts';
import { forgetDifferences } from './carry-steps.ts';
import { countFiles, type IntakeSummary } from './count-files.ts';
import { openDeaths } from './deaths/death-rows.ts';
import { DEATH_COLUMNS } from './deaths/judge-death.ts';
import { holdIds } from './held-ids.ts';
import { idsBeforeStep } from './held-ids-steps.ts';
import { stagedColumns } from './interchange-columns.ts';
import { CopiesAhead } from './plain-csv-ahead.ts';
import type { PreviousReading } from './previous-reading.ts';
import { readFiles, type Writers } from './read-files.ts';
import { type IntakeProgress, ReadingProgress } from './reading-progress.ts';
import { type ReceivedFile, receiveDeliveries } from './receive.ts';
import { hasReferential, loadReferential } from './referential.ts';
import { StagingWriter } from './staging/staging-writer.ts';
import { createMacrosSql } from './validate/macros.ts';
import { openValidatedRows } from './validated-rows.ts';
import { writeEarlyIssues, writeFiles } from './write-files.ts';

export interface IntakeRequest {
  /** Folder of deliveries; or `files`. */
  readonly deliveries?: string;
  readonly files?: readonly string[];
  readonly asOf: CivilDate;
  /** Folder for rows on their way; may be removed once the tables of `sources` have been copied elsewhere. */
  readonly workFolder: string;
  /** A campaign whose reading may stand for that of the same files, and whose records keep their ids (`holdIds`). */
  readonly previous?: PreviousReading | undefined;
  /** False: every file is read, also with a campaign before. True by default; the tables are the same. */
  readonly incremental?: boolean | undefined;
  /** Told, before anything is read for good, how many files have been looked at, of how many. */
  readonly onReceived?: (done: number, total: number) => void;
  readonly onProgress?: (progress: IntakeProgress) => void;
}

/**
 * Reads every delivered file into the tables of `sources`. A broken file rejects itself, never the others.
 * Throws when a file's rows are not the sum of its records, rejects and removed: that would be a defect of ours.
 */
export async function readDeliveries(database: Database, request: IntakeRequest): Promise<IntakeSummary> {
  await prepare(database);
  mkdirSync(request.workFolder, { recursive: true });
  const { previous, asOf, incremental = true } = request;
  const known = incremental && previous ? await CarryOver.open(database, previous, asOf) : undefined;
  const ahead = new CopiesAhead(database, { ...request, spares: (bytes) => known?.mayHold(bytes) === true });
  try {
    const files = await receiveDeliveries({
      ...request,
      onFile: (path) => ahead.begin(path),
      known,
    });
    return await readReceived(database, request, { files, ahead, known });
  } finally {
    await ahead.settled();
  }
}

interface Received {
  readonly files: readonly ReceivedFile[];
  readonly ahead: CopiesAhead;
  readonly known: CarryOver | undefined;
}

async function readReceived(
  database: Database,
  request: IntakeRequest,
  { files: received, ahead, known }: Received,
): Promise<IntakeSummary> {
  const carried = received.filter((file) => known?.holds(file) === true);
  const files = received.filter((file) => known?.holds(file) !== true);
  const writers = openWriters(request.workFolder);
  const told = new ReadingProgress(files, request.onProgress);
  const intake = { request, ahead, writers, told };
  const readings = await readFiles(intake, files);
  for (const writer of Object.values(writers)) await writer.close();
  await writeFiles(database, readings);
  await writeEarlyIssues(database, readings);
  const plain = readings.flatMap((reading) => reading.plain ?? []);
  await openValidatedRows(database, { asOf: request.asOf, folder: request.workFolder, writers, plain });
  await openDeaths(database, writers.deces);
  const { previous } = request;
  if (previous !== undefined) await runSteps(database, [idsBeforeStep(previous.table)]);
  const few = carried.length > 0 && (await known?.take(database, carried)) === true;
  const held = previous !== undefined && (await holdIds(database, previous, few));
  const schoolings = files.some(({ kind }) => kind === 'sygne-schoolings');
  await runSteps(
    database,
    canonicalSteps({
      schoolings,
      carried: carried.length > 0,
      before: few ? previous?.table : undefined,
      held,
    }),
  );
  return { ...(await countFiles(database, readings, request.asOf)), carried: carried.length };
}

function openWriters(folder: string): Writers {
  const writerOf = (kind: RowKind) => new StagingWriter(folder, kind, stagedColumns(kind));
  return {
    inscriptions: writerOf('inscriptions'),
    diplomes: writerOf('diplomes'),
    contrats: writerOf('contrats'),
    accompagnements: writerOf('accompagnements'),
    deces: new StagingWriter(folder, 'deces', DEATH_COLUMNS),
  };
}

async function prepare(database: Database): Promise<void> {
  if (!(await hasReferential(database))) await loadReferential(database);
  await database.run(createMacrosSql());
  await forgetDifferences(database);
}
