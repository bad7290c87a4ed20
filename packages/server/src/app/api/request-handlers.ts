import type { REQUEST_ROUTES } from '@raccroche/contract';
import { answerRequest, readOwnRequests, readRequests } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

/** Access to a case or its transfer, as another platform asks for it. */
export const REQUEST_HANDLERS: GuardedHandlers<keyof typeof REQUEST_ROUTES> = {
  caseRequests: async (caller, { query }) => ({ requests: await readRequests(caller, query.platform) }),
  async answerRequest(caller, { params, body }) {
    await answerRequest(caller, params.askedId, body);
    return { answered: true };
  },
  myRequests: async (caller) => ({ requests: await readOwnRequests(caller) }),
};
