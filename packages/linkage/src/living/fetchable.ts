import { quoteText } from '../expression/sql-text.ts';
import type { SqlRunner } from '../runner.ts';
import type { IndexTables } from './index-format.ts';

/**
 * Records are fetched by number, a few hundred at a time and from anywhere. Measured on 3 M records: compressed, each
 * costs 0.25 ms, as its whole block is unpacked; uncompressed and by primary key 0.01 to 0.05 ms.
 */
export async function makeFetchable(runner: SqlRunner, tables: IndexTables): Promise<void> {
  await uncompressed(runner, async () => {
    await runner.run('CHECKPOINT');
    await runner.run(`CREATE OR REPLACE TABLE ${tables.records} AS SELECT * FROM ${tables.records}`);
    await runner.run('CHECKPOINT');
    await runner.run(`ALTER TABLE ${tables.records} ADD PRIMARY KEY (rid);
      ALTER TABLE ${tables.clusters} ADD PRIMARY KEY (rid)`);
    await runner.run('CHECKPOINT');
  });
}

/** Runs `work` with what the engine writes left uncompressed, then sets compression back as it was. */
export async function uncompressed(runner: SqlRunner, work: () => Promise<void>): Promise<void> {
  const [row] = await runner.all(`SELECT current_setting('force_compression') AS kind`);
  await runner.run(`SET force_compression = 'uncompressed'`);
  try {
    await work();
  } finally {
    await runner.run(`SET force_compression = ${quoteText(String(row?.kind).toLowerCase())}`);
  }
}
