import { PERMISSIONS } from '../packages/contract/src/index.ts';
import {
  belongingsOf,
  type ModuleRetention,
  type TableDeclaration,
} from '../packages/server/src/kernel/retention.ts';

export type RetentionProblem =
  | 'undeclared' // a table or a column of the base that no module declares
  | 'not-there' // declared, and the base has no such table or column
  | 'declared-twice'
  | 'without-end' // about somebody, and no class ends it, or a class that nobody defines
  | 'without-source'
  | 'about-nobody' // said to be about nobody, with a column that tells of somebody
  | 'out-of-reach' // ends with the case, and does not say by which column it belongs to one
  | 'unknown-permission';

/** Columns by table, as schema.txt tells them. */
export function columnsOf(schema: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const part = schema.slice(schema.indexOf('# columns'), schema.indexOf('# constraints'));
  for (const [, table = '', column = ''] of part.matchAll(/^(\w+\.\w+)\.(\w+) /gm))
    found.set(table, [...(found.get(table) ?? []), column]);
  return found;
}

/** What is missing for every column of the base to have a purpose and an end: `problem table[.column]`. */
export function retentionProblems(schema: string, retention: readonly ModuleRetention[]): readonly string[] {
  const there = columnsOf(schema);
  const declared = new Map(retention.flatMap(({ tables }) => Object.entries(tables)));
  const classes = new Map(retention.flatMap((one) => one.classes).map((one) => [one.code, one]));
  const problems: string[] = [];
  const tell = (problem: RetentionProblem, where: string) => problems.push(`${problem} ${where}`);
  for (const table of there.keys()) if (!declared.has(table)) tell('undeclared', table);
  for (const [table, declaration] of declared) {
    const columns = there.get(table);
    if (!columns) {
      tell('not-there', table);
      continue;
    }
    columnProblems(table, columns, declaration, tell);
    const { about, ends = [], source, readBy = [] } = declaration;
    for (const permission of readBy)
      if (!PERMISSIONS.some((one) => one === permission)) tell('unknown-permission', table);
    if (about === 'nobody') continue;
    if (source === undefined) tell('without-source', table);
    if (ends.length === 0 || !ends.every((code) => classes.has(code))) tell('without-end', table);
    const withCase = ends.some((code) => classes.get(code)?.ending.does === 'remove_cases');
    const isTable = schema.includes(`\n${table} none\n`) || schema.includes(`\n${table} enabled\n`);
    if (withCase && isTable && belongingsOf(declaration).length === 0) tell('out-of-reach', table);
  }
  return problems;
}

function columnProblems(
  table: string,
  there: readonly string[],
  declaration: TableDeclaration,
  tell: (problem: RetentionProblem, where: string) => void,
): void {
  const { about, columns } = declaration;
  const told = Object.values(columns).flat();
  for (const column of there) if (!told.includes(column)) tell('undeclared', `${table}.${column}`);
  for (const column of new Set(told)) {
    if (!there.includes(column)) tell('not-there', `${table}.${column}`);
    if (told.filter((one) => one === column).length > 1) tell('declared-twice', `${table}.${column}`);
  }
  for (const { column } of belongingsOf(declaration))
    if (!there.includes(column)) tell('not-there', `${table}.${column}`);
  if (about === 'nobody' && Object.keys(columns).some((category) => category !== 'nothing'))
    tell('about-nobody', table);
}
