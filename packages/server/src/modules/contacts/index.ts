import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: what is written to people about a case, from the act that gives cause for it until it has left. */
export { tellOfAppointment } from './appointments/tell.ts';
export type { Telling } from './appointments/told.ts';
export { enqueueMessage, type NewMessage, withdrawMessages } from './outbox.ts';
export { readMessages } from './read-messages.ts';
export { CONTACTS_RETENTION } from './retention.ts';
export {
  answerAsHead,
  answerSchoolLink,
  openSchoolLink,
  readSchoolAnswers,
  readSchoolPupils,
  seeSchoolAnswer,
} from './schools/answers.ts';
export { askSchool, readCaseSchool } from './schools/ask-school.ts';
export { readSchoolContacts, setSchoolContact } from './schools/contacts-of-schools.ts';
export { printSchoolLetter } from './schools/print-letter.ts';
export { sendSchoolQuestions } from './schools/send-questions.ts';
export { type SendReport, sendDueMessages } from './send-due.ts';

export const CONTACTS_MIGRATIONS: MigrationSet = {
  module: 'contacts',
  folder: new URL('./migrations/', import.meta.url),
};
