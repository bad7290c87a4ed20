import { join } from 'node:path';
import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { interchangeHeader, tellUnknownColumns } from './interchange-reader.ts';
import { lookAtFile } from './opening/file-chunks.ts';
import type { CopiesAhead } from './plain-csv-ahead.ts';
import {
  BATCH_BYTES,
  type CopiedRows,
  HEADER_BYTES_MAX,
  headerIn,
  type PlainCsvShape,
  shapeKey,
} from './plain-csv-copy.ts';
import { surveyQuotedCsv } from './quoted-csv-survey.ts';
import { FileRejection, type RowSink } from './reader.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import type { ReceivedFile } from './receive.ts';
import { findHeader } from './recognise-csv.ts';

/** A file that DuckDB may read by itself. */
export interface PlainCsv {
  readonly file: ReceivedFile;
  readonly shape: PlainCsvShape;
  /** Rows that its lines promise. */
  readonly rows: number;
  /** Its header as written. */
  readonly cells: readonly string[];
}

/**
 * What is needed to read a plain interchange CSV, or one whose quotes are all well placed, by DuckDB; undefined for a file
 * that is neither. Throws FileRejection for a header that cannot be used.
 */
export async function planPlainCsv(file: ReceivedFile, kind: RowKind): Promise<PlainCsv | undefined> {
  const surveyed = file.survey?.text;
  if (surveyed === undefined || file.content?.container !== 'plain') return undefined;
  const head = lookAtFile(file.absolutePath, HEADER_BYTES_MAX)?.head;
  const header = head === undefined ? undefined : headerIn(head);
  if (header === undefined) return undefined;
  const delimiter = delimiterOf(header);
  if (delimiter === '\t') return undefined;
  const text = surveyed === 'quoted' ? await surveyQuotedCsv(file.absolutePath, delimiter) : surveyed;
  if (text === undefined) return undefined;
  const cells = findHeader(header) ?? [];
  const columns = interchangeHeader(kind, cells);
  const rows = text.lineFeeds - (text.endsWithLineFeed ? 1 : 0);
  if (rows === 0) throw new FileRejection('fichier_vide');
  return { file, shape: { kind, delimiter, columns, blanks: text.blanks[delimiter] }, rows, cells };
}

/** Says which columns of a file that was read are not of the format. */
export function tellHeader({ cells, shape }: PlainCsv, sink: RowSink): void {
  tellUnknownColumns(cells, shape.columns, sink);
}

export interface PlainCsvRequest {
  readonly asOf: CivilDate;
  readonly workFolder: string;
  readonly ahead: CopiesAhead;
  /** Told of each file whose rows are there. */
  readonly onRead: (plain: PlainCsv) => void;
}

/**
 * Reads plain interchange CSVs in as few passes of DuckDB as their shapes allow: read, validate, write. Returns where the
 * rows of each are, by file key. One that turns out to be none after all (a line of another width, a blank line) is not
 * there and has left nothing that counts: it is then read the careful way.
 */
export async function readPlainCsvs(
  files: readonly PlainCsv[],
  request: PlainCsvRequest,
): Promise<ReadonlyMap<number, CopiedRows>> {
  const found = new Map<number, CopiedRows>();
  const keep = (plain: PlainCsv, copied: CopiedRows | undefined): void => {
    if (copied?.counts.rows !== plain.rows) return;
    found.set(plain.file.fileKey, copied);
    request.onRead(plain);
  };
  const left: PlainCsv[] = [];
  const alone: PlainCsv[] = [];
  for (const plain of files) {
    const ahead = request.ahead.find(plain.file.absolutePath, plain.shape);
    if (ahead === undefined) left.push(plain);
    else {
      const copied = await ahead.done;
      if (copied === undefined) alone.push(plain);
      else keep(plain, copied);
    }
  }
  let passes = 0;
  const copyTogether = async (batch: readonly PlainCsv[]) => {
    passes += 1;
    const parquet = join(request.workFolder, `plain-${passes}.parquet`);
    const paths = batch.map(({ file }) => file.absolutePath);
    const [first] = batch;
    if (first === undefined) return undefined;
    const rowBytes = sum(batch, ({ file }) => file.bytes) / sum(batch, ({ rows }) => rows);
    const firstNo = request.ahead.takeNumbers(batch.length);
    const compressed = request.ahead.areMany(sum(batch, ({ file }) => file.bytes));
    const { asOf } = request;
    const { shape } = first;
    return request.ahead.run({ paths, firstNo, shape, asOf, rowBytes, compressed, parquet });
  };
  const together = batches(left);
  const copies = together.map(async (batch) => {
    const copied = await copyTogether(batch);
    for (const [index, plain] of batch.entries()) keep(plain, copied?.[index]);
    return copied;
  });
  for (const [index, copied] of (await Promise.all(copies)).entries())
    if (copied === undefined) alone.push(...oneByOne(together[index]));
  await Promise.all(alone.map(async (plain) => keep(plain, (await copyTogether([plain]))?.[0])));
  return found;
}

/** What failed together is tried one by one; what failed alone is not tried again. */
const oneByOne = (batch: readonly PlainCsv[] = []): readonly PlainCsv[] => (batch.length > 1 ? batch : []);

const sum = (batch: readonly PlainCsv[], value: (plain: PlainCsv) => number): number =>
  batch.reduce((total, plain) => total + value(plain), 0);

/** Files of one shape, in their order, as many at once as `BATCH_BYTES` allow. */
function batches(files: readonly PlainCsv[]): PlainCsv[][] {
  const open = new Map<string, { files: PlainCsv[]; bytes: number }>();
  const made: PlainCsv[][] = [];
  for (const plain of files) {
    const key = shapeKey(plain.shape);
    let batch = open.get(key);
    if (batch === undefined || batch.bytes >= BATCH_BYTES) {
      batch = { files: [], bytes: 0 };
      open.set(key, batch);
      made.push(batch.files);
    }
    batch.files.push(plain);
    batch.bytes += plain.file.bytes;
  }
  return made;
}
