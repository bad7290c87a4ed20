import type { Database } from '../../platform/postgres/database.ts';
import { inventLitiges } from './invent-litiges.ts';

/** Codes of the platforms on which there is somebody to be. */
const LENS = '627';
const LILLE = '595';

/** Makes the demonstration look like a base in which people have worked for some weeks. The same whenever it is filled. */
export async function livenDemo(database: Database): Promise<void> {
  await database.transaction({}, (transaction) => inventLitiges(transaction, [LENS, LILLE]));
}
