import { CaseRow } from './case-shapes.ts';
import { CaseParams } from './route-definition.ts';

/** What every act on a case has in common. */
export const CASE_ACT = {
  method: 'POST',
  access: 'case.act',
  params: CaseParams,
  response: CaseRow,
  errors: ['not_found', 'conflict', 'not_possible'],
} as const;
