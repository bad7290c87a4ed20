import type { MigrationSet } from '../../platform/postgres/migrations.ts';

/** The face of the module: cases, from a published entry to what people do about it. */
export { assignMany, type DoneToMany, verifyMany } from './acts/act-on-many.ts';
export { addNote } from './acts/add-note.ts';
export { closeCase, declineClosing } from './acts/close-case.ts';
export { askReturn, reconfirm } from './acts/keep-current.ts';
export { answerOfRepresentative, markContact } from './acts/mark-contact.ts';
export { movePathway } from './acts/move-pathway.ts';
export { postpone } from './acts/postpone.ts';
export { reopenCase } from './acts/reopen-case.ts';
export { reportInterview } from './acts/report-interview.ts';
export { setCallBack } from './acts/set-call-back.ts';
export { setInterview } from './acts/set-interview.ts';
export { setObligation } from './acts/set-obligation.ts';
export { answerOnce } from './answer-once.ts';
export { assignCase } from './assign-case.ts';
export { toCaseRow } from './case-row.ts';
export { readCaseloads, setCaseload } from './caseloads.ts';
export type { StoredCase } from './change-case.ts';
export { countViews } from './count-views.ts';
export { askOwner, findElsewhere } from './exchanges/find-elsewhere.ts';
export { handOver, listPlatforms } from './exchanges/hand-over.ts';
export { readCaseNotices, seeCaseNotice } from './exchanges/notices.ts';
export { answerRequest, expireRequests, readOwnRequests, readRequests } from './exchanges/requests.ts';
export { signalPerson } from './exchanges/signal-person.ts';
export { decideLitige, readDecisionsToTell, readLitiges } from './identity/litiges.ts';
export { mergeCases, partCases } from './identity/merge-cases.ts';
export { readIndicators } from './indicators/read-indicators.ts';
export { nextToVerify } from './next-to-verify.ts';
export { openElsewhere } from './open-elsewhere.ts';
export { type PublicationResult, publishCampaign } from './publication/publish-campaign.ts';
export { readCase } from './read-case.ts';
export { readDay } from './read-day.ts';
export { readFormerPupils } from './read-former-pupils.ts';
export { readWorklist } from './read-worklist.ts';
export { recordAttempt } from './record-attempt.ts';
export { remindOfClocks } from './remind-of-clocks.ts';
export { type Found, searchCases } from './search/search-cases.ts';
export { undoLast } from './undo-last.ts';
export { verifyCase } from './verify-case.ts';

export const CASES_MIGRATIONS: MigrationSet = {
  module: 'cases',
  folder: new URL('./migrations/', import.meta.url),
};
export { CASES_RETENTION } from './retention.ts';
