import type { EXPORT_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import { exportCases, readExportTerms } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const EXPORT_HANDLERS: Pick<GuardedHandlers, keyof typeof EXPORT_ROUTES> = {
  exportTerms: (caller, { query }, { clock }) => readExportTerms(caller, query, todayOf(clock)),
  exportCases: (caller, { body }, { clock }) => exportCases(caller, body, todayOf(clock)),
};
