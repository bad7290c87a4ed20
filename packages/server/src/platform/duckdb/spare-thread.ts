import { availableParallelism } from 'node:os';
import type { Database } from './database.ts';

/** Gives back what was taken, once. */
export type GiveBack = () => Promise<void>;

/** How many threads the engine has now. */
export async function engineThreads(database: Database): Promise<number> {
  const [row] = await database.all<{ threads: number }>(
    "SELECT current_setting('threads')::INTEGER AS threads",
  );
  return Number(row?.threads ?? 1);
}

/**
 * Takes a thread from the engine where it has one for every core, for as long as this program's own thread has much to do beside:
 * with more threads at work than cores, the one that nobody can help would get its share only, and the others would wait for it at the end.
 * To be called while the engine is at rest: it would wait for what its threads are at. Giving back waits for nothing.
 */
export async function spareThread(database: Database): Promise<GiveBack> {
  const threads = await engineThreads(database);
  if (threads === 1 || threads < availableParallelism()) return async () => {};
  await database.run(`SET threads = ${threads - 1}`);
  let taken = true;
  return async () => {
    if (taken) await database.run(`SET threads = ${threads}`);
    taken = false;
  };
}
