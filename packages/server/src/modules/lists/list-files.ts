import type { ListHead } from './export-context.ts';
import { getListName } from './place-departments.ts';

/** A file of a list, relative to the folder of the campaign, with its number of entries. */
export interface ExportedList {
  readonly path: string;
  readonly department: string;
  readonly entries: number;
}

/** The files of one list, relative to the folder of the campaign. */
export function listPaths(department: string): Readonly<Record<'json' | 'csv' | 'xlsx', string>> {
  const base = `lists/${department}/liste-${department}`;
  return { json: `${base}.json`, csv: `${base}.csv`, xlsx: `${base}.xlsx` };
}

export function listHead(department: string): ListHead {
  return { department, departmentName: getListName(department) };
}

/** Its files, all of the same entries. */
export function exportedList(department: string, entries: number): ExportedList[] {
  return Object.values(listPaths(department)).map((path) => ({ path, department, entries }));
}
