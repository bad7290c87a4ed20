import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps } from '../../platform/duckdb/step.ts';
import { canonicalSteps } from './canonical-views.ts';
import { countFiles, type IntakeSummary } from './count-files.ts';
import { openDeaths } from './deaths/death-rows.ts';
import { DEATH_COLUMNS } from './deaths/judge-death.ts';
import { rowKindOf, stagedColumns } from './interchange-columns.ts';
import { readInterchange } from './interchange-reader.ts';
import { readPlainCsv } from './plain-csv.ts';
import { CopiesAhead } from './plain-csv-ahead.ts';
import { FileRejection } from './reader.ts';
import { findReader } from './readers/index.ts';
import { type ReceivedFile, receiveDeliveries, rejectionOf } from './receive.ts';
import { hasReferential, loadReferential } from './referential.ts';
import { FileSink } from './staging/file-sink.ts';
import { StagingWriter } from './staging/staging-writer.ts';
import { createMacrosSql } from './validate/macros.ts';
import { openValidatedRows, type PlainRows } from './validated-rows.ts';
import { type FileReading, writeEarlyIssues, writeFiles } from './write-files.ts';

export interface IntakeRequest {
  /** Folder of deliveries; or `files`. */
  readonly deliveries?: string;
  readonly files?: readonly string[];
  readonly asOf: CivilDate;
  /** Folder for rows on their way; may be removed once the tables of `sources` have been copied elsewhere. */
  readonly workFolder: string;
  readonly onProgress?: (progress: IntakeProgress) => void;
}

export interface IntakeProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
}

/**
 * Reads every delivered file into the tables of `sources`. A broken file rejects itself, never the others.
 * Throws when a file's rows are not the sum of its records, rejects and removed: that would be a defect of ours.
 */
export async function readDeliveries(database: Database, request: IntakeRequest): Promise<IntakeSummary> {
  await prepare(database);
  mkdirSync(request.workFolder, { recursive: true });
  const ahead = new CopiesAhead(database, request);
  try {
    const files = await receiveDeliveries({ ...request, onFile: (path) => ahead.begin(path) });
    return await readReceived(database, request, files, ahead);
  } finally {
    await ahead.settled();
  }
}

async function readReceived(
  database: Database,
  request: IntakeRequest,
  files: readonly ReceivedFile[],
  ahead: CopiesAhead,
): Promise<IntakeSummary> {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const writers = openWriters(request.workFolder);
  const readings: FileReading[] = [];
  const plain: PlainRows[] = [];
  let bytes = 0;
  let rows = 0;
  for (const file of files) {
    await setImmediate();
    const sink = newSink(file, request, writers, () => {
      rows += 1;
      if (rows % PROGRESS_EVERY_ROWS === 0) request.onProgress?.({ bytes, totalBytes, rows });
    });
    const reading = await readOne(database, request, file, { sink, ahead });
    if (reading.plain) plain.push(reading.plain);
    readings.push(reading);
    bytes += file.bytes;
    request.onProgress?.({ bytes, totalBytes, rows });
  }
  for (const writer of Object.values(writers)) await writer.close();
  await writeFiles(database, readings);
  await writeEarlyIssues(database, readings);
  await openValidatedRows(database, { asOf: request.asOf, folder: request.workFolder, writers, plain });
  await openDeaths(database, writers.deces);
  const withSchoolings = files.some(({ kind }) => kind === 'sygne-schoolings');
  await runSteps(database, canonicalSteps(withSchoolings));
  return countFiles(database, readings, request.asOf);
}

type Writers = Readonly<Record<RowKind | 'deces', StagingWriter>>;

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

const PROGRESS_EVERY_ROWS = 20_000;

async function prepare(database: Database): Promise<void> {
  if (!(await hasReferential(database))) await loadReferential(database);
  await database.run(createMacrosSql());
}

function newSink(file: ReceivedFile, request: IntakeRequest, writers: Writers, onRow: () => void): FileSink {
  return new FileSink({
    fileKey: file.fileKey,
    asOf: request.asOf,
    sidecar: file.sidecar,
    strict: file.kind !== undefined && rowKindOf(file.kind) !== undefined,
    writers,
    onRow,
  });
}

async function readOne(
  database: Database,
  request: IntakeRequest,
  file: ReceivedFile,
  { sink, ahead }: { readonly sink: FileSink; readonly ahead: CopiesAhead },
): Promise<FileReading> {
  if (file.kind === undefined || file.content === undefined || file.rejection !== undefined) {
    return {
      file,
      sink,
      rejection: file.rejection ?? { code: 'fichier_non_reconnu', field: null },
      plain: undefined,
    };
  }
  const { content, kind, sidecar } = file;
  const input = { bytes: () => content.bytes(), sidecar };
  try {
    const rowKind = rowKindOf(kind);
    if (rowKind === undefined) {
      const reader = findReader(kind);
      if (!reader) throw new FileRejection('fichier_non_reconnu');
      await reader.read(input, sink);
      return { file, sink, rejection: undefined, plain: undefined };
    }
    const parquet = join(request.workFolder, `plain-${file.deliveryId}.parquet`);
    const rows = await readPlainCsv(database, {
      file,
      kind: rowKind,
      asOf: request.asOf,
      parquet,
      ahead,
      sink,
    });
    if (rows !== undefined) {
      return {
        file,
        sink,
        rejection: undefined,
        plain: { fileKey: file.fileKey, kind: rowKind, parquet: rows },
      };
    }
    await readInterchange(rowKind, input, sink);
    return { file, sink, rejection: undefined, plain: undefined };
  } catch (error) {
    return { file, sink, rejection: rejectionOf(error), plain: undefined };
  }
}
