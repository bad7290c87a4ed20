import type { FormerPupil, RefutationReason, Verification } from '@raccroche/contract';
import type { Caller } from '../access/index.ts';

interface PupilRow {
  readonly case_id: string;
  readonly siei: string;
  readonly family_name: string;
  readonly first_names: string[];
  readonly birth_date: string;
  readonly verification: Verification;
  readonly verification_reason: RefutationReason | null;
  readonly listed: boolean;
  readonly destination: FormerPupil['destination'];
  readonly destination_on: string | null;
}

/** What became of the former pupils of the caller's establishments: never how they were contacted. */
export async function readFormerPupils(caller: Caller): Promise<FormerPupil[]> {
  const { rows } = await caller.transaction.query<PupilRow>(
    `SELECT case_id, siei, family_name, first_names, birth_date, verification, verification_reason, listed,
       destination, destination_on
     FROM cases.former_pupils ORDER BY family_name COLLATE "C", case_id`,
  );
  await caller.record(
    'pupil.listed',
    rows.map((row) => row.case_id),
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    siei: row.siei,
    familyName: row.family_name,
    firstNames: row.first_names,
    birthDate: row.birth_date,
    verification: row.verification,
    verificationReason: row.verification_reason,
    listed: row.listed,
    destination: row.destination,
    destinationOn: row.destination_on,
  }));
}
