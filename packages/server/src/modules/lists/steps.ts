import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type Step, type StepListener } from '../../platform/duckdb/step.ts';
import { entrySteps } from './entries.ts';
import { contactStep } from './entry-contact.ts';
import { placeSteps } from './place.ts';
import { createListsTablesSql } from './tables.ts';

/** From assessed and numbered persons to the entries of the lists. */
export const listSteps: readonly Step[] = [...placeSteps, contactStep, ...entrySteps];

/**
 * Fills `lists.places` alone: on which list each listed person stands, worked out from the tables of a finished campaign as
 * its own lists were. Reads `sources` with its referential, `linkage` and `eligibility`. May be run again: what was there is replaced.
 */
export async function placeListed(database: Database): Promise<void> {
  await database.run(createListsTablesSql(['places']));
  await runSteps(database, placeSteps);
  await database.run('DROP TABLE lists.recent_records');
}

/**
 * Fills `lists.places`, `lists.contacts` and `lists.entries`. Reads `sources`, `linkage`, `eligibility` and `lists.numbers`
 * (tables or views). May be run again: what was there is replaced.
 */
export async function buildEntries(database: Database, onStep?: StepListener): Promise<void> {
  // Not the numbers: they may stand as views over the Parquet files of a former run.
  await database.run(createListsTablesSql(['places', 'contacts', 'entries']));
  await runSteps(database, listSteps, onStep);
}
