import type { QUOTA_ROUTES } from '@raccroche/contract';
import {
  answerQuotaRequest,
  askForMore,
  listQuotaRequests,
  readAllowances,
} from '../../modules/access/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

/** More than a day allows, for one person and one day. */
export const QUOTA_HANDLERS: GuardedHandlers<keyof typeof QUOTA_ROUTES> = {
  myAllowances: async (caller) => ({ allowances: await readAllowances(caller) }),
  async askMore(caller, { body }) {
    await askForMore(caller, body.kind, body.purpose);
    return { asked: true };
  },
  quotaRequests: async (caller) => ({ requests: await listQuotaRequests(caller) }),
  async answerQuotaRequest(caller, { params, body }) {
    await answerQuotaRequest(caller, params.quotaRequestId, body);
    return { answered: true };
  },
};
