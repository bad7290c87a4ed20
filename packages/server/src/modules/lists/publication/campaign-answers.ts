import type { CheckCode } from '@raccroche/contract';
import { openCampaign } from '../campaign/open-campaign.ts';

/** The first check that somebody does not pass; or they are in no file; or their number became another's. */
export type RemovalReason = CheckCode | 'absent' | 'merged_number';

/** What a campaign knows of numbers that its lists do not bear. */
export interface CampaignAnswers {
  /** Numbers that became another's: the old one, and the one to read instead. */
  readonly aliases: readonly { readonly siei: string; readonly current: string }[];
  /** Of each number asked, and of what it became: why it would be on no list. */
  readonly removals: readonly { readonly siei: string; readonly reason: RemovalReason }[];
}

/** Asks a finished campaign about these numbers. Throws a RaccrocheError when its tables are damaged. */
export async function askCampaign(folder: string, numbers: readonly string[]): Promise<CampaignAnswers> {
  if (numbers.length === 0) return { aliases: [], removals: [] };
  const { database } = await openCampaign(folder);
  try {
    const asked = numbers.join(',');
    const aliases = await database.all<{ siei: string; current: string }>(
      `SELECT siei, current_siei AS current FROM lists.number_aliases
       WHERE siei IN (SELECT unnest(string_split($1, ','))) ORDER BY siei`,
      [asked],
    );
    const removals = await database.all<{ siei: string; reason: RemovalReason }>(
      `WITH asked AS (SELECT unnest(string_split($1, ',')) AS siei),
       merged AS (SELECT * FROM lists.number_aliases WHERE siei IN (FROM asked))
       SELECT a.siei, CASE WHEN a.siei IN (SELECT siei FROM merged) THEN 'merged_number'
         ELSE coalesce(arg_min(c.check_code, c.ordinal), 'absent') END AS reason
       FROM (FROM asked UNION SELECT current_siei FROM merged) a
       LEFT JOIN lists.numbers n ON n.siei = a.siei
       LEFT JOIN eligibility.checks c ON c.person_id = n.person_id AND NOT c.passed
       GROUP BY a.siei ORDER BY a.siei`,
      [asked],
    );
    return { aliases, removals };
  } finally {
    database.close();
  }
}
