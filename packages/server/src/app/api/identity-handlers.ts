import type { IDENTITY_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  decideLitige,
  mergeCases,
  partCases,
  readLitiges,
  withdrawDecision,
} from '../../modules/cases/index.ts';
import { andTell } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { asRow } from './rows.ts';

export const IDENTITY_HANDLERS: Pick<GuardedHandlers, keyof typeof IDENTITY_ROUTES> = {
  litiges: (caller, { query }, { clock }) => readLitiges(caller, query, todayOf(clock)),
  async decideLitige(caller, { body }, { clock }) {
    return { decided: true, decisionId: await decideLitige(caller, body, todayOf(clock)) };
  },
  async withdrawLitigeDecision(caller, { body }) {
    await withdrawDecision(caller, body.decisionId);
    return { withdrawn: true };
  },
  mergeCases: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        mergeCases(caller, params.caseId, body, todayOf(clock)),
      ),
    ),
  partCases: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        partCases(caller, params.caseId, body.version, { today: todayOf(clock), now: clock.now() }),
      ),
    ),
};
