import { SAVED_VIEWS, type SavedView } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Caller } from '../access/index.ts';
import { caseConditions } from './case-filter.ts';
import type { CasesTables } from './tables.ts';

/** How many cases of a platform each saved view of the worklist holds, in one reading. Numbers alone: nobody is named. */
export async function countViews(
  caller: Caller,
  platform: string,
  today: CivilDate,
): Promise<Record<SavedView, number>> {
  const context = { personId: caller.personId, today };
  const row = await caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .where('platform_id', '=', platform)
    .select(({ fn, and }) =>
      (Object.keys(SAVED_VIEWS) as SavedView[]).map((view) =>
        fn
          .countAll<number>()
          .filterWhere(and(caseConditions(SAVED_VIEWS[view].filter, context)))
          .as(view),
      ),
    )
    .executeTakeFirstOrThrow();
  return row;
}
