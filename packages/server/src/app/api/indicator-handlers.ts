import type { INDICATOR_ROUTES } from '@raccroche/contract';
import { readIndicators } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

/** Counts of nobody, for those who steer. */
export const INDICATOR_HANDLERS: GuardedHandlers<keyof typeof INDICATOR_ROUTES> = {
  indicators: async (caller, { query }) => ({ rows: await readIndicators(caller, query.by) }),
};
