import type { CaseRow, WorklistQuery } from '@raccroche/contract';
import { type SelectQueryBuilder, sql } from 'kysely';
import { addYears, type CivilDate } from '../../kernel/civil-date.ts';
import { sortName } from '../../kernel/sort-name.ts';
import type { Caller } from '../access/index.ts';
import { CASE_COLUMNS, toCaseRow } from './case-row.ts';
import type { CasesTables } from './tables.ts';
import { type Cursor, readCursor, writeCursor } from './worklist-cursor.ts';

/** Sorts after every letter that may follow the beginning of a name. */
const AFTER_LETTERS = '\u{10FFFF}';
const ADULT_AGE = 18;

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
): Promise<{ cases: CaseRow[]; next: string | null }> {
  const all = caller.transaction
    .tables<CasesTables>()
    .selectFrom('cases.cases')
    .select(CASE_COLUMNS)
    .where('platform_id', '=', query.platform);
  const rows = await paged(filtered(all, caller, query, today), query).execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  await caller.record(
    'case.listed',
    page.map(({ case_id }) => case_id),
    { platform: query.platform },
  );
  return {
    cases: page.map(toCaseRow),
    next:
      last && rows.length > query.limit
        ? writeCursor([query.sort === 'name' ? last.sort_name : last.last_attempt_at, last.case_id])
        : null,
  };
}

function filtered<O>(all: Query<O>, caller: Caller, query: WorklistQuery, today: CivilDate): Query<O> {
  let select = all;
  if (query.verification) select = select.where('verification', '=', query.verification);
  if (query.contact) select = select.where('contact', '=', query.contact);
  if (query.pathway) select = select.where('pathway', '=', query.pathway);
  if (query.referent === 'nobody') select = select.where('referent', 'is', null);
  else if (query.referent)
    select = select.where('referent', '=', query.referent === 'me' ? caller.personId : query.referent);
  if (query.minor !== undefined)
    select = select.where('birth_date', query.minor ? '>' : '<=', addYears(today, -ADULT_AGE));
  if (query.name !== undefined) {
    const wanted = sortName(query.name);
    select = select.where('sort_name', '>=', wanted).where('sort_name', '<', wanted + AFTER_LETTERS);
  }
  return select;
}

function paged<O>(select: Query<O>, { sort, cursor, limit }: WorklistQuery): Query<O> {
  const from = cursor === undefined ? undefined : readCursor(cursor);
  // One more than asked tells whether there is a next page.
  const more = limit + 1;
  if (sort === 'name')
    return (from ? select.where(afterName(from)) : select)
      .orderBy('sort_name')
      .orderBy('case_id')
      .limit(more);
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
