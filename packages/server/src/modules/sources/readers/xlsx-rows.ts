import type { XmlHandlers } from '../../../platform/xml/parse-xml.ts';
import { toFileRejection } from '../opening/to-file-rejection.ts';
import { FileRejection } from '../reader.ts';
import { plainNumber } from './row-values.ts';
import { isoDateOfSerial } from './xlsx-dates.ts';
import { getFirstSheet, local, openWorkbook, parseEntry, type Workbook } from './xlsx-workbook.ts';

/** Columns that a sheet may have. Source: Excel specifications and limits. */
const MOST_COLUMNS = 16_384;

/**
 * Rows of the first sheet of a workbook (XLSX): cells by column as text, with the row's own number. Blank rows are left out.
 * Dates are yyyy-mm-dd, numbers have no exponent, texts keep their leading zeros.
 * The sheet is streamed with the same strict parser as all XML here: exceljs' reader writes a temporary copy of the whole
 * sheet, with columns that must never be stored, when the shared texts stand after it, as Excel writes them.
 * Throws FileRejection: fichier_tronque, fichier_chiffre, archive_demesuree, archive_chemin_interdit, xml_entite_interdite, fichier_vide.
 */
export async function readWorkbookRows(
  bytes: () => AsyncIterable<Uint8Array>,
  onRow: (cells: string[], rowNumber: number) => void,
  afterChunk: () => Promise<void>,
): Promise<void> {
  try {
    const workbook = await openWorkbook(bytes);
    const sheet = new SheetHandlers(workbook, onRow);
    await parseEntry(await getFirstSheet(workbook), sheet, afterChunk);
    if (sheet.count === 0) throw new FileRejection('fichier_vide');
  } catch (cause) {
    throw toFileRejection(cause);
  }
}

/** Stops the parser once the header is known. */
class HeaderFound extends Error {
  readonly cells: readonly string[];

  constructor(cells: readonly string[]) {
    super('header found');
    this.cells = cells;
  }
}

/** Cells of the first row that is not blank. Throws as `readWorkbookRows`. */
export async function readWorkbookHeader(bytes: () => AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const stop = (cells: string[]): void => {
    throw new HeaderFound(cells);
  };
  try {
    await readWorkbookRows(bytes, stop, async () => {});
  } catch (cause) {
    if (cause instanceof HeaderFound) return cause.cells;
    throw cause;
  }
  throw new FileRejection('fichier_vide');
}

class SheetHandlers implements XmlHandlers {
  count = 0;
  readonly #workbook: Workbook;
  readonly #onRow: (cells: string[], rowNumber: number) => void;
  #cells: string[] = [];
  #row = 0;
  #column = 0;
  #type = '';
  #style = 0;
  #value = '';

  constructor(workbook: Workbook, onRow: (cells: string[], rowNumber: number) => void) {
    this.#workbook = workbook;
    this.#onRow = onRow;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): boolean {
    const kind = local(name);
    if (kind === 'row') {
      this.#row = Number(attributes.r ?? this.#row + 1);
      this.#cells = [];
      this.#column = 0;
    } else if (kind === 'c') {
      this.#column = attributes.r === undefined ? this.#column + 1 : columnNumber(attributes.r);
      if (this.#column > MOST_COLUMNS) throw new FileRejection('fichier_tronque');
      this.#type = attributes.t ?? 'n';
      this.#style = Number(attributes.s ?? 0);
      this.#value = '';
    }
    return kind === 'v' || kind === 't';
  }

  close(name: string, text: string): void {
    const kind = local(name);
    if (kind === 'v' || kind === 't') this.#value += text;
    else if (kind === 'c') {
      while (this.#cells.length < this.#column) this.#cells.push('');
      this.#cells[this.#column - 1] = this.#cellText();
    } else if (kind === 'row' && this.#cells.some((cell) => cell.trim() !== '')) {
      this.count++;
      this.#onRow(this.#cells, this.#row);
    }
  }

  #cellText(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#workbook.sharedTexts[Number(value)] ?? '';
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'e':
        return '';
      case 'n':
        return this.#numberText(value);
      default:
        return value;
    }
  }

  #numberText(value: string): string {
    const number = Number(value);
    if (value === '' || !Number.isFinite(number)) return value;
    if (this.#workbook.dateStyles[this.#style]) {
      return isoDateOfSerial(number, this.#workbook.date1904) ?? value;
    }
    return plainNumber(number);
  }
}

/** `AB12` -> 28 */
function columnNumber(reference: string): number {
  let number = 0;
  for (const letter of reference) {
    const rank = letter.charCodeAt(0) - 64;
    if (rank < 1 || rank > 26) break;
    number = number * 26 + rank;
  }
  return number;
}
