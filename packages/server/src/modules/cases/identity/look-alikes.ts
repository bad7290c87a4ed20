import type { CaseDetail } from '@raccroche/contract';
import type { Caller } from '../../access/index.ts';
import { LITIGE_SENTENCES } from '../../lists/index.ts';
import { litigeKind } from './litige-words.ts';

interface LookAlikeRow {
  readonly other: string;
  readonly reasons: string[];
  readonly weight: number | null;
  readonly case_id: string | null;
  readonly family_name: string | null;
  readonly first_names: string[] | null;
  readonly birth_date: string | null;
}

/** What the campaign asks about a person: who else they might be. Names are those of cases that the caller may open. */
export async function readLookAlikes(
  { transaction }: Caller,
  siei: string,
): Promise<CaseDetail['lookAlikes']> {
  const { rows } = await transaction.query<LookAlikeRow>(
    `SELECT l.other, l.reasons, l.weight, c.case_id, c.family_name, c.first_names, c.birth_date
     FROM (SELECT siei_2 AS other, reasons, weight FROM cases.litiges WHERE siei_1 = $1
           UNION ALL SELECT siei_1, reasons, weight FROM cases.litiges WHERE siei_2 = $1 AND siei_1 <> $1) l
     LEFT JOIN cases.cases c ON c.siei = l.other AND l.other <> $1
     ORDER BY l.weight DESC NULLS LAST, l.other`,
    [siei],
  );
  return rows.map((row) => ({
    siei: row.other,
    kind: litigeKind(siei, row.other, row.reasons),
    reasons: row.reasons.map((reason) => LITIGE_SENTENCES[reason] ?? reason),
    weight: row.weight,
    case:
      row.case_id === null
        ? null
        : {
            caseId: row.case_id,
            familyName: row.family_name ?? '',
            firstNames: row.first_names ?? [],
            birthDate: row.birth_date ?? '',
          },
  }));
}
