import { APPOINTMENT_MINUTES, type CaseRow } from '@raccroche/contract';
import { ageAt, type CivilDate, daysBetween } from '../../kernel/civil-date.ts';
import { situationUntil } from './legal-clocks.ts';
import { priorityOf } from './priority.ts';
import type { StoredCase } from './tables.ts';

/** Columns of a row of the worklist. */
export const CASE_COLUMNS = [
  'case_id',
  'siei',
  'family_name',
  'usage_name',
  'first_names',
  'sort_name',
  'birth_date',
  'verification',
  'verification_reason',
  'contact',
  'pathway',
  'outcome',
  'obligation',
  'listed',
  'delisted_reason',
  'referent',
  'attempts',
  'last_attempt_at',
  'version',
  'origin_uai',
  'commune',
  'commune_name',
  'last_training',
  'mission_locale',
  'left_on',
  'has_phone',
  'verify_after',
  'interview_at',
  'interview_minutes',
  'interview_mode',
  'interview_place',
  'interview_with',
  'interview_invited',
  'interview_state',
  'interview_held_at',
  'call_back_at',
  'entered_on',
  'joint_interview_at',
  'solution',
  'return_asked_on',
  'summoned_on',
  'confirmed_on',
  'closing_asked_by',
  'closed_by',
  'merged_into',
  'opened_on',
] as const;

type Columns = Pick<StoredCase, (typeof CASE_COLUMNS)[number]>;

/** The earlier of what is set. */
function nextStepOf({ interview_at, call_back_at }: Columns): CaseRow['nextStep'] {
  if (interview_at !== null && (call_back_at === null || interview_at <= call_back_at))
    return { kind: 'interview', at: interview_at };
  return call_back_at === null ? null : { kind: 'call_back', at: call_back_at };
}

/** The interview that is set. What was set before appointments were kept has the usual length. */
function appointmentOf(row: Columns): CaseRow['appointment'] {
  if (row.interview_at === null) return null;
  return {
    minutes: row.interview_minutes ?? APPOINTMENT_MINUTES.usual,
    mode: row.interview_mode,
    place: row.interview_place,
    receivedBy: row.interview_with,
    invited: row.interview_invited ?? ['person'],
    state: row.interview_state ?? 'planned',
  };
}

const ADULT_AGE = 18;

/** A row as the API gives it; `today` tells ages and delays. */
export function toCaseRow(row: Columns, today: CivilDate): CaseRow {
  const age = ageAt(row.birth_date, today);
  const until = situationUntil(row);
  return {
    caseId: row.case_id,
    siei: row.siei,
    familyName: row.family_name,
    usageName: row.usage_name,
    firstNames: row.first_names,
    birthDate: row.birth_date,
    verification: row.verification,
    verificationReason: row.verification_reason,
    contact: row.contact,
    pathway: row.pathway,
    outcome: row.outcome,
    obligation: row.obligation,
    listed: row.listed,
    delistedReason: row.delisted_reason,
    referent: row.referent,
    age,
    minor: age < ADULT_AGE,
    commune: row.commune,
    communeName: row.commune_name,
    lastSchool: row.origin_uai,
    lastTraining: row.last_training,
    leftOn: row.left_on,
    missionLocale: row.mission_locale,
    priority: priorityOf(row, today),
    hasPhone: row.has_phone,
    verifyAfter: row.verify_after,
    interviewAt: row.interview_at,
    appointment: appointmentOf(row),
    interviewHeldAt: row.interview_held_at,
    callBackAt: row.call_back_at,
    jointInterviewAt: row.joint_interview_at,
    solution: row.solution,
    enteredOn: row.entered_on,
    returnAskedOn: row.return_asked_on,
    summonedOn: row.summoned_on,
    closingAskedBy: row.closing_asked_by,
    closedBy: row.closed_by,
    mergedInto: row.merged_into,
    confirmedOn: row.confirmed_on,
    situation: until !== null && today <= until ? 'known' : 'unknown',
    situationUntil: until,
    nextStep: nextStepOf(row),
    daysSinceAttempt:
      row.last_attempt_at === null ? null : daysBetween(row.last_attempt_at.slice(0, 10), today),
    attempts: row.attempts,
    lastAttemptAt: row.last_attempt_at,
    version: row.version,
  };
}
