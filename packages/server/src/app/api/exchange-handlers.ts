import type { BulkVerification, EXCHANGE_ROUTES } from '@raccroche/contract';
import type { Clock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import type { Caller } from '../../modules/access/index.ts';
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
  toEach,
  verifyCase,
} from '../../modules/cases/index.ts';
import { andTell, freeBeforeLeaving } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { nextPage } from './next-page.ts';

const asRows = async (clock: Clock, result: Promise<DoneToMany>) => {
  const { done, left } = await result;
  return { done: done.map((row) => toCaseRow(row, todayOf(clock))), left };
};

/** Verifies several cases alike. Each is done whole or left out with its reason. */
const verifyMany = (
  caller: Caller,
  { cases, decision, reason }: BulkVerification,
  clock: Clock,
): Promise<DoneToMany> =>
  toEach(cases, ({ caseId, version }) =>
    andTell(caller, caseId, { now: clock.now() }, () =>
      verifyCase(caller, caseId, { version, decision, ...(reason ? { reason } : {}) }, todayOf(clock)),
    ),
  );

export const EXCHANGE_HANDLERS: Pick<GuardedHandlers, keyof typeof EXCHANGE_ROUTES> = {
  findElsewhere: (caller, { body }) => findElsewhere(caller, body),
  askOwner: (caller, { body }) => askOwner(caller, body),
  signal: (caller, { body }, { clock }) => signalPerson(caller, body, todayOf(clock)),
  async caseNotices(caller, { query }) {
    const notices = await readCaseNotices(caller, query);
    return { notices, next: nextPage(notices, ({ noticeId }) => noticeId) };
  },
  seeCaseNotice: async (caller, { body }) => ({ seen: await seeCaseNotice(caller, body.noticeId) }),
  platforms: async (caller) => ({ platforms: await listPlatforms(caller) }),
  async handOver(caller, { params, body }, { clock }) {
    const version = await freeBeforeLeaving(caller, params.caseId, body.version, clock.now());
    await handOver(caller, params.caseId, { ...body, version });
    return { handedOver: true };
  },
  bulkAssign: (caller, { body }, { clock }) => asRows(clock, assignMany(caller, body)),
  bulkVerify: (caller, { body }, { clock }) => asRows(clock, verifyMany(caller, body, clock)),
};
