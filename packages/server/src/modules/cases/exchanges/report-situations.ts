import { type NewSituations, PARTNER_PROPOSALS, type SituationResults } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Caller } from '../../access/index.ts';

type Result = SituationResults['results'][number]['result'];

/**
 * What a partner says of several people, by SIEI number: told on each case's timeline with what is proposed, left for the platform to
 * see. Nothing else of a case changes. `unknown` is all that is said of a number that is not of the partner's platforms.
 */
export async function reportSituations(
  caller: Caller,
  { situations }: NewSituations,
  today: CivilDate,
): Promise<SituationResults> {
  const results: Result[] = [];
  for (const { siei, situation, on } of situations) {
    if (on > today) {
      results.push('not_yet');
      continue;
    }
    const { rows } = await caller.transaction.query<{ result: Result }>(
      'SELECT cases.report_situation($1, $2, $3, $4) AS result',
      [siei, situation, on, JSON.stringify(PARTNER_PROPOSALS[situation])],
    );
    results.push(rows[0]?.result ?? 'unknown');
  }
  // How many numbers led nowhere tells whoever watches that somebody tries numbers.
  const count = (wanted: Result) => results.filter((result) => result === wanted).length;
  await caller.record('partner.situations', [], {
    lines: results.length,
    accepted: count('accepted'),
    unknown: count('unknown'),
  });
  return { results: results.map((result, index) => ({ line: index + 1, result })) };
}
