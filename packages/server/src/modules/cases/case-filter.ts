import type { CaseFilter } from '@raccroche/contract';
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { addDays, addYears, type CivilDate } from '../../kernel/civil-date.ts';
import { sortName } from '../../kernel/sort-name.ts';
import { prioritySql } from './priority.ts';
import type { CasesTables } from './tables.ts';

/** Sorts after every letter that may follow the beginning of a name. */
const AFTER_LETTERS = '\u{10FFFF}';
const ADULT_AGE = 18;
/** The level that stands for itself and all above. */
const ABOVE_BAC = '5';

/** `me` and ages are worked out for this person, on this day. */
export interface FilterContext {
  readonly personId: string;
  readonly today: CivilDate;
}

/** What a filter asks of a case, as conditions that all hold together. */
export function caseConditions(
  filter: CaseFilter,
  { personId, today }: FilterContext,
): Expression<SqlBool>[] {
  const build = expressionBuilder<CasesTables, 'cases.cases'>();
  const conditions: Expression<SqlBool>[] = [];
  for (const axis of ['verification', 'contact', 'pathway', 'obligation', 'commune', 'training'] as const) {
    const wanted = filter[axis];
    if (wanted !== undefined) conditions.push(build(axis, '=', wanted));
  }
  conditions.push(...told(filter));
  if (filter.priority !== undefined)
    conditions.push(sql<boolean>`${prioritySql(today)} = ${filter.priority}`);
  if (filter.listed !== undefined) conditions.push(build('listed', '=', filter.listed));
  if (filter.signalled !== undefined)
    conditions.push(
      build('delisted_reason', filter.signalled ? 'is not distinct from' : 'is distinct from', 'signalled'),
    );
  if (filter.hasPhone !== undefined) conditions.push(build('has_phone', '=', filter.hasPhone));
  if (filter.open !== undefined) conditions.push(build('pathway', filter.open ? '<>' : '=', 'closed'));
  if (filter.interviewed !== undefined)
    conditions.push(build('interview_held_at', filter.interviewed ? 'is not' : 'is', null));
  if (filter.referent === 'nobody') conditions.push(build('referent', 'is', null));
  else if (filter.referent !== undefined)
    conditions.push(build('referent', '=', filter.referent === 'me' ? personId : filter.referent));
  if (filter.minor !== undefined)
    conditions.push(build('birth_date', filter.minor ? '>' : '<=', addYears(today, -ADULT_AGE)));
  if (filter.quietDays !== undefined) {
    const since = `${addDays(today, 1 - filter.quietDays)}T00:00:00Z`;
    conditions.push(sql<boolean>`(last_attempt_at IS NULL OR last_attempt_at < ${since}::timestamptz)`);
  }
  if (filter.enteredWithin !== undefined)
    conditions.push(build('entered_on', '>=', addDays(today, -filter.enteredWithin)));
  if (filter.name !== undefined) {
    const wanted = sortName(filter.name);
    conditions.push(build('sort_name', '>=', wanted), build('sort_name', '<', wanted + AFTER_LETTERS));
  }
  return conditions;
}

/** What lists told besides. */
function told({ school, missionLocale, trainingLevel }: CaseFilter): Expression<SqlBool>[] {
  const build = expressionBuilder<CasesTables, 'cases.cases'>();
  const conditions: Expression<SqlBool>[] = [];
  if (school !== undefined) conditions.push(build('origin_uai', '=', school));
  if (missionLocale !== undefined) conditions.push(build('mission_locale', '=', missionLocale));
  if (trainingLevel === 'unknown') conditions.push(build('training_level', 'is', null));
  else if (trainingLevel !== undefined)
    conditions.push(build('training_level', trainingLevel === ABOVE_BAC ? '>=' : '=', Number(trainingLevel)));
  return conditions;
}
