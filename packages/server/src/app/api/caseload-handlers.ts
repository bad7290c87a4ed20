import type { CASELOAD_ROUTES } from '@raccroche/contract';
import { readCaseloads, setCaseload } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

/** How many cases each follows. */
export const CASELOAD_HANDLERS: GuardedHandlers<keyof typeof CASELOAD_ROUTES> = {
  caseloads: (caller, { query }) => readCaseloads(caller, query.platform),
  setCaseload: (caller, { body }) => setCaseload(caller, body),
};
