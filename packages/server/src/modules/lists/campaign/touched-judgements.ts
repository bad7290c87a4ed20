import type { Database } from '../../../platform/duckdb/database.ts';
import type { JudgedPersons } from '../steps.ts';
import { dataOf } from './data-files.ts';
import { freshRowsSql } from './moved-records.ts';

/**
 * Relations with the rows of `eligibility.persons` and `eligibility.assessments` of everybody in `lists.touched_persons`. Mostly all of
 * them were judged anew, and stand among the few rows that `folder`, of data, keeps as what differs from the campaign before; where somebody
 * does not, undefined: their rows are to be looked for among everybody's.
 */
export async function touchedJudgements(
  database: Database,
  folder: string,
): Promise<JudgedPersons | undefined> {
  const fresh = (table: string) => freshRowsSql(folder, dataOf(table));
  const [persons, assessments] = [fresh('eligibility.persons'), fresh('eligibility.assessments')];
  const [other] = await database.all(
    `SELECT person_id FROM (SELECT person_id FROM eligibility.persons SEMI JOIN lists.touched_persons USING (person_id))
     ANTI JOIN (SELECT p.person_id FROM ${persons} p SEMI JOIN ${assessments} a USING (person_id)) judged USING (person_id) LIMIT 1`,
  );
  return other === undefined ? { persons, assessments } : undefined;
}
