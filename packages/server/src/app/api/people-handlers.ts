import type { PEOPLE_ROUTES } from '@raccroche/contract';
import { listColleagues } from '../../modules/access/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const PEOPLE_HANDLERS: Pick<GuardedHandlers, keyof typeof PEOPLE_ROUTES> = {
  colleagues: async (caller, { query }) => ({ colleagues: await listColleagues(caller, query.platform) }),
};
