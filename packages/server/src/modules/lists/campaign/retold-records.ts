import type { DataFile } from './data-files.ts';
import { persistedSql } from './persist.ts';

/**
 * Persons of whom a record tells something else than the same record did in an earlier campaign, as a relation of SQL with the
 * column `person_id`. Only rows that bear names of other files may, and of these alone a campaign keeps what they told
 * (`linkage.record_marks`). `previous`, `folder`: of data of each campaign.
 */
export function retoldPersonsSql(
  previous: string,
  folder: string,
  { marks, memberships }: { readonly marks: DataFile; readonly memberships: DataFile },
): string {
  const [then, now] = [previous, folder].map((each) => persistedSql(each, marks));
  return `(SELECT person_id FROM ${persistedSql(folder, memberships)} members
    SEMI JOIN (SELECT record_id, mark FROM ${now} EXCEPT SELECT record_id, mark FROM ${then}) retold USING (record_id))`;
}
