import { quoteText } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';

/** Takes away the table or the view of that name, if there is one. */
export async function dropRelation(runner: SqlRunner, name: string): Promise<void> {
  const [table = '', schema] = name.split('.').toReversed();
  const found = await runner.all(
    `SELECT table_type AS kind FROM information_schema.tables WHERE table_name = ${quoteText(table)}
      AND table_schema = ${schema === undefined ? 'current_schema()' : quoteText(schema)} AND table_catalog = current_database()`,
  );
  for (const { kind } of found) await runner.run(`DROP ${kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${name}`);
}
