import type { WATCH_ROUTES } from '@raccroche/contract';
import {
  countUnseenNotices,
  listNotices,
  listOpenings,
  listReaders,
  listUnusualReading,
  seeNotices,
} from '../../modules/access/index.ts';
import { openElsewhere } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { nextPage } from './next-page.ts';

const DAY_MS = 86_400_000;

/** Cases opened outside of one's zone, what is told to whom, and who read what. */
export const WATCH_HANDLERS: GuardedHandlers<keyof typeof WATCH_ROUTES> = {
  openElsewhere: (caller, { body }) => openElsewhere(caller, body),
  async openings(caller, { query }) {
    const openings = await listOpenings(caller, query.after);
    return { openings, next: nextPage(openings, ({ openingId }) => openingId) };
  },
  notices: async (caller, { query }) => ({ notices: await listNotices(caller, query.before) }),
  unseenNotices: async (caller) => ({ count: await countUnseenNotices(caller) }),
  async seeNotices(caller, { body }) {
    await seeNotices(caller, body.upTo);
    return { seen: true };
  },
  async unusualReading(caller, { query }, { clock }) {
    const since = new Date(Date.parse(clock.now()) - query.days * DAY_MS).toISOString().slice(0, 10);
    return { days: await listUnusualReading(caller, since) };
  },
  caseReaders: async (caller, { params }) => ({ readers: await listReaders(caller, params.caseId) }),
};
