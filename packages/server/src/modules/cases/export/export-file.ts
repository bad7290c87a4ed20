import {
  type EXPORT_FORMATS,
  EXPORT_KEPT_DAYS,
  type ExportPurpose,
  ExportPurposeLabels,
} from '@raccroche/contract';
import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { type Cell, openSpreadsheet } from '../../../platform/files/spreadsheet-file.ts';
import { memorySink } from '../../../platform/files/zip-file.ts';
import { csvText } from '../../lists/index.ts';
import type { ExportValue } from './export-columns.ts';

/** What a file says of itself, before anybody reads a name. */
export interface ExportHead {
  readonly platformName: string;
  readonly madeBy: string;
  readonly madeOn: CivilDate;
  readonly purpose: ExportPurpose;
  readonly count: number;
}

export interface ExportTable {
  readonly titles: readonly string[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly ExportValue[])[];
}

interface Made {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const frenchDate = (day: CivilDate) => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** Purpose, date, who may use it, until when: a file that is found somewhere says what it is. */
export function headRows(head: ExportHead): (readonly [string, string])[] {
  return [
    ['Liste', `${head.platformName}, ${head.count} ${head.count < 2 ? 'personne' : 'personnes'}`],
    ['Faite le', `${frenchDate(head.madeOn)} par ${head.madeBy}`],
    ['Pour', ExportPurposeLabels[head.purpose]],
    [
      'Qui peut s’en servir',
      'Les personnes de cette plateforme, pour cet usage seulement. Données personnelles : ne pas transmettre, ne pas publier.',
    ],
    ['À détruire au plus tard le', frenchDate(addDays(head.madeOn, EXPORT_KEPT_DAYS))],
    ['Trace', 'Cet export est inscrit dans la trace des consultations.'],
  ];
}

/** The file in memory: nothing of it is left on a disk of the server. */
export function makeExport(
  format: (typeof EXPORT_FORMATS)[number],
  head: ExportHead,
  table: ExportTable,
): Promise<Made> | Made {
  return format === 'csv' ? csvExport(head, table) : xlsxExport(head, table);
}

function csvExport(head: ExportHead, { titles, rows }: ExportTable): Made {
  const plain = (value: ExportValue) =>
    typeof value === 'object' && value !== null ? frenchDate(value.date) : value;
  const text = csvText([...headRows(head), [], titles, ...rows.map((row) => row.map(plain))]);
  return { mediaType: 'text/csv; charset=utf-8', bytes: Buffer.from(text, 'utf8') };
}

const HEAD_WIDTHS = [28, 90];

async function xlsxExport(head: ExportHead, { titles, widths, rows }: ExportTable): Promise<Made> {
  const sink = memorySink();
  const spreadsheet = openSpreadsheet(sink, head.madeOn);
  const sheet = await spreadsheet.sheet('Liste', { widths, frozen: { rows: 1, columns: 1 }, filtered: true });
  await sheet.rows([titles.map((title): Cell => ({ bold: title })), ...rows]);
  await sheet.close();
  const usage = await spreadsheet.sheet('Usage', { widths: HEAD_WIDTHS });
  await usage.rows(headRows(head).map(([title, text]): Cell[] => [{ bold: title }, text]));
  await usage.close();
  spreadsheet.close();
  return {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: sink.bytes(),
  };
}
