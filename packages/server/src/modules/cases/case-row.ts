import type { CaseRow } from '@raccroche/contract';
import type { Selectable } from 'kysely';
import type { CasesTables } from './tables.ts';

/** Columns of a row of the worklist. */
export const CASE_COLUMNS = [
  'case_id',
  'siei',
  'family_name',
  'usage_name',
  'first_names',
  'sort_name',
  'birth_date',
  'verification',
  'verification_reason',
  'contact',
  'pathway',
  'outcome',
  'obligation',
  'listed',
  'delisted_reason',
  'referent',
  'attempts',
  'last_attempt_at',
  'version',
] as const;

type Columns = Pick<Selectable<CasesTables['cases.cases']>, (typeof CASE_COLUMNS)[number]>;

export function toCaseRow(row: Columns): CaseRow {
  return {
    caseId: row.case_id,
    siei: row.siei,
    familyName: row.family_name,
    usageName: row.usage_name,
    firstNames: row.first_names,
    birthDate: row.birth_date,
    verification: row.verification,
    verificationReason: row.verification_reason,
    contact: row.contact,
    pathway: row.pathway,
    outcome: row.outcome,
    obligation: row.obligation,
    listed: row.listed,
    delistedReason: row.delisted_reason,
    referent: row.referent,
    attempts: row.attempts,
    lastAttemptAt: row.last_attempt_at,
    version: row.version,
  };
}
