import { LINK_DATA, LINK_KEPT_DATA, persistedSql } from './persist.ts';

const tableOf = (folder: string, table: string): string => {
  const data = [...LINK_DATA, ...LINK_KEPT_DATA].find((each) => each.table === table);
  if (data === undefined) throw new TypeError(`no file holds ${table}`);
  return persistedSql(folder, data);
};

/**
 * Persons of whom a record tells something else than the same record did in an earlier campaign, as a relation of SQL with the
 * column `person_id`. Only rows that bear names of other files may, and of these alone a campaign keeps what they told
 * (`linkage.record_marks`). `previous`, `folder`: of data of each campaign.
 */
export function retoldPersonsSql(previous: string, folder: string): string {
  const [then, now] = [previous, folder].map((each) => tableOf(each, 'linkage.record_marks'));
  return `(SELECT person_id FROM ${tableOf(folder, 'linkage.memberships')} members
    SEMI JOIN (SELECT record_id, mark FROM ${now} EXCEPT SELECT record_id, mark FROM ${then}) retold USING (record_id))`;
}
