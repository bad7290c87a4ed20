import type { CaseFilter, CaseGrouping } from '@raccroche/contract';
import { sql } from 'kysely';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import type { Caller } from '../../access/index.ts';
import { caseConditions } from '../case-filter.ts';
import type { CasesTables } from '../tables.ts';

const COLUMNS = {
  verification: 'verification',
  contact: 'contact',
  pathway: 'pathway',
  commune: 'commune',
  school: 'origin_uai',
  training: 'training',
} as const satisfies Record<CaseGrouping, string>;

export interface CaseGroup {
  readonly value: string | null;
  readonly name: string | null;
  readonly count: number;
}

/** How many cases of a filtered worklist stand in each group, the largest first. Numbers alone: nobody is named. */
export async function countGroups(
  caller: Caller,
  { platform, by, ...filter }: CaseFilter & { readonly platform: string; readonly by: CaseGrouping },
  today: CivilDate,
): Promise<CaseGroup[]> {
  const column = COLUMNS[by];
  return caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .where('platform_id', '=', platform)
    .where(({ and }) => and(caseConditions(filter, { personId: caller.personId, today })))
    .select(({ fn, ref }) => [
      sql<string | null>`${ref(column)}`.as('value'),
      by === 'commune' ? fn.max('commune_name').as('name') : sql<string | null>`NULL`.as('name'),
      fn.countAll<number>().as('count'),
    ])
    .groupBy(column)
    .orderBy('count', 'desc')
    .orderBy('value')
    .execute();
}
