import type {
  CaseReferral,
  PersonAnswer,
  ReceivedReferral,
  SolutionKind,
  StructureAnswer,
  StructureRefusal,
} from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import { getCase } from '../change-case.ts';

const ADULT_AGE = 18;

interface AnswerRow {
  readonly answer: StructureAnswer | null;
  readonly reason: StructureRefusal | null;
  readonly again_on: string | null;
  readonly answered_at: string | null;
  readonly person_answer: PersonAnswer | null;
}

export interface ReferralRow extends AnswerRow {
  readonly referral_id: string;
  readonly case_id: string;
  readonly solution: SolutionKind;
  readonly structure: string;
  readonly organisation_id: string | null;
  readonly proposed_by: string;
  readonly proposed_at: string;
}

const answered = (row: AnswerRow) => ({
  answer: row.answer,
  reason: row.reason,
  againOn: row.again_on,
  answeredAt: row.answered_at,
  personAnswer: row.person_answer,
});

/** The proposals of a case that stand, the latest first. */
export async function findReferrals({ transaction }: Caller, caseId: string): Promise<ReferralRow[]> {
  const { rows } = await transaction.query<ReferralRow>(
    'SELECT * FROM cases.referrals_in_force WHERE case_id = $1 ORDER BY case_version DESC',
    [caseId],
  );
  return rows;
}

/** The same for somebody who reads the case; in the trail. Throws `not_found`. */
export async function readReferrals(caller: Caller, caseId: string): Promise<CaseReferral[]> {
  await getCase(caller, caseId);
  const rows = await findReferrals(caller, caseId);
  await caller.record('case.read', [caseId], { to: 'referrals' });
  return rows.map((row) => ({
    ...answered(row),
    referralId: row.referral_id,
    solution: row.solution,
    structure: row.structure,
    answersHere: row.organisation_id !== null,
    proposedAt: row.proposed_at,
    proposedBy: row.proposed_by,
  }));
}

/** Structures that have somebody here to answer, by name; none of a platform that is not the caller's. */
export async function listStructures(
  { transaction }: Caller,
  platform: string,
): Promise<{ organisation: string; name: string }[]> {
  const { rows } = await transaction.query<{ organisation_id: string; name: string }>(
    'SELECT organisation_id, name FROM cases.structures_of($1) ORDER BY name COLLATE "C", organisation_id',
    [platform],
  );
  return rows.map((row) => ({ organisation: row.organisation_id, name: row.name }));
}

interface ReceivedRow extends AnswerRow {
  readonly referral_id: string;
  readonly first_name: string;
  readonly family_name: string;
  readonly age: number;
  readonly commune_name: string | null;
  readonly solution: SolutionKind;
  readonly platform: string;
  readonly proposed_at: string;
  readonly proposed_by: string;
  readonly entered: boolean;
}

/** What is proposed to the caller's structures, without an answer first, then the latest; in the trail. */
export async function readReceived(caller: Caller): Promise<ReceivedReferral[]> {
  const { rows } = await caller.transaction.query<ReceivedRow>(
    `SELECT * FROM cases.received_referrals
     ORDER BY (answer IS NULL) DESC, proposed_at DESC, referral_id LIMIT 500`,
  );
  await caller.record(
    'referral.listed',
    rows.map((row) => row.referral_id),
  );
  return rows.map((row) => ({
    ...answered(row),
    referralId: row.referral_id,
    firstName: row.first_name,
    familyName: row.family_name,
    age: row.age,
    minor: row.age < ADULT_AGE,
    communeName: row.commune_name,
    solution: row.solution,
    platform: row.platform,
    proposedAt: row.proposed_at,
    proposedBy: row.proposed_by,
    entered: row.entered,
  }));
}
