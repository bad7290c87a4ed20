import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';

/** Roles that work under row-level security. None owns a table; each is granted what its work needs and nothing more. */
export const DATABASE_ROLES = [
  'raccroche_app',
  'raccroche_publisher',
  'raccroche_door',
  'raccroche_keeper',
  'raccroche_monitor',
  'raccroche_officer',
  'raccroche_worker',
] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

export type Row = Readonly<Record<string, unknown>>;
export interface QueryResult<R> {
  readonly rows: R[];
  /** Rows returned or touched. */
  readonly rowCount: number;
}

/** What a store works with: one transaction, under one role. */
export interface Transaction {
  /** Parametrised SQL, `$1` … Dates come back as `yyyy-mm-dd`, instants as ISO 8601 UTC, bigint as number. */
  query<R extends object = Row>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<R>>;
  /** Several statements without parameters. */
  script(sql: string): Promise<void>;
  /** Bulk load: lines of PostgreSQL's text format of COPY, each ending with a line feed. */
  copyIn(
    table: string,
    columns: readonly string[],
    chunks: Iterable<string> | AsyncIterable<string>,
  ): Promise<void>;
  /** The same format read back: `source` is a table with its columns, or a query in parentheses. */
  copyOut(source: string): AsyncIterable<Uint8Array>;
  /** The query builder on the tables of a module. */
  tables<T>(): Kysely<T>;
}

export interface TransactionOptions {
  /** Without a role the owner works: migrations, backup and administration on the machine itself. */
  readonly role?: DatabaseRole;
  /** Settings of this transaction alone (`set_config(…, true)`): who asks, for what purpose. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A stable view of the whole base, for a backup. */
  readonly snapshot?: boolean;
}

/** The store of the platforms: PGlite in a folder, or PostgreSQL 15 and later. The same SQL runs on both. */
export interface Database {
  readonly engine: 'pglite' | 'postgresql';
  /** All or nothing: an error in `work` undoes everything, and is thrown again. */
  transaction<T>(options: TransactionOptions, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What an engine gives of a transaction; the rest is the same for all. */
export type RawTransaction = Omit<Transaction, 'tables'>;

/** Adds the query builder, and enters the role: nothing of `work` runs before. */
export async function enterTransaction(
  raw: RawTransaction,
  options: TransactionOptions,
): Promise<Transaction> {
  if (options.snapshot) await raw.script('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const settings = [
    ...Object.entries(options.settings ?? {}),
    ...(options.role ? [['role', options.role]] : []),
  ];
  if (settings.length > 0) {
    // One way there and back. The role comes last, and counts from the next statement on.
    const set = settings.map((_, place) => `set_config($${2 * place + 1}, $${2 * place + 2}, true)`);
    await raw.query(`SELECT ${set.join(', ')}`, settings.flat());
  }
  return { ...raw, tables: <T>() => builderOver<T>(raw) };
}

/** A query builder that sends everything through the one transaction; it opens and closes nothing. */
export function builderOver<T>(raw: RawTransaction): Kysely<T> {
  const client = {
    async query(sql: string, parameters: readonly unknown[]) {
      const { rows, rowCount } = await raw.query(sql, parameters);
      const command = sql.trimStart().slice(0, 6).toUpperCase();
      return { rows, rowCount, command: command.startsWith('WITH') ? 'SELECT' : command };
    },
    release() {},
  } as unknown as PostgresPoolClient;
  const pool = { connect: async () => client, end: async () => {} };
  return new Kysely<T>({ dialect: new PostgresDialect({ pool }) });
}

/** One value in the text format of COPY: null is \N; backslash, tab and line ends are escaped. */
export function copyValue(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (value === true) return 't';
  if (value === false) return 'f';
  const text = String(value);
  // Few values hold any: looked for one by one, as memory is searched, and not through a pattern.
  return COPY_SIGNS.some((sign) => text.includes(sign))
    ? text.replace(/[\\\t\n\r]/g, (sign) => COPY_ESCAPES[sign] ?? sign)
    : text;
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
const COPY_SIGNS = Object.keys(COPY_ESCAPES);

/** A line of COPY. */
export function copyLine(values: readonly (string | number | boolean | null | undefined)[]): string {
  return `${values.map(copyValue).join('\t')}\n`;
}

/** How values come back, by type of PostgreSQL: the same on both engines. */
export const VALUE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number, // int8: identifiers and counts, far below 2⁵³
  1082: (text) => text, // date: civil, never shifted by a zone
  1184: (text) => new Date(text).toISOString(), // timestamptz
};
