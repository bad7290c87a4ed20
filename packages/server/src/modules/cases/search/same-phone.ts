import type { CaseDetail } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';

/** Others, among those whom the caller may see, whom a telephone of this case reaches: one number, several people. */
export async function readSamePhone(
  { transaction }: Caller,
  caseId: string,
): Promise<CaseDetail['samePhone']> {
  const { rows } = await transaction.query<{
    phone: string;
    case_id: string;
    family_name: string;
    first_names: string[];
  }>(
    `SELECT k.phone, c.case_id, c.family_name, c.first_names
     FROM cases.phone_keys k JOIN cases.cases c USING (case_id)
     WHERE k.phone = ANY (ARRAY(SELECT phone FROM cases.phone_keys WHERE case_id = $1)) AND k.case_id <> $1
     ORDER BY k.phone, c.sort_name, c.case_id LIMIT 20`,
    [caseId],
  );
  return rows.map((row) => ({
    phone: row.phone,
    caseId: row.case_id,
    familyName: row.family_name,
    firstNames: row.first_names,
  }));
}
