import type { SEARCH_ROUTES, VERIFICATION_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import { countViews, nextToVerify, searchCases, verifyCase } from '../../modules/cases/index.ts';
import { andTell } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { asRow } from './rows.ts';

export const VERIFICATION_HANDLERS: Pick<
  GuardedHandlers,
  keyof typeof VERIFICATION_ROUTES | keyof typeof SEARCH_ROUTES
> = {
  worklistCounts: async (caller, { query }, { clock }) => ({
    counts: await countViews(caller, query.platform, todayOf(clock)),
  }),
  nextToVerify: (caller, { query }, { clock }) =>
    nextToVerify(caller, query.platform, query.limit, todayOf(clock)),
  search: async (caller, { query }, { clock }) => ({
    found: await searchCases(caller, query.q, todayOf(clock)),
  }),
  verify: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        verifyCase(caller, params.caseId, body, todayOf(clock)),
      ),
    ),
};
