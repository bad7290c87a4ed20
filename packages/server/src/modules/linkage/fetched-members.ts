import type { Database } from '../../platform/duckdb/database.ts';

/** Rows of `linkage.memberships` of some persons, looked for among everybody's once for all stages that ask for them. */
export interface FetchedMembers {
  /** Sees to it that `FETCHED_MEMBERS` holds all rows of the persons of `persons`, a query with the column `person_id`; it may hold others'. */
  hold(persons: string): Promise<void>;
}

/** A relation with the columns of `linkage.memberships`, once `hold` was called. */
export const FETCHED_MEMBERS = 'linkage.fetched_members';

/** Persons held together, of some ten rows each: of more, every stage reads everybody's. */
const MOST_HELD = 100_000;

/** Nothing is looked for before the first stage asks. `linkage.memberships` must not change from then on. `most`: of persons held. */
export function openFetchedMembers(database: Database, most = MOST_HELD): FetchedMembers {
  let isOpen = false;
  return {
    async hold(persons) {
      if (!isOpen) await database.run(EMPTY_SQL);
      isOpen = true;
      const [row] = await database.all<{ missing: number; held: number }>(
        `CREATE OR REPLACE TABLE linkage.missing_persons AS
           SELECT DISTINCT person_id FROM (${persons}) ANTI JOIN linkage.fetched_persons USING (person_id);
         SELECT (SELECT count(*) FROM linkage.missing_persons)::INTEGER AS missing,
           (SELECT count(*) FROM linkage.fetched_persons)::INTEGER AS held`,
      );
      const { missing = 0, held = 0 } = row ?? {};
      if (missing + held > most) {
        isOpen = false;
        await database.run(`${DROP_SQL}; ${viewSql('memberships')}`);
      } else if (missing > 0) await database.run(FETCH_SQL);
      await database.run('DROP TABLE linkage.missing_persons');
    },
  };
}

/** `of`: the table of `linkage` that the relation shows. */
const viewSql = (of: 'memberships' | 'member_rows') =>
  `CREATE OR REPLACE VIEW ${FETCHED_MEMBERS} AS FROM linkage.${of}`;
const DROP_SQL = 'DROP TABLE IF EXISTS linkage.member_rows; DROP TABLE IF EXISTS linkage.fetched_persons';
const EMPTY_SQL = `CREATE OR REPLACE TABLE linkage.fetched_persons (person_id VARCHAR);
  CREATE OR REPLACE TABLE linkage.member_rows AS FROM linkage.memberships LIMIT 0;
  ${viewSql('member_rows')}`;
const FETCH_SQL = `INSERT INTO linkage.member_rows BY NAME
    SELECT * FROM linkage.memberships SEMI JOIN linkage.missing_persons USING (person_id);
  INSERT INTO linkage.fetched_persons FROM linkage.missing_persons`;
