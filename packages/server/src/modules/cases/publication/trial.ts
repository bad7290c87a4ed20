import type { Database, Transaction } from '../../../platform/postgres/database.ts';

/** Carries the result of a trial out of the transaction that it undoes. */
class TrialEnded extends Error {
  constructor() {
    super('a trial');
  }
}

/** Does `work` as who publishes, all or nothing. `isTrial`: gives what it would give, and changes nothing. */
export async function publishing<Result>(
  database: Database,
  isTrial: boolean,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  let tried: { readonly result: Result } | undefined;
  try {
    return await database.transaction({ role: 'raccroche_publisher' }, async (transaction) => {
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
