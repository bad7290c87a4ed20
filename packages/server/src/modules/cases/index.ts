import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: cases, from a published entry to what people do about it. */
export { actOnCase } from './act-on-case.ts';
export { assignMany, type DoneToMany, toEach } from './acts/act-on-many.ts';
export { addNote } from './acts/add-note.ts';
export { closeCase, declineClosing } from './acts/close-case.ts';
export { informPerson } from './acts/inform-person.ts';
export { askReturn, reconfirm } from './acts/keep-current.ts';
export { cancelInterview, confirmInterview } from './acts/keep-interview.ts';
export { answerOfRepresentative, markContact } from './acts/mark-contact.ts';
export { movePathway } from './acts/move-pathway.ts';
export { postpone } from './acts/postpone.ts';
export { reopenCase } from './acts/reopen-case.ts';
export { reportInterview } from './acts/report-interview.ts';
export { setCallBack } from './acts/set-call-back.ts';
export { setInterview } from './acts/set-interview.ts';
export { setObligation } from './acts/set-obligation.ts';
export { endFeed, findFeed, openFeed, readCalendar } from './agenda/calendar-feed.ts';
export { findConflicts, findFreeSlots } from './agenda/find-slots.ts';
export { readAgenda } from './agenda/read-agenda.ts';
export { readReception, setReception } from './agenda/receptions.ts';
export { answerOnce } from './answer-once.ts';
export { assignCase } from './assign-case.ts';
export { toCaseRow } from './case-row.ts';
export { readCaseloads, setCaseload } from './caseloads.ts';
export { getCase, readCases, type StoredCase } from './change-case.ts';
export { countViews } from './count-views.ts';
export { makeDocument, makeManySummons } from './documents/make-document.ts';
export { readConsultations } from './documents/read-consultations.ts';
export { askOwner, findElsewhere } from './exchanges/find-elsewhere.ts';
export { handOver, listPlatforms } from './exchanges/hand-over.ts';
export { readCaseNotices, seeCaseNotice } from './exchanges/notices.ts';
export { reportSituations } from './exchanges/report-situations.ts';
export {
  answerForDepartment,
  answerRequest,
  expireRequests,
  findTransferAsked,
  readDepartmentRequests,
  readOwnRequests,
  readRequests,
} from './exchanges/requests.ts';
export { signalPerson } from './exchanges/signal-person.ts';
export { exportCases, readExportTerms } from './export/export-cases.ts';
export { decideLitige, readDecisionsToTell, withdrawDecision } from './identity/decide-litige.ts';
export { readLitiges } from './identity/litiges.ts';
export { mergeCases, partCases } from './identity/merge-cases.ts';
export { readIndicators } from './indicators/read-indicators.ts';
export { readMeeting, readMeetings } from './meetings/agenda.ts';
export { decideInMeeting, undoMeetingDecision } from './meetings/decide.ts';
export { changeMeeting, openMeeting } from './meetings/meetings.ts';
export { nextToVerify } from './next-to-verify.ts';
export { openElsewhere } from './open-elsewhere.ts';
export { countByDepartment } from './publication/count-by-department.ts';
export {
  type PublicationChoice,
  type PublicationResult,
  publishCampaign,
  publishDepartments,
} from './publication/publish-campaign.ts';
export {
  countTakingBack,
  type TakingBackCounts,
  type TakingBackResult,
  takeBack,
} from './publication/take-back.ts';
export { readCase } from './read-case.ts';
export { readContacts } from './read-contacts.ts';
export { readDay } from './read-day.ts';
export { readFormerPupils } from './read-former-pupils.ts';
export { readWorklist } from './read-worklist.ts';
export { recordAttempt } from './record-attempt.ts';
export { answerReferral, notePersonAnswer, noteStructureAnswer } from './referrals/answer.ts';
export { propose } from './referrals/propose.ts';
export { listStructures, readReceived, readReferrals } from './referrals/read-referrals.ts';
export { remindOfClocks } from './remind-of-clocks.ts';
export { type Found, searchCases } from './search/search-cases.ts';
export { undoLast } from './undo-last.ts';
export { verifyCase } from './verify-case.ts';
export { countGroups } from './views/count-groups.ts';
export { dropView, keepView, listOwnViews } from './views/own-views.ts';

export const CASES_MIGRATIONS: MigrationSet = {
  module: 'cases',
  folder: new URL('./migrations/', import.meta.url),
};
export { CASES_RETENTION } from './retention.ts';
