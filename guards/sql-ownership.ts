import { HOLE, readCode } from './sql-texts.ts';

/** Who owns a schema of the engine, in their order: each reads its own and those before. Modules, and what measures them all. */
export const SCHEMAS = ['sources', 'linkage', 'eligibility', 'lists', 'quality'] as const;
export type Schema = (typeof SCHEMAS)[number];

/** Where the SQL of a schema stands. */
export function folderOf(schema: Schema): string {
  const parent = schema === 'quality' ? 'app' : 'modules';
  return `packages/server/src/${parent}/${schema}`;
}

export type OwnershipRule =
  | 'writes-elsewhere' // writes the schema of another module
  | 'writes-unknown' // writes a table whose name is computed whole: nobody can tell whose it is
  | 'writes-unqualified' // writes a table without the schema of its module
  | 'reads-later' // reads a module that comes after
  | 'reads-private' // reads a table that the other module does not publish in its tables.ts
  | 'step-undeclared' // the SQL of a step touches a table that the step does not declare
  | 'step-overdeclared'; // a step declares a table that its SQL does not touch

export interface OwnershipProblem {
  readonly rule: OwnershipRule;
  readonly line: number;
  readonly table: string;
}

/** Tables that each module publishes, as `table` names; other modules may read these alone. */
export type Published = Readonly<Record<Schema, readonly string[]>>;

const NAME = String.raw`(?:\$\{\}|"?[A-Za-z_]\w*"?)`;
const TARGET = String.raw`(?<target>${NAME}(?:\.${NAME})?)`;
const KIND = '(?:TABLE|VIEW|SEQUENCE|TYPE|MACRO|FUNCTION)';
const VERBS = [
  String.raw`CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?${KIND}\s+(?:IF\s+NOT\s+EXISTS\s+)?`,
  String.raw`(?:DROP|ALTER)\s+${KIND}\s+(?:IF\s+EXISTS\s+)?`,
  String.raw`CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?\S+\s+ON\s+`,
  String.raw`INSERT\s+(?:OR\s+\w+\s+)?INTO\s+`,
  String.raw`MERGE\s+INTO\s+`,
  String.raw`DELETE\s+FROM\s+`,
  String.raw`TRUNCATE\s+(?:TABLE\s+)?`,
  String.raw`UPDATE\s+(?!SET\b)`,
];
const WRITE = new RegExp(String.raw`\b(?:${VERBS.join('|')})${TARGET}`, 'g');
const COPY_INTO = new RegExp(String.raw`\bCOPY\s+${TARGET}\s*(?:\([^)]*\)\s*)?FROM\b`, 'g');
const SCHEMA_WRITE = new RegExp(
  String.raw`\b(?:CREATE|DROP)\s+SCHEMA\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?<target>${NAME})`,
  'g',
);
const MENTION = new RegExp(
  String.raw`\b(?<schema>${SCHEMAS.join('|')})\.(?<table>\$\{\}|[a-z_][a-z_0-9]*)`,
  'g',
);
const LOOKS_LIKE_SQL = /\b(SELECT|FROM|JOIN|INSERT|CREATE|DROP|COPY|UPDATE|DELETE|ALTER|WITH)\b/;
const ONLY_A_TABLE = new RegExp(`^(?:${SCHEMAS.join('|')})\\.[a-z_][a-z_0-9]*$`);

const mentionsOf = (sql: string) =>
  [...sql.matchAll(MENTION)].map(({ groups }) => `${groups?.schema}.${groups?.table}`);

function writtenBy(sql: string): string[] {
  const tables = [...sql.matchAll(WRITE), ...sql.matchAll(COPY_INTO)].map(
    (match) => match.groups?.target ?? '',
  );
  const schemas = [...sql.matchAll(SCHEMA_WRITE)].map((match) => `${match.groups?.target}.*`);
  return [...tables, ...schemas].map((target) => target.replaceAll('"', ''));
}

function writeProblem(owner: Schema, table: string): OwnershipRule | undefined {
  const [schema = '', name] = table.split('.');
  if (schema === HOLE) return 'writes-unknown';
  if (name === undefined) return 'writes-unqualified';
  return schema === owner ? undefined : 'writes-elsewhere';
}

function readProblem(owner: Schema, table: string, published: Published): OwnershipRule | undefined {
  const [schema, name = ''] = table.split('.') as [Schema, string];
  if (schema === owner) return undefined;
  if (SCHEMAS.indexOf(schema) > SCHEMAS.indexOf(owner)) return 'reads-later';
  return name === HOLE || published[schema].includes(name) ? undefined : 'reads-private';
}

/**
 * What the SQL in a file of module `owner` does that is not its business.
 * Only what stands in the code is seen: a table whose name is computed is either told (writes) or let through (reads).
 */
export function ownershipProblems(
  owner: Schema,
  path: string,
  code: string,
  published: Published,
): OwnershipProblem[] {
  const { texts, steps } = readCode(path, code);
  const problems: OwnershipProblem[] = [];
  for (const { line, text } of texts) {
    if (!LOOKS_LIKE_SQL.test(text) && !ONLY_A_TABLE.test(text)) continue;
    const add = (rule: OwnershipRule | undefined, table: string) => {
      if (rule) problems.push({ rule, line, table });
    };
    for (const table of writtenBy(text)) add(writeProblem(owner, table), table);
    for (const table of mentionsOf(text)) add(readProblem(owner, table, published), table);
  }
  for (const step of steps) {
    const add = (rule: OwnershipRule, table: string) => problems.push({ rule, line: step.line, table });
    const declared = new Set([...step.reads, ...step.writes]);
    const touched = mentionsOf(step.sql).filter((table) => !table.endsWith(HOLE));
    for (const table of step.writes) if (writeProblem(owner, table)) add('writes-elsewhere', table);
    for (const table of new Set(touched)) if (!declared.has(table)) add('step-undeclared', table);
    for (const table of writtenBy(step.sql))
      if (touched.includes(table) && !step.writes.includes(table)) add('step-undeclared', table);
    if (!step.sql.includes(HOLE))
      for (const table of declared) if (!touched.includes(table)) add('step-overdeclared', table);
  }
  return problems;
}
