import type { Database, Transaction } from '../../../platform/postgres/database.ts';
import {
  askCampaign,
  askLitiges,
  clearStaging,
  findPublication,
  getPublishable,
  publishEntries,
  readLitiges,
  stageAnswers,
  stageEntries,
} from '../../lists/index.ts';
import { publishLitiges } from '../identity/publish-litiges.ts';
import { PUBLICATION_STEPS, type PublicationCounts, REFRESH_DETAILS } from './publication-steps.ts';
import { SEARCH_KEY_STEPS } from './search-key-steps.ts';

export interface PublicationResult extends PublicationCounts {
  readonly publication: number;
  /** True when this very campaign was published already: nothing was done. */
  readonly alreadyPublished: boolean;
  readonly entries: number;
  /** Entries whose commune is in no platform's zone: only the coordination of their département sees them. */
  readonly withoutPlatform: number;
  /** Platforms with cases and without a designation in force: nobody there receives the list. */
  readonly undesignated: readonly string[];
}

const NOTHING: PublicationCounts = {
  renumbered: 0,
  duplicates: 0,
  recognised: 0,
  opened: 0,
  corrected: 0,
  transferred: 0,
  reopened: 0,
  listedAgain: 0,
  listedAfterClosing: 0,
  closed: 0,
  flagged: 0,
};

/**
 * Publishes the lists of a finished campaign to the platforms: opens cases, keeps, transfers, flags or closes those that
 * exist. All or nothing, and once: publishing the same campaign again changes nothing.
 * `ask` tells what the campaign knows of numbers that its lists do not bear, `askDetails` what decides its litiges: its own
 * tables, by default.
 * Throws a RaccrocheError for a campaign that is not whole, is withheld, or older than what is published.
 */
export async function publishCampaign(
  database: Database,
  folder: string,
  ask: typeof askCampaign = askCampaign,
  askDetails: typeof askLitiges = askLitiges,
): Promise<PublicationResult> {
  const campaign = await getPublishable(folder);
  const litiges = await readLitiges(campaign);
  return database.transaction({ role: 'raccroche_publisher' }, async (transaction) => {
    const entries = await stageEntries(transaction, campaign);
    const before = await findPublication(transaction, campaign);
    const reach = await readReach(transaction, campaign.manifest.asOf);
    if (before !== undefined) {
      await clearStaging(transaction);
      return { publication: before, alreadyPublished: true, entries, ...reach, ...NOTHING };
    }
    await stageAnswers(transaction, await ask(folder, await readUnlisted(transaction)));
    const publication = await publishEntries(transaction, campaign, entries);
    const counts = { ...NOTHING };
    for (const { name, sql } of PUBLICATION_STEPS)
      counts[name] = (await transaction.query(sql, [publication, campaign.manifest.asOf])).rowCount;
    for (const sql of [REFRESH_DETAILS, ...SEARCH_KEY_STEPS]) await transaction.query(sql);
    await transaction.query('SELECT cases.keep_entries_with_cases()');
    await publishLitiges(transaction, litiges, publication, (pairs) => askDetails(campaign, pairs));
    await clearStaging(transaction);
    await transaction.query('SELECT access.record_publication($1, $2)', [
      'campaign.published',
      JSON.stringify({ publication, entries, ...counts }),
    ]);
    return { publication, alreadyPublished: false, entries, ...reach, ...counts };
  });
}

/** Numbers of cases that the campaign's lists do not bear: what it says of them decides what becomes of the case. */
async function readUnlisted(transaction: Transaction): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ siei: string }>(
    `SELECT siei FROM cases.cases c
     WHERE NOT EXISTS (SELECT FROM lists.staged_entries s WHERE s.siei = c.siei) ORDER BY siei`,
  );
  return rows.map(({ siei }) => siei);
}

async function readReach(transaction: Transaction, asOf: string) {
  const { rows: alone } = await transaction.query<{ n: number }>(
    'SELECT count(*) AS n FROM lists.staged_entries WHERE platform_id IS NULL',
  );
  const { rows } = await transaction.query<{ name: string }>(
    `SELECT p.name FROM access.platforms p
     WHERE EXISTS (SELECT FROM lists.staged_entries s WHERE s.platform_id = p.platform_id)
       AND NOT EXISTS (SELECT FROM access.designations d WHERE d.platform_id = p.platform_id
         AND $1::DATE BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
     ORDER BY p.name`,
    [asOf],
  );
  return { withoutPlatform: alone[0]?.n ?? 0, undesignated: rows.map(({ name }) => name) };
}
