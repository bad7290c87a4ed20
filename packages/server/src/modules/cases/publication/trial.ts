import type { Database, Transaction } from '../../../platform/postgres/database.ts';

/** Carries the result of a trial out of the transaction that it undoes. */
class TrialEnded extends Error {
  constructor() {
    super('a trial');
  }
}

/** Lists of a country are joined and sorted in memory; the default of a server is made for a page of rows. */
const OPTIONS = { role: 'raccroche_publisher', settings: { work_mem: '64MB' } } as const;

/** Does `work` as who publishes, all or nothing. `isTrial`: gives what it would give, and changes nothing. */
export async function publishing<Result>(
  database: Database,
  isTrial: boolean,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  let tried: { readonly result: Result } | undefined;
  try {
    return await database.transaction(OPTIONS, async (transaction) => {
      const result = await work(transaction);
      if (!isTrial) return result;
      tried = { result };
      throw new TrialEnded();
    });
  } catch (error) {
    if (error instanceof TrialEnded && tried !== undefined) return tried.result;
    throw error;
  }
}
