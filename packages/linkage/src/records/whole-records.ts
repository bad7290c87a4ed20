import { quoteText } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';
import type { LinkSession } from '../session.ts';

/** Takes away the table or the view of that name, if there is one. */
export async function dropRelation(runner: SqlRunner, name: string): Promise<void> {
  const [table = '', schema] = name.split('.').toReversed();
  const found = await runner.all(
    `SELECT table_type AS kind FROM information_schema.tables WHERE table_name = ${quoteText(table)}
      AND table_schema = ${schema === undefined ? 'current_schema()' : quoteText(schema)} AND table_catalog = current_database()`,
  );
  for (const { kind } of found) await runner.run(`DROP ${kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${name}`);
}

/** The session with its records as one table, for whoever keeps them, or changes them. */
export async function withWholeRecords(session: LinkSession): Promise<LinkSession> {
  const { runner, records, tables } = session;
  if (tables === undefined) return session;
  const [name = ''] = records.split('.').toReversed();
  const parts = [tables.base, ...tables.spelt.map(({ table }) => table)];
  await runner.run(`CREATE OR REPLACE TABLE ${records}_whole AS FROM ${records} ORDER BY rid;
    DROP VIEW ${records}; ${parts.map((table) => `DROP TABLE ${table}`).join('; ')};
    ALTER TABLE ${records}_whole RENAME TO ${name}`);
  return { ...session, tables: undefined };
}
