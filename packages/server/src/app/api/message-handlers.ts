import type { MESSAGE_ROUTES } from '@raccroche/contract';
import { getCase } from '../../modules/cases/index.ts';
import { readMessages } from '../../modules/contacts/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const MESSAGE_HANDLERS: Pick<GuardedHandlers, keyof typeof MESSAGE_ROUTES> = {
  async caseMessages(caller, { params: { caseId } }) {
    await getCase(caller, caseId);
    return { messages: await readMessages(caller, caseId) };
  },
};
