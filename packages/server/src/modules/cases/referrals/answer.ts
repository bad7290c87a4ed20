import {
  type NotedReply,
  PATHWAY_TRANSITIONS,
  type PersonReply,
  type StructureReply,
} from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import { actOnCase } from '../act-on-case.ts';
import type { CaseAct, StoredCase } from '../change-case.ts';
import { canMove, requireMove, requireOpen } from '../transitions.ts';
import { findReferrals, type ReferralRow } from './read-referrals.ts';

/** Notes what a structure said to the platform. Throws `not_found`, `conflict`, `not_possible`. */
export async function noteStructureAnswer(
  caller: Caller,
  caseId: string,
  { version, referralId, answer, reason, againOn }: NotedReply,
  today: CivilDate,
): Promise<StoredCase> {
  requireToCome(againOn, today);
  const after = await actOnCase(caller, caseId, version, async (before) => {
    requireOpen(before);
    const { one } = await openReferral(caller, caseId, referralId);
    return {
      kind: 'structure_answered',
      details: {
        structure: one.structure,
        answer,
        ...(reason ? { refusal: reason } : {}),
        ...(againOn ? { on: againOn } : {}),
      },
      change: {},
    };
  });
  await keepAnswer(caller, after, { referralId, whose: 'structure', answer, reason, againOn });
  return after;
}

/**
 * Notes what the person answers: the proposal becomes the solution of the case, or, when nothing else is proposed, the diagnosis
 * is taken up again. Throws `not_found`, `conflict`, `not_possible`.
 */
export async function notePersonAnswer(
  caller: Caller,
  caseId: string,
  { version, referralId, answer }: PersonReply,
): Promise<StoredCase> {
  const after = await actOnCase(caller, caseId, version, async (before) => {
    requireOpen(before);
    const { one, others } = await openReferral(caller, caseId, referralId);
    return answer === 'accepts' ? accepted(before, one) : declined(before, one, others);
  });
  await keepAnswer(caller, after, { referralId, whose: 'person', answer });
  return after;
}

function accepted(before: StoredCase, { solution, structure, answer }: ReferralRow): CaseAct {
  requireMove(PATHWAY_TRANSITIONS, before.pathway, 'accepted');
  if (answer === 'refuses') throw new RaccrocheError('not_possible', 'La structure a répondu non.');
  return { kind: 'accepted', details: { solution, structure }, change: { pathway: 'accepted', solution } };
}

function declined(before: StoredCase, one: ReferralRow, others: readonly ReferralRow[]): CaseAct {
  const isLast = !others.some(({ answer }) => answer !== 'refuses');
  const goesBack = isLast && canMove(PATHWAY_TRANSITIONS, before.pathway, 'diagnosis');
  return {
    kind: 'declined',
    details: { solution: one.solution, structure: one.structure },
    change: goesBack ? { pathway: 'diagnosis', solution: null } : {},
  };
}

/** The structure answers by itself: an event of the case, whose rest it does not see. Throws `not_found`, `not_possible`. */
export async function answerReferral(
  { transaction }: Caller,
  referralId: string,
  { answer, reason, againOn }: StructureReply,
  today: CivilDate,
): Promise<void> {
  requireToCome(againOn, today);
  await transaction.query('SELECT cases.answer_referral($1, $2, $3, $4)', [
    referralId,
    answer,
    reason ?? null,
    againOn ?? null,
  ]);
}

function requireToCome(day: CivilDate | undefined, today: CivilDate): void {
  if (day !== undefined && day <= today) throw new RaccrocheError('not_possible', 'Dites un jour à venir.');
}

/** The proposal and the others, to none of which the person has answered. */
async function openReferral(
  caller: Caller,
  caseId: string,
  referralId: string,
): Promise<{ one: ReferralRow; others: ReferralRow[] }> {
  const open = (await findReferrals(caller, caseId)).filter(({ person_answer }) => person_answer === null);
  const one = open.find(({ referral_id }) => referral_id === referralId);
  if (!one)
    throw new RaccrocheError(
      'not_possible',
      'Cette proposition n’existe pas, ou la personne y a déjà répondu.',
    );
  return { one, others: open.filter((other) => other !== one) };
}

async function keepAnswer(
  { transaction, personId }: Caller,
  { case_id, version }: StoredCase,
  given: {
    readonly referralId: string;
    readonly whose: 'structure' | 'person';
    readonly answer: string;
    readonly reason?: string | undefined;
    readonly againOn?: string | undefined;
  },
): Promise<void> {
  await transaction.query(
    `INSERT INTO cases.referral_answers (case_id, case_version, referral_id, whose, answer, reason, again_on, given_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      case_id,
      version,
      given.referralId,
      given.whose,
      given.answer,
      given.reason ?? null,
      given.againOn ?? null,
      personId,
    ],
  );
}
