import type { EXCHANGE_ROUTES } from '@raccroche/contract';
import type { Clock } from '../../kernel/clock.ts';
import {
  askOwner,
  assignMany,
  type DoneToMany,
  findElsewhere,
  handOver,
  listPlatforms,
  readCaseNotices,
  seeCaseNotice,
  signalPerson,
  toCaseRow,
  verifyMany,
} from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { todayOf } from './rows.ts';

const asRows = async (clock: Clock, result: Promise<DoneToMany>) => {
  const { done, left } = await result;
  return { done: done.map((row) => toCaseRow(row, todayOf(clock))), left };
};

export const EXCHANGE_HANDLERS: Pick<GuardedHandlers, keyof typeof EXCHANGE_ROUTES> = {
  findElsewhere: (caller, { body }) => findElsewhere(caller, body),
  askOwner: (caller, { body }) => askOwner(caller, body),
  signal: (caller, { body }, { clock }) => signalPerson(caller, body, todayOf(clock)),
  caseNotices: async (caller, { query }) => ({ notices: await readCaseNotices(caller, query) }),
  seeCaseNotice: async (caller, { body }) => ({ seen: await seeCaseNotice(caller, body.noticeId) }),
  platforms: async (caller) => ({ platforms: await listPlatforms(caller) }),
  async handOver(caller, { params, body }) {
    await handOver(caller, params.caseId, body);
    return { handedOver: true };
  },
  bulkAssign: (caller, { body }, { clock }) => asRows(clock, assignMany(caller, body)),
  bulkVerify: (caller, { body }, { clock }) => asRows(clock, verifyMany(caller, body, todayOf(clock))),
};
