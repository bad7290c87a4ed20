import { type NewSituations, PARTNER_PROPOSALS, type SituationResults } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Caller } from '../../access/index.ts';

type Result = SituationResults['results'][number]['result'];

/**
 * What a partner says of several people, by SIEI number: told on each case's timeline with what is proposed, left for the platform to
 * see. Nothing else of a case changes. `unknown` is all that is said of a number that is not of the partner's platforms.
 */
export async function reportSituations(
  { transaction }: Caller,
  { situations }: NewSituations,
  today: CivilDate,
): Promise<SituationResults> {
  const lines = situations.map((told, index) => ({ told, line: index + 1 }));
  const come = lines.filter(({ told }) => told.on <= today);
  const { rows } = await transaction.query<{ line: number; result: Result }>(
    'SELECT line, result FROM cases.report_situations($1) ORDER BY line',
    [JSON.stringify(come.map(({ told }) => ({ ...told, proposes: PARTNER_PROPOSALS[told.situation] })))],
  );
  const answered = new Map(rows.map(({ line, result }) => [come[line - 1]?.line, result]));
  return { results: lines.map(({ line }) => ({ line, result: answered.get(line) ?? 'not_yet' })) };
}
