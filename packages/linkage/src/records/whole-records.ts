import type { LinkSession } from '../session.ts';

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
