import { setImmediate } from 'node:timers/promises';
import type { FileKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { rowKindOf } from './interchange-columns.ts';
import { readInterchange } from './interchange-reader.ts';
import { type PlainCsv, planPlainCsv, readPlainCsvs, tellHeader } from './plain-csv.ts';
import type { CopiesAhead } from './plain-csv-ahead.ts';
import { FileRejection, type ReaderInput } from './reader.ts';
import { findReader } from './readers/index.ts';
import type { ReadingProgress } from './reading-progress.ts';
import { type ReceivedFile, rejectionOf } from './receive.ts';
import type { StagedRows } from './staged-rows.ts';
import { FileSink } from './staging/file-sink.ts';
import type { StagingWriter } from './staging/staging-writer.ts';
import type { FileReading } from './write-files.ts';

/** What the reading of files needs. */
export interface Intake {
  readonly request: { readonly asOf: CivilDate; readonly workFolder: string };
  readonly ahead: CopiesAhead;
  readonly staged: StagedRows;
  readonly deaths: StagingWriter;
  readonly told: ReadingProgress;
  /** Called once this thread has read all that is not left to DuckDB. */
  readonly giveBack: () => Promise<void>;
}

/**
 * Two hands at work: DuckDB reads the plain CSVs, this thread reads everything else meanwhile, then the CSVs that turned
 * out not to be plain. Readings come in the order of `files`.
 */
export async function readFiles(intake: Intake, files: readonly ReceivedFile[]): Promise<FileReading[]> {
  const { request, ahead, told } = intake;
  const planned: Planned[] = [];
  for (const file of files) planned.push(await plannedOrRejected(file));
  const plans = planned.flatMap(({ plan }) => plan ?? []);
  const copying = readPlainCsvs(plans, {
    ...request,
    ahead,
    onRead: ({ file, rows }) => told.read(file, rows),
  });
  // Told where it is awaited: what fails there must not end the program while files are still read here.
  void copying.catch(() => undefined);
  const readings = new Map<number, FileReading>();
  const readHere = async (file: ReceivedFile): Promise<void> => {
    await setImmediate();
    readings.set(file.fileKey, await readOne(file, newSink(file, intake)));
    intake.staged.endFile();
    told.read(file, 0);
  };
  try {
    for (const [index, file] of files.entries()) {
      const { plan, rejection } = planned[index] ?? {};
      if (rejection) {
        readings.set(file.fileKey, { file, sink: newSink(file, intake), rejection, plain: undefined });
      }
      if (rejection === undefined && plan === undefined) await readHere(file);
    }
    await intake.giveBack();
  } finally {
    // Nothing may run any more on the database of whoever is told of an error.
    await Promise.allSettled([copying]);
  }
  const copied = await copying;
  for (const plan of plans) {
    const { file, shape } = plan;
    const rows = copied.get(file.fileKey);
    if (rows === undefined) await readHere(file);
    else {
      const sink = newSink(file, intake);
      tellHeader(plan, sink);
      const plain = { ...rows, fileKey: file.fileKey, kind: shape.kind };
      readings.set(file.fileKey, { file, sink, rejection: undefined, plain });
    }
  }
  return files.flatMap((file) => readings.get(file.fileKey) ?? []);
}

interface Planned {
  readonly plan?: PlainCsv | undefined;
  readonly rejection?: FileReading['rejection'];
}

/** What the file promises to DuckDB, or why its header already rejects it; neither for what this thread reads. */
async function plannedOrRejected(file: ReceivedFile): Promise<Planned> {
  const kind = file.kind === undefined ? undefined : rowKindOf(file.kind);
  if (kind === undefined || file.rejection !== undefined) return {};
  try {
    return { plan: await planPlainCsv(file, kind) };
  } catch (error) {
    return { rejection: rejectionOf(error) };
  }
}

function newSink(file: ReceivedFile, { request, staged, deaths, told }: Intake): FileSink {
  return new FileSink({
    fileKey: file.fileKey,
    asOf: request.asOf,
    sidecar: file.sidecar,
    strict: file.kind !== undefined && rowKindOf(file.kind) !== undefined,
    writers: { ...staged.writers, deces: deaths },
    onRow: () => told.row(),
  });
}

/** Reads a file row by row, whatever its format. */
async function readOne(file: ReceivedFile, sink: FileSink): Promise<FileReading> {
  const { content, kind, sidecar } = file;
  if (kind === undefined || content === undefined || file.rejection !== undefined) {
    const rejection = file.rejection ?? ({ code: 'fichier_non_reconnu', field: null } as const);
    return { file, sink, rejection, plain: undefined };
  }
  const input = { bytes: () => content.bytes(), sidecar };
  try {
    const rowKind = rowKindOf(kind);
    if (rowKind !== undefined) await readInterchange(rowKind, input, sink);
    else await readOwnFormat(kind, input, sink);
    return { file, sink, rejection: undefined, plain: undefined };
  } catch (error) {
    return { file, sink, rejection: rejectionOf(error), plain: undefined };
  }
}

async function readOwnFormat(kind: FileKind, input: ReaderInput, sink: FileSink): Promise<void> {
  const reader = findReader(kind);
  if (!reader) throw new FileRejection('fichier_non_reconnu');
  await reader.read(input, sink);
}
