import type { MAP_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import { countGroups } from '../../modules/cases/index.ts';
import { centresOf } from '../places/centres.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const MAP_HANDLERS: Pick<GuardedHandlers, keyof typeof MAP_ROUTES> = {
  async communeCentres(caller, { query: { platform } }, { clock }) {
    const groups = await countGroups(caller, { platform, by: 'commune' }, todayOf(clock));
    return { centres: await centresOf(groups.flatMap(({ value }) => value ?? [])) };
  },
};
