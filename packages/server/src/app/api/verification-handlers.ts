import type { VERIFICATION_ROUTES } from '@raccroche/contract';
import { countViews, nextToVerify, verifyCase } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { asRow, todayOf } from './rows.ts';

export const VERIFICATION_HANDLERS: Pick<GuardedHandlers, keyof typeof VERIFICATION_ROUTES> = {
  worklistCounts: async (caller, { query }, { clock }) => ({
    counts: await countViews(caller, query.platform, todayOf(clock)),
  }),
  nextToVerify: (caller, { query }, { clock }) =>
    nextToVerify(caller, query.platform, query.limit, todayOf(clock)),
  verify: (caller, { params, body }, { clock }) =>
    asRow(clock, verifyCase(caller, params.caseId, body, todayOf(clock))),
};
