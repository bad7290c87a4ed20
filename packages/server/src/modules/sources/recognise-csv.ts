import type { FileKind } from '@raccroche/contract';
import { CsvSplitter } from '../../platform/text/csv-records.ts';
import { CFA_REQUIRED_COLUMNS } from './readers/cfa-columns.ts';
import { delimiterOf } from './readers/csv-rows.ts';
import { fregataHeader, snakeHeader } from './readers/header-names.ts';

/** Each interchange kind by the columns that it alone has, in the order of formats §6 read backwards: `uai` is in several. */
const INTERCHANGE_SIGNATURES: readonly { kind: FileKind; columns: readonly string[] }[] = [
  { kind: 'interchange-diplomes', columns: ['resultat'] },
  { kind: 'interchange-contrats', columns: ['date_fin_prevue'] },
  { kind: 'interchange-accompagnements', columns: ['structure_type'] },
  { kind: 'interchange-inscriptions', columns: ['uai', 'annee_scolaire'] },
];

/** The kind that a header (cells as written) tells, undefined when it is none of ours. */
export function findKindOfHeader(header: readonly string[]): FileKind | undefined {
  const names = new Set(header.map(snakeHeader));
  if (CFA_REQUIRED_COLUMNS.every((column) => names.has(column))) return 'cfa-effectifs';
  const fregata = new Set(header.map(fregataHeader));
  if (fregata.has('identifiant unique') && fregata.has('premier prenom')) return 'fregata-csv';
  return INTERCHANGE_SIGNATURES.find(({ columns }) => columns.every((column) => names.has(column)))?.kind;
}

/** Characters looked at together: what follows a header is not split. */
const HEADER_PIECE = 4096;

/** Cells of the header of a CSV text; undefined when it has no readable first line. */
export function findHeader(head: string): readonly string[] | undefined {
  const text = head.replace(/^[\ufeff\s]+/, '');
  let header: readonly string[] | undefined;
  const splitter = new CsvSplitter(delimiterOf(text.split(/[\r\n]/, 1)[0] ?? ''), {
    record(fields) {
      header ??= fields;
    },
    malformed() {},
  });
  for (let at = 0; header === undefined && at < text.length; at += HEADER_PIECE)
    splitter.write(text.slice(at, at + HEADER_PIECE));
  if (header === undefined) splitter.end();
  return header;
}
