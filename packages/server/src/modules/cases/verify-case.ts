import { type NewVerification, VERIFICATION_TRANSITIONS, type Verification } from '@raccroche/contract';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from '../access/index.ts';
import { NO_INTERVIEW, pathwayWithoutInterview } from './agenda/appointment.ts';
import { type CaseAct, changeCase, getCase, type StoredCase } from './change-case.ts';
import { canMove, requireOpen } from './transitions.ts';

/** Days for which somebody is put off when nobody says until when. */
const DEFERRED_DAYS = 7;

/**
 * Says whether somebody of the list is without a solution. Confirmed: to be followed. Refuted with its reason: the case is
 * closed, except when they moved: the next campaign brings them to their new platform; no interview stays set. Later: comes back on the day said.
 * Throws `not_found`, `conflict`, `not_possible` (closed case, a move that the axis does not have, a day gone by).
 */
export async function verifyCase(
  caller: Caller,
  caseId: string,
  asked: NewVerification,
  today: CivilDate,
): Promise<StoredCase> {
  const before = await getCase(caller, caseId);
  requireOpen(before);
  return changeCase(caller, before, asked.version, actOf(caller, before, asked, today));
}

function actOf(caller: Caller, before: StoredCase, asked: NewVerification, today: CivilDate): CaseAct {
  if (asked.decision === 'later')
    return deferred(before, asked.until ?? addDays(today, DEFERRED_DAYS), today);
  const to: Verification = asked.decision === 'confirm' ? 'confirmed' : 'refuted';
  if (!canMove(VERIFICATION_TRANSITIONS, before.verification, to))
    throw new RaccrocheError('not_possible', 'Ce dossier est déjà vérifié ainsi.');
  const { reason, establishment, commune } = asked;
  return {
    kind: to,
    details: {
      ...(reason ? { reason } : {}),
      ...(establishment ? { establishment } : {}),
      ...(commune ? { commune } : {}),
    },
    change: {
      verification: to,
      verification_reason: reason ?? null,
      verify_after: null,
      confirmed_on: today,
      ...(to === 'refuted' && before.interview_at !== null
        ? { ...NO_INTERVIEW, pathway: pathwayWithoutInterview(before) }
        : {}),
      ...(to === 'refuted' && reason !== 'moved'
        ? {
            pathway: 'closed' as const,
            outcome: 'refuted' as const,
            closed_by_human: true,
            closed_by: caller.personId,
            closed_on: today,
          }
        : {}),
    },
  };
}

function deferred(before: StoredCase, until: CivilDate, today: CivilDate): CaseAct {
  if (before.verification !== 'to_verify')
    throw new RaccrocheError('not_possible', 'Ce dossier est déjà vérifié.');
  if (until <= today)
    throw new RaccrocheError('not_possible', 'Choisissez un jour à venir pour reprendre cette vérification.');
  return { kind: 'verification_deferred', details: { until }, change: { verify_after: until } };
}
