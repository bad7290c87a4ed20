import { readHead } from '../../../platform/text/detect-encoding.ts';
import { openText } from '../opening/open-text.ts';
import { looksLikeZip } from '../opening/signatures.ts';
import { FileRejection, type Reader, type RowSink } from '../reader.ts';
import { CFA_REQUIRED_COLUMNS, type CfaColumn, type CfaRow, cfaColumnOf } from './cfa-columns.ts';
import { readCfaRow } from './cfa-row.ts';
import { type CsvShape, columnsOf, pickRow, readCsvRows } from './csv-rows.ts';
import { type JsonObject, readJsonWith } from './json-reader.ts';
import { textOf } from './row-values.ts';
import { readWorkbookRows } from './xlsx-rows.ts';

const SHAPE: CsvShape = { columnOf: cfaColumnOf, required: CFA_REQUIRED_COLUMNS };

/** CFA "effectifs" v3, as JSON, CSV or a workbook with the same column names. Source: formats §5. */
export const cfaEffectifsReader: Reader = {
  kind: 'cfa-effectifs',
  async read({ bytes }, sink) {
    if (looksLikeZip(await readHead(bytes(), 4))) return readWorkbook(bytes, sink);
    const { text } = await openText(bytes, sink);
    if (await beginsAsJson(text())) {
      const columnOf = rememberingColumns();
      const readPayload = (payload: JsonObject, position: string): void =>
        readCfaRow(cfaRowOfJson(payload, columnOf), position, sink);
      return readJsonWith(text(), readPayload, sink);
    }
    await readCsvRows(text, SHAPE, (row, position) => readCfaRow(asCfaRow(row), position, sink), sink);
  },
};

async function readWorkbook(bytes: () => AsyncIterable<Uint8Array>, sink: RowSink): Promise<void> {
  let columns: (string | undefined)[] | undefined;
  let rows = 0;
  await readWorkbookRows(
    bytes,
    (cells, rowNumber) => {
      if (columns === undefined) {
        columns = columnsOf(cells, SHAPE);
        return;
      }
      rows++;
      readCfaRow(asCfaRow(pickRow(columns, cells)), String(rowNumber), sink);
    },
    () => sink.drained(),
  );
  if (rows === 0) throw new FileRejection('fichier_vide');
}

async function beginsAsJson(text: AsyncIterable<string>): Promise<boolean> {
  for await (const chunk of text) {
    const first = /\S/.exec(chunk)?.[0];
    if (first !== undefined) return first === '[' || first === '{';
  }
  return false;
}

function cfaRowOfJson(payload: JsonObject, columnOf: typeof cfaColumnOf): CfaRow {
  const row = new Map<CfaColumn, string>();
  for (const key in payload) {
    const column = columnOf(key);
    const text = column === undefined ? undefined : textOf(payload[key]);
    if (column !== undefined && text !== undefined) row.set(column, text);
  }
  return row;
}

/** Keys that a file may name, of which each row repeats the same few dozen. */
const MOST_KEYS = 1000;

/** `cfaColumnOf` for the keys of one file, each worked out once. */
function rememberingColumns(): typeof cfaColumnOf {
  const known = new Map<string, CfaColumn | undefined>();
  return (key) => {
    if (known.has(key)) return known.get(key);
    const column = cfaColumnOf(key);
    if (known.size < MOST_KEYS) known.set(key, column);
    return column;
  };
}

/** Rows picked through SHAPE have columns of CFA effectifs only; this tells the compiler. */
function asCfaRow(row: ReadonlyMap<string, string>): CfaRow {
  return row as CfaRow;
}
