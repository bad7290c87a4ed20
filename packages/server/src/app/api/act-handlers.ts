import type { ACT_ROUTES, DAY_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  addNote,
  answerOfRepresentative,
  askReturn,
  cancelInterview,
  closeCase,
  confirmInterview,
  declineClosing,
  informPerson,
  markContact,
  movePathway,
  postpone,
  readDay,
  reconfirm,
  reopenCase,
  reportInterview,
  setCallBack,
  setInterview,
  setObligation,
} from '../../modules/cases/index.ts';
import { andTell } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';
import { asRow } from './rows.ts';

export const ACT_HANDLERS: Pick<GuardedHandlers, keyof typeof ACT_ROUTES | keyof typeof DAY_ROUTES> = {
  setInterview: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now(), notify: body.notify }, () =>
        setInterview(caller, params.caseId, body, clock.now()),
      ),
    ),
  confirmInterview: (caller, { params, body }, { clock }) =>
    asRow(clock, confirmInterview(caller, params.caseId, body)),
  cancelInterview: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        cancelInterview(caller, params.caseId, body),
      ),
    ),
  reportInterview: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now(), isOver: true }, () =>
        reportInterview(caller, params.caseId, body, clock.now()),
      ),
    ),
  setCallBack: (caller, { params, body }, { clock }) =>
    asRow(clock, setCallBack(caller, params.caseId, body, clock.now())),
  movePathway: (caller, { params, body }, { clock }) =>
    asRow(clock, movePathway(caller, params.caseId, body, todayOf(clock))),
  closeCase: (caller, { params, body }, { clock }) =>
    asRow(
      clock,
      andTell(caller, params.caseId, { now: clock.now() }, () =>
        closeCase(caller, params.caseId, body, todayOf(clock)),
      ),
    ),
  declineClosing: (caller, { params, body }, { clock }) =>
    asRow(clock, declineClosing(caller, params.caseId, body)),
  reopenCase: (caller, { params, body }, { clock }) => asRow(clock, reopenCase(caller, params.caseId, body)),
  setObligation: (caller, { params, body }, { clock }) =>
    asRow(clock, setObligation(caller, params.caseId, body, todayOf(clock))),
  addNote: (caller, { params, body }, { clock }) =>
    asRow(clock, addNote(caller, params.caseId, body, todayOf(clock))),
  markContact: (caller, { params, body }, { clock }) =>
    asRow(clock, markContact(caller, params.caseId, body, todayOf(clock))),
  answerOfRepresentative: (caller, { params, body }, { clock }) =>
    asRow(clock, answerOfRepresentative(caller, params.caseId, body, todayOf(clock))),
  askReturn: (caller, { params, body }, { clock }) =>
    asRow(clock, askReturn(caller, params.caseId, body, todayOf(clock))),
  informPerson: (caller, { params, body }, { clock }) =>
    asRow(clock, informPerson(caller, params.caseId, body)),
  reconfirm: (caller, { params, body }, { clock }) =>
    asRow(clock, reconfirm(caller, params.caseId, body, todayOf(clock))),
  myDay: (caller, { query }, { clock }) => readDay(caller, query, todayOf(clock)),
  postpone: (caller, { params, body }, { clock }) => postpone(caller, params.caseId, body, todayOf(clock)),
};
