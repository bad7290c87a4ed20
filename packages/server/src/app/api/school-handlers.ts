import type { SCHOOL_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  answerAsHead,
  answerSchoolLink,
  askSchool,
  openSchoolLink,
  printSchoolLetter,
  readCaseSchool,
  readSchoolAnswers,
  readSchoolContacts,
  readSchoolPupils,
  seeSchoolAnswer,
  setSchoolContact,
} from '../../modules/contacts/index.ts';
import { findCommunes } from './communes.ts';
import type { GuardedHandlers, OpenHandlers } from './handler-types.ts';
import { asRow } from './rows.ts';

type Open = 'openSchoolLink' | 'answerSchoolLink';

/** Without an account: what the link opens, and nothing else. */
export const OPEN_SCHOOL_HANDLERS: OpenHandlers<Open> = {
  openSchoolLink: ({ database }, { body }) => openSchoolLink(database, body.token),
  answerSchoolLink: async ({ database }, { body }) => ({ remaining: await answerSchoolLink(database, body) }),
};

export const SCHOOL_HANDLERS: Pick<GuardedHandlers, Exclude<keyof typeof SCHOOL_ROUTES, Open>> = {
  askSchool: (caller, { params: { caseId }, body }, { clock }) =>
    asRow(clock, askSchool(caller, caseId, body, todayOf(clock))),
  schoolLetter: (caller, { params: { caseId } }) => printSchoolLetter(caller, caseId),
  caseSchool: (caller, { params: { caseId } }) => readCaseSchool(caller, caseId),
  schoolAnswers: async (caller, { query: { platform } }, { clock }) => ({
    answers: await readSchoolAnswers(caller, platform, todayOf(clock)),
  }),
  seeSchoolAnswer: async (caller, { body }) => ({ seen: await seeSchoolAnswer(caller, body.questionId) }),
  communes: async (_caller, { query: { q } }) => ({ communes: findCommunes(q) }),
  schoolPupils: async (caller) => ({ pupils: await readSchoolPupils(caller) }),
  async answerAsHead(caller, { body }) {
    await answerAsHead(caller, body);
    return { answered: true };
  },
  schoolContacts: async (caller) => ({ schools: await readSchoolContacts(caller) }),
  async setSchoolContact(caller, { body }) {
    await setSchoolContact(caller, body);
    return { set: true };
  },
};
