import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { Database, Transaction } from '../../../platform/postgres/database.ts';
import {
  addPublication,
  askCampaign,
  askLitiges,
  clearStaging,
  findPublication,
  getPublishable,
  LIST_CODES,
  lockPublications,
  type PublicationScope,
  type PublishableCampaign,
  type PublishedLitige,
  publishEntries,
  readLitiges,
  remainingScope,
  type StagedEntries,
  stageAnswers,
  stageEntries,
} from '../../lists/index.ts';
import { publishLitiges } from '../identity/publish-litiges.ts';
import { PUBLICATION_STEPS, type PublicationCounts } from './publication-steps.ts';
import { lastEvent, recordPublished } from './record-published.ts';
import {
  DROP_ENTRIES,
  FORGET_REPLACED,
  KEEP_ENTRIES,
  KEPT_KEY_STEPS,
  NEW_KEY_STEPS,
  REFRESH_DETAILS,
} from './replacing-steps.ts';
import { publishing } from './trial.ts';

export interface PublicationResult extends PublicationCounts {
  readonly publication: number;
  /** True when all that was asked of this very campaign was published already: nothing was done. */
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
  announced: 0,
  reopened: 0,
  listedAgain: 0,
  listedAfterClosing: 0,
  closed: 0,
  flagged: 0,
};

/** What of a campaign is to be published, and how. */
export interface PublicationChoice {
  /** Codes of lists; null: all that was not published yet of this campaign. */
  readonly departments: readonly string[] | null;
  /** Counts what would be done, and changes nothing. */
  readonly isTrial?: boolean;
}

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
  return publishDepartments(database, folder, { departments: null }, ask, askDetails);
}

/**
 * The same of some départements (ADR 0015): cases of the others are neither closed nor flagged, and publishing the rest
 * later ends as publishing all at once does. Throws for a code that is no list, too.
 */
export async function publishDepartments(
  database: Database,
  folder: string,
  { departments, isTrial = false }: PublicationChoice,
  ask: typeof askCampaign = askCampaign,
  askDetails: typeof askLitiges = askLitiges,
): Promise<PublicationResult> {
  requireLists(departments ?? []);
  const campaign = await getPublishable(folder);
  const litiges = await readLitiges(campaign);
  return publishing(database, isTrial, async (transaction) => {
    await lockPublications(transaction);
    const before = await findPublication(transaction, campaign);
    const scope = remainingScope(before, departments);
    if (before !== undefined && scope === undefined) {
      // Read as it was, to tell how many they are; nothing else is looked at.
      const done = { departments: departments ?? [], allBut: departments === null };
      const { entries, ...told } = await stageEntries(transaction, campaign, done);
      const reach = await readReach(transaction, campaign.manifest.asOf, told);
      await clearStaging(transaction);
      return { publication: before.publication, alreadyPublished: true, entries, ...reach, ...NOTHING };
    }
    return publishScope(transaction, campaign, scope ?? ALL, { litiges, ask, askDetails });
  });
}

const ALL: PublicationScope = { departments: [], allBut: true };

function requireLists(departments: readonly string[]): void {
  const unknown = departments.filter((code) => !LIST_CODES.includes(code));
  if (unknown.length > 0)
    throw new RaccrocheError(
      'list_unknown',
      `Aucune liste ne porte ce code : ${unknown.join(', ')}. Un code est celui d’un département (62, 2A, 974), 99 pour l’étranger, XX pour les départements inconnus.`,
      EXIT_CODES.usage,
    );
}

async function publishScope(
  transaction: Transaction,
  campaign: PublishableCampaign,
  scope: PublicationScope,
  told: {
    readonly litiges: readonly PublishedLitige[];
    readonly ask: typeof askCampaign;
    readonly askDetails: typeof askLitiges;
  },
): Promise<PublicationResult> {
  const { entries, ...staged } = await stageEntries(transaction, campaign, scope);
  const reach = await readReach(transaction, campaign.manifest.asOf, staged);
  await stageAnswers(transaction, await told.ask(campaign.folder, await readUnlisted(transaction)));
  const publication = await addPublication(transaction, campaign, entries, scope);
  const since = await lastEvent(transaction);
  await transaction.query(FORGET_REPLACED);
  await transaction.query(KEEP_ENTRIES, [publication]);
  await publishEntries(transaction, publication);
  const always = [publication, campaign.manifest.asOf];
  const ofScope = [...always, scope.departments, scope.allBut];
  const counts = { ...NOTHING };
  for (const { name, sql, isScoped } of PUBLICATION_STEPS) {
    if (name === 'opened')
      for (const kept of [REFRESH_DETAILS, ...KEPT_KEY_STEPS]) await transaction.query(kept, [publication]);
    counts[name] = (await transaction.query(sql, isScoped ? ofScope : always)).rowCount;
  }
  for (const keys of NEW_KEY_STEPS) await transaction.query(keys);
  await transaction.query(DROP_ENTRIES, ofScope);
  await transaction.query('SELECT cases.keep_entries_with_cases()');
  await publishLitiges(transaction, told.litiges, publication, scope, (pairs) =>
    told.askDetails(campaign, pairs),
  );
  await clearStaging(transaction);
  await recordPublished(transaction, { publication, since }, 'campaign.published', {
    departments: scope.allBut ? null : scope.departments,
    entries,
    ...counts,
  });
  return { publication, alreadyPublished: false, entries, ...reach, ...counts };
}

/** Numbers of cases that the campaign's lists do not bear: what it says of them decides what becomes of the case. */
async function readUnlisted(transaction: Transaction): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ siei: string }>(
    `SELECT siei FROM cases.cases c
     WHERE NOT EXISTS (SELECT FROM lists.staged_entries s WHERE s.siei = c.siei)
       AND NOT EXISTS (SELECT FROM lists.staged_elsewhere s WHERE s.siei = c.siei) ORDER BY siei`,
  );
  return rows.map(({ siei }) => siei);
}

async function readReach(
  transaction: Transaction,
  asOf: string,
  { withoutPlatform, platforms }: Omit<StagedEntries, 'entries'>,
) {
  const { rows } = await transaction.query<{ name: string }>(
    `SELECT p.name FROM access.platforms p
     WHERE p.platform_id = ANY ($2::UUID[])
       AND NOT EXISTS (SELECT FROM access.designations d WHERE d.platform_id = p.platform_id
         AND $1::DATE BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
     ORDER BY p.name`,
    [asOf, `{${platforms.join(',')}}`],
  );
  return { withoutPlatform, undesignated: rows.map(({ name }) => name) };
}
