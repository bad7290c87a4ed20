import type { VIEW_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import { countGroups, dropView, keepView, listOwnViews } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const VIEW_HANDLERS: Pick<GuardedHandlers, keyof typeof VIEW_ROUTES> = {
  caseGroups: async (caller, { query }, { clock }) => ({
    groups: await countGroups(caller, query, todayOf(clock)),
  }),
  ownViews: async (caller, { query }) => ({ views: await listOwnViews(caller, query.platform) }),
  keepView: (caller, { body }) => keepView(caller, body),
  dropView: (caller, { params }) => dropView(caller, params.viewId),
};
