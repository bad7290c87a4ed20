import { mkdirSync } from 'node:fs';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import type { Lanes } from '../../platform/duckdb/lanes.ts';
import { engineThreads, type GiveBack, spareThread } from '../../platform/duckdb/spare-thread.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { canonicalSteps } from './canonical-views.ts';
import { CarryOver } from './carry-over.ts';
import { forgetDifferences } from './carry-steps.ts';
import { countFiles, type IntakeSummary } from './count-files.ts';
import { openDeaths } from './deaths/death-rows.ts';
import { DEATH_COLUMNS } from './deaths/judge-death.ts';
import { holdIds } from './held-ids.ts';
import { idsBeforeStep } from './held-ids-steps.ts';
import { CopiesAhead } from './plain-csv-ahead.ts';
import type { PreviousReading } from './previous-reading.ts';
import { readFiles } from './read-files.ts';
import { openReadingLanes } from './reading-lanes.ts';
import { type IntakeProgress, ReadingProgress } from './reading-progress.ts';
import { type ReceivedFile, receiveDeliveries } from './receive.ts';
import { hasReferential, loadReferential } from './referential.ts';
import { forgetRepeats } from './repeated-rows.ts';
import { StagedRows } from './staged-rows.ts';
import { type StagedPart, StagingWriter } from './staging/staging-writer.ts';
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
  /** As `StagedRows` takes it. */
  readonly partBytes?: number | undefined;
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
  const giveBack = await spareThread(database);
  const lanes = openReadingLanes(database, await engineThreads(database));
  const staged = new StagedRows(lanes, request);
  const ahead = new CopiesAhead(lanes, { ...request, spares: (bytes) => known?.mayHold(bytes) === true });
  try {
    const files = await receiveDeliveries({
      ...request,
      onFile: (path) => ahead.begin(path),
      known,
    });
    return await readReceived(database, request, { files, ahead, staged, lanes, known, giveBack });
  } finally {
    // Nothing may run any more on the database of whoever is told of an error.
    await staged.settled();
    await lanes.close();
    await giveBack();
  }
}

interface Received {
  readonly files: readonly ReceivedFile[];
  readonly ahead: CopiesAhead;
  readonly staged: StagedRows;
  readonly lanes: Lanes;
  readonly known: CarryOver | undefined;
  /** A thread for the engine, once this one has read what is its own. */
  readonly giveBack: GiveBack;
}

async function readReceived(
  database: Database,
  request: IntakeRequest,
  { files: received, ahead, staged, lanes, known, giveBack }: Received,
): Promise<IntakeSummary> {
  const carried = received.filter((file) => known?.holds(file) === true);
  const files = received.filter((file) => known?.holds(file) !== true);
  const deathParts: StagedPart[] = [];
  const deaths = new StagingWriter(request.workFolder, 'deces', DEATH_COLUMNS, (part) =>
    deathParts.push(part),
  );
  const told = new ReadingProgress(files, request.onProgress);
  const { previous } = request;
  // It asks nothing of the files, and this thread reads most of what is left to read: the engine has time.
  const idsBefore = previous && lanes.run((lane) => runSteps(lane, [idsBeforeStep(previous.table)]));
  // Told where it is awaited: what fails there must not end the program while files are read.
  idsBefore?.catch(() => undefined);
  const readings = await readFiles({ request, ahead, staged, deaths, told, giveBack }, files);
  await staged.close();
  await deaths.close();
  await writeFiles(database, readings);
  await writeEarlyIssues(database, readings);
  const plain = readings.flatMap((reading) => reading.plain ?? []);
  await openValidatedRows(database, { asOf: request.asOf, staged, plain });
  await openDeaths(database, deathParts);
  await idsBefore;
  const few = carried.length > 0 && (await known?.take(database, carried)) === true;
  const taken = { carried: carried.length > 0, apart: few };
  const held = previous !== undefined && (await holdIds(database, previous, taken));
  const schoolings = files.some(({ kind }) => kind === 'sygne-schoolings');
  await runSteps(
    database,
    canonicalSteps({
      schoolings,
      carried: taken.carried,
      before: few ? previous?.table : undefined,
      held,
    }),
  );
  return {
    ...(await countFiles(database, { readings, staged, asOf: request.asOf })),
    carried: carried.length,
  };
}

async function prepare(database: Database): Promise<void> {
  if (!(await hasReferential(database))) await loadReferential(database);
  await database.run(createMacrosSql());
  await database.run('DELETE FROM sources.held_ids');
  await forgetDifferences(database);
  await forgetRepeats(database);
}
