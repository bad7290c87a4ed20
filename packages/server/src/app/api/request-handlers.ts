import type { REQUEST_ROUTES } from '@raccroche/contract';
import {
  answerForDepartment,
  answerRequest,
  findTransferAsked,
  readDepartmentRequests,
  readOwnRequests,
  readRequests,
} from '../../modules/cases/index.ts';
import { freeBeforeLeaving } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { nextPage } from './next-page.ts';

/** Access to a case or its transfer, as another platform asks for it. */
export const REQUEST_HANDLERS: GuardedHandlers<keyof typeof REQUEST_ROUTES> = {
  async caseRequests(caller, { query }) {
    const requests = await readRequests(caller, query.platform, query.after);
    return { requests, next: nextPage(requests, ({ requestId }) => requestId) };
  },
  async answerRequest(caller, { params, body }, { clock }) {
    const left = body.answer === 'granted' ? await findTransferAsked(caller, params.askedId) : undefined;
    const version =
      left === undefined ? body.version : await freeBeforeLeaving(caller, left, body.version, clock.now());
    await answerRequest(caller, params.askedId, { ...body, version });
    return { answered: true };
  },
  async departmentRequests(caller, { query }) {
    const requests = await readDepartmentRequests(caller, query.after);
    return { requests, next: nextPage(requests, ({ requestId }) => requestId) };
  },
  async answerForDepartment(caller, { params, body }) {
    await answerForDepartment(caller, params.askedId, body);
    return { answered: true };
  },
  async myRequests(caller, { query }) {
    const requests = await readOwnRequests(caller, query.after);
    return { requests, next: nextPage(requests, ({ requestId }) => requestId) };
  },
};
