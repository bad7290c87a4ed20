import type { REFERRAL_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  answerReferral,
  listStructures,
  notePersonAnswer,
  noteStructureAnswer,
  propose,
  readReceived,
  readReferrals,
} from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { asRow } from './rows.ts';

export const REFERRAL_HANDLERS: Pick<GuardedHandlers, keyof typeof REFERRAL_ROUTES> = {
  propose: (caller, { params, body }, { clock }) => asRow(clock, propose(caller, params.caseId, body)),
  noteStructureAnswer: (caller, { params, body }, { clock }) =>
    asRow(clock, noteStructureAnswer(caller, params.caseId, body, todayOf(clock))),
  notePersonAnswer: (caller, { params, body }, { clock }) =>
    asRow(clock, notePersonAnswer(caller, params.caseId, body)),
  referrals: async (caller, { params }) => ({ referrals: await readReferrals(caller, params.caseId) }),
  structures: async (caller, { query }) => ({ structures: await listStructures(caller, query.platform) }),
  receivedReferrals: async (caller) => ({ referrals: await readReceived(caller) }),
  async answerReferral(caller, { params, body }, { clock }) {
    await answerReferral(caller, params.referralId, body, todayOf(clock));
    return { answered: true };
  },
};
