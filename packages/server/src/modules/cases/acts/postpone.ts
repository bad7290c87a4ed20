import { type DayItem, LATER_DAYS_MAX } from '@raccroche/contract';
import { addDays, type CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { getCase } from '../change-case.ts';

/**
 * Takes something off the caller's own day until `until`; null shows it again. Nobody else's day changes, nor the case.
 * Throws `not_found`, `not_possible` for a day gone by or too far.
 */
export async function postpone(
  caller: Caller,
  caseId: string,
  { item, until }: { readonly item: DayItem; readonly until: CivilDate | null },
  today: CivilDate,
): Promise<{ until: CivilDate | null }> {
  await getCase(caller, caseId);
  const { transaction, personId } = caller;
  if (until === null)
    await transaction.query(
      'DELETE FROM cases.postponements WHERE person_id = $1 AND case_id = $2 AND item = $3',
      [personId, caseId, item],
    );
  else {
    if (until <= today || until > addDays(today, LATER_DAYS_MAX))
      throw new RaccrocheError('not_possible', `Choisissez un jour des ${LATER_DAYS_MAX} prochains.`);
    await transaction.query(
      `INSERT INTO cases.postponements (person_id, case_id, item, until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id, case_id, item) DO UPDATE SET until = excluded.until`,
      [personId, caseId, item, until],
    );
  }
  await caller.record('case.postponed', [caseId], { item });
  return { until };
}
