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
  /** As `CarryOver.open` takes it. */
  readonly mostGone?: number | undefined;
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
  const { previous, incremental = true } = request;
  const kept = incremental && previous ? await CarryOver.open(database, previous, request) : undefined;
  const giveBack = await spareThread(database);
  const lanes = openReadingLanes(database, await engineThreads(database));
  const staged = new StagedRows(lanes, request);
  const ahead = new CopiesAhead(lanes, request);
  try {
    const received = await receive(request, ahead, kept);
    return await readReceived(database, request, { ...received, ahead, staged, lanes, giveBack });
  } finally {
    // Nothing may run any more on the database of whoever is told of an error.
    await staged.settled();
    await lanes.close();
    await giveBack();
  }
}

/**
 * Files as they were received, with what of the earlier campaign is taken over of them. Those that it knows are hardly looked at: where they are too few,
 * all are looked at as if it knew none.
 */
async function receive(
  request: IntakeRequest,
  ahead: CopiesAhead,
  kept: CarryOver | undefined,
): Promise<Pick<Received, 'files' | 'known'>> {
  if (kept !== undefined) {
    const onFile = (path: string) => ahead.begin(path, (bytes) => kept.mayHold(bytes));
    const files = await receiveDeliveries({ ...request, onFile, known: kept });
    if (kept.holdsEnough(files)) return { files, known: kept };
  }
  const onFile = (path: string) => ahead.begin(path);
  return { files: await receiveDeliveries({ ...request, onFile }), known: undefined };
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
  const taken = carried.length > 0;
  if (taken) await known?.take(database, carried);
  const held = previous !== undefined && (await holdIds(database, previous, taken));
  const schoolings = files.some(({ kind }) => kind === 'sygne-schoolings');
  await runSteps(database, canonicalSteps({ schoolings, before: taken ? previous?.table : undefined, held }));
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
