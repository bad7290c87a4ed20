import { sortName } from '../../kernel/sort-name.ts';
import type { Transaction } from '../../platform/postgres/database.ts';

export interface Subject {
  readonly caseId: string;
  readonly siei: string;
  readonly department: string;
}

/** Cases of whoever has exactly this name and birth date, accents and case aside. Under the officer's role. */
export async function findSubjects(
  officer: Transaction,
  asked: { readonly familyName: string; readonly firstName: string; readonly birthDate: string },
): Promise<Subject[]> {
  const { rows } = await officer.query<{
    case_id: string;
    siei: string;
    department: string;
    family_name: string;
    usage_name: string | null;
    first_names: string[];
  }>(
    `SELECT case_id, siei, department, family_name, usage_name, first_names FROM cases.cases
     WHERE birth_date = $1 ORDER BY siei`,
    [asked.birthDate],
  );
  const [family, first] = [sortName(asked.familyName), sortName(asked.firstName)];
  return rows
    .filter(
      (row) =>
        [row.family_name, row.usage_name ?? ''].some((name) => sortName(name) === family) &&
        row.first_names.some((name) => sortName(name) === first),
    )
    .map((row) => ({ caseId: row.case_id, siei: row.siei, department: row.department }));
}
