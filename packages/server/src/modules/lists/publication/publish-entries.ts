import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { copyLine, type Transaction } from '../../../platform/postgres/database.ts';
import type { CampaignAnswers } from './campaign-answers.ts';
import type { PublishableCampaign } from './read-published.ts';
import type { PublicationScope, PublishedBefore } from './scope.ts';

/** What this very campaign was published of before, if it was. Throws when a later one was. */
export async function findPublication(
  transaction: Transaction,
  { manifest, sha256 }: PublishableCampaign,
): Promise<PublishedBefore | undefined> {
  const { rows } = await transaction.query<{
    publication_id: number;
    manifest_sha256: string;
    as_of: string;
    departments: string[] | null;
  }>(
    `SELECT publication_id, manifest_sha256, as_of, departments FROM lists.publications
     WHERE taken_back_at IS NULL ORDER BY publication_id DESC`,
  );
  const [latest] = rows;
  if (latest?.manifest_sha256 === sha256) {
    const parts = rows.filter((row) => row.manifest_sha256 === sha256).map(({ departments }) => departments);
    return {
      publication: latest.publication_id,
      departments: parts.includes(null) ? null : parts.flatMap((part) => part ?? []),
    };
  }
  if (rows.some((row) => row.manifest_sha256 === sha256) || (latest && manifest.asOf < latest.as_of))
    throw new RaccrocheError(
      'publication_older',
      `Une campagne plus récente est déjà publiée (au ${latest?.as_of ?? ''}). Publier celle-ci ramènerait des dossiers en arrière : rien n’est fait.`,
      EXIT_CODES.usage,
    );
  return undefined;
}

/** Keeps what the campaign answered where the next steps read it. */
export async function stageAnswers(transaction: Transaction, answers: CampaignAnswers): Promise<void> {
  await transaction.copyIn(
    'lists.staged_aliases',
    ['siei', 'current_siei'],
    answers.aliases.map(({ siei, current }) => copyLine([siei, current])),
  );
  await transaction.copyIn(
    'lists.staged_removals',
    ['siei', 'reason'],
    answers.removals.map(({ siei, reason }) => copyLine([siei, reason])),
  );
}

/** Writes the act of publication, the only one of its campaign or after others, that may be taken back. Gives its number. */
export async function addPublication(
  transaction: Transaction,
  { manifest, sha256 }: PublishableCampaign,
  entries: number,
  { departments, allBut }: PublicationScope,
): Promise<number> {
  await transaction.query(
    'UPDATE lists.publications SET may_take_back = false WHERE may_take_back AND manifest_sha256 <> $1',
    [sha256],
  );
  const { rows } = await transaction.query<{ publication_id: number }>(
    `INSERT INTO lists.publications (campaign, as_of, rule_set, manifest_sha256, entries, departments, may_take_back)
     VALUES ($1, $2, $3, $4, $5, $6, true) RETURNING publication_id`,
    [
      manifest.campaign,
      manifest.asOf,
      `${manifest.ruleSet.id} ${manifest.ruleSet.version}`,
      sha256,
      entries,
      allBut ? null : departments,
    ],
  );
  const publication = rows[0]?.publication_id;
  if (publication === undefined) throw new Error('the publication was not written');
  return publication;
}

/**
 * Brings the entries of a publication in, in the place of the former ones: those that are there first, then the others, for an entry
 * that might be there costs more to write than one that is known not to be.
 */
export async function publishEntries(transaction: Transaction, publication: number): Promise<void> {
  await transaction.query(
    `UPDATE lists.published_entries e SET publication_id = $1, former_publication_id = e.publication_id,
       department = s.department, platform_id = s.platform_id, entry = s.entry
     FROM lists.staged_entries s WHERE s.siei = e.siei`,
    [publication],
  );
  await transaction.query(
    `INSERT INTO lists.published_entries (siei, publication_id, department, platform_id, entry)
     SELECT siei, $1, department, platform_id, entry FROM lists.staged_entries s
     WHERE NOT EXISTS (SELECT FROM lists.published_entries e WHERE e.siei = s.siei)`,
    [publication],
  );
}

/** Empties what was staged: nothing of it outlives the publication. */
export async function clearStaging(transaction: Transaction): Promise<void> {
  await transaction.script(
    'TRUNCATE lists.staged_entries, lists.staged_elsewhere, lists.staged_aliases, lists.staged_removals',
  );
}
