import type { Database } from '../../platform/postgres/database.ts';

const DONE = Symbol('done, and undone');

/**
 * The same base, in which nothing lasts: each transaction gives its result, then is undone. Whoever asks next finds what the
 * one before found.
 */
export function undoneDatabase(database: Database): Database {
  return {
    ...database,
    async transaction(options, work) {
      const kept: { result?: Awaited<ReturnType<typeof work>> } = {};
      await database
        .transaction(options, async (transaction) => {
          kept.result = await work(transaction);
          throw DONE;
        })
        .catch((problem: unknown) => {
          if (problem !== DONE) throw problem;
        });
      return kept.result as Awaited<ReturnType<typeof work>>;
    },
  };
}
