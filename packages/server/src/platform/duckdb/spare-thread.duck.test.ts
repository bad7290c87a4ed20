import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { spareThread } from './spare-thread.ts';

const CORES = availableParallelism();

async function threadsOf(database: Database): Promise<number> {
  const [row] = await database.all<{ n: number }>("SELECT current_setting('threads')::INTEGER AS n");
  return row?.n ?? 0;
}

it.each([
  ['one thread stays', 1, 1],
  ['a thread for every core: one is spared', CORES, Math.max(1, CORES - 1)],
  ['more threads than cores: one is spared', CORES + 1, CORES],
])('%s', async (_name, threads, left) => {
  const database = await openDatabase({ threads });
  try {
    const giveBack = await spareThread(database);
    expect(await threadsOf(database)).toBe(left);
    await giveBack();
    await giveBack();
    expect(await threadsOf(database)).toBe(threads);
  } finally {
    database.close();
  }
});

it.runIf(CORES > 1)('less threads than cores: none need be spared', async () => {
  const database = await openDatabase({ threads: CORES - 1 });
  try {
    await spareThread(database);
    expect(await threadsOf(database)).toBe(CORES - 1);
  } finally {
    database.close();
  }
});
