import type { DOCUMENT_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import { makeDocument, makeManySummons, readConsultations } from '../../modules/cases/index.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const DOCUMENT_HANDLERS: Pick<GuardedHandlers, keyof typeof DOCUMENT_ROUTES> = {
  makeDocument: (caller, { params, body }, { clock }) =>
    makeDocument(caller, params.caseId, body, todayOf(clock), clock.now()),
  makeManySummons: (caller, { body }, { clock }) =>
    makeManySummons(caller, body, todayOf(clock), clock.now()),
  caseConsultations: async (caller, { params }) => ({
    consultations: await readConsultations(caller, params.caseId),
  }),
};
