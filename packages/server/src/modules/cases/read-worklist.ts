import type { CaseRow, WorklistQuery } from '@raccroche/contract';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Caller } from '../access/index.ts';
import { caseConditions } from './case-filter.ts';
import { CASE_COLUMNS, toCaseRow } from './case-row.ts';
import { type News, readPartnerNews } from './partner-news.ts';
import { pressingOf, pressingSql } from './priority.ts';
import type { CasesTables, StoredCase } from './tables.ts';
import { type Cursor, readCursor, writeCursor } from './worklist-cursor.ts';

type Query<O> = SelectQueryBuilder<CasesTables, 'cases.cases', O>;

/**
 * A page of a platform's cases, in a total order: no page repeats or skips anybody who does not move meanwhile.
 * Sorted by last attempt, those who were never called come first. `today` tells who is a minor.
 * The read is written in the trail with the ids on the page. Throws `bad_request` for a cursor that is none.
 */
export async function readWorklist(
  caller: Caller,
  query: WorklistQuery,
  today: CivilDate,
): Promise<{ cases: CaseRow[]; news: News[]; next: string | null }> {
  const all = caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .select(CASE_COLUMNS)
    .where('platform_id', '=', query.platform)
    .where(({ and }) => and(caseConditions(query, { personId: caller.personId, today })));
  const rows = await paged(all, query, today).execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  await caller.record(
    'case.listed',
    page.map(({ case_id }) => case_id),
    { platform: query.platform },
  );
  return {
    cases: page.map((row) => toCaseRow(row, today)),
    news: await readPartnerNews(
      caller,
      page.map(({ case_id }) => case_id),
    ),
    next:
      last && rows.length > query.limit
        ? writeCursor([placeOf(last, query.sort, today), last.case_id])
        : null,
  };
}

/** What a row is sorted by. */
function placeOf(
  row: Pick<StoredCase, (typeof CASE_COLUMNS)[number]>,
  sort: WorklistQuery['sort'],
  today: CivilDate,
): string | null {
  if (sort === 'name') return row.sort_name;
  return sort === 'priority' ? pressingOf(row, today) : row.last_attempt_at;
}

function paged<O>(select: Query<O>, { sort, cursor, limit }: WorklistQuery, today: CivilDate): Query<O> {
  const from = cursor === undefined ? undefined : readCursor(cursor);
  // One more than asked tells whether there is a next page.
  const more = limit + 1;
  if (sort === 'name')
    return (from ? select.where(afterName(from)) : select)
      .orderBy('sort_name')
      .orderBy('case_id')
      .limit(more);
  if (sort === 'priority') {
    const pressing = pressingSql(today);
    return (
      from ? select.where(sql<boolean>`(${pressing}, case_id) > (${from[0] ?? ''}, ${from[1]})`) : select
    )
      .orderBy(pressing)
      .orderBy('case_id')
      .limit(more);
  }
  return (from ? select.where(afterAttempt(from)) : select)
    .orderBy('last_attempt_at', (order) => order.asc().nullsFirst())
    .orderBy('case_id')
    .limit(more);
}

const afterName = ([name, caseId]: Cursor) => sql<boolean>`(sort_name, case_id) > (${name ?? ''}, ${caseId})`;

const afterAttempt = ([at, caseId]: Cursor) =>
  at === null
    ? sql<boolean>`(last_attempt_at IS NOT NULL OR case_id > ${caseId})`
    : sql<boolean>`(last_attempt_at, case_id) > (${at}, ${caseId})`;
