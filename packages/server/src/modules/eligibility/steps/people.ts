import type { Step } from '../../../platform/duckdb/step.ts';

/** Days from 1970 to the last one that a date can tell; one that is not told comes after all days of then. */
const LATEST_DAY = 2_932_896;
const UNTOLD_DAY = 9_999_999;
const AGE_SQL = `coalesce(${LATEST_DAY} - (r.recorded_on - DATE '1970-01-01'), ${UNTOLD_DAY})`;

/**
 * Which record of a person says who they are, the least first, as a number: 18 million are compared. With a validated INE first, the most
 * recent of them; without any, the order of sources (below 100), then the most recent. Equal ones go by record id.
 */
const PREFERENCE = `(CASE WHEN has_ine THEN ${AGE_SQL} * 100 + r.source_rank
            ELSE 10000000000 + r.source_rank * 10000000 + ${AGE_SQL} END)::BIGINT`;

/** All that is read of a record. */
export const JUDGED_COLUMNS = [
  ...['record_id', 'source', 'source_rank', 'recorded_on'],
  ...['family_name', 'usage_name', 'first_name1', 'first_name2', 'first_name3', 'sex', 'birth_date'],
  // An INA does not say who somebody is to the State.
  'ine_type',
] as const;

/** What a person's names are made of, each from the first record that tells it: the first names come together. */
const NAMES = ['family_name', 'usage_name', 'first_name1', 'sex'] as const;

/** Where people's records are told. */
export interface Told {
  readonly memberships: string;
  readonly records: string;
}

export const OF_ALL: Told = {
  memberships: 'linkage.memberships',
  records: 'sources.records',
};
/** Read once and held apart: a few among millions. */
const OF_TOUCHED: Told = {
  memberships: 'eligibility.asked_members',
  records: 'eligibility.asked_records',
};

/** The step that looks for the records of touched persons, `eligibility.asked_members`. */
export const ASKED_MEMBERS = 'eligibility-asked-members';

/** The step that looks for what those tell. */
export const ASKED_RECORDS = 'eligibility-asked-records';

function askedSteps({ memberships, records }: Told): Step[] {
  return [
    {
      name: ASKED_MEMBERS,
      reads: [memberships, 'eligibility.touched'],
      writes: [OF_TOUCHED.memberships],
      sql: `CREATE OR REPLACE TABLE eligibility.asked_members AS
        FROM ${memberships} SEMI JOIN eligibility.touched USING (person_id)`,
    },
    {
      name: ASKED_RECORDS,
      reads: [records, OF_TOUCHED.memberships],
      writes: [OF_TOUCHED.records],
      sql: `CREATE OR REPLACE TABLE eligibility.asked_records AS
        SELECT ${JUDGED_COLUMNS.join(', ')} FROM ${records} SEMI JOIN eligibility.asked_members USING (record_id)`,
    },
  ];
}

/** Who is who: the records of each person, and the identity that they tell together. Of `eligibility.touched` alone, if told in which relations, with the columns of those of all. */
export function peopleSteps(touched: Told | undefined): Step[] {
  const { memberships, records } = touched === undefined ? OF_ALL : OF_TOUCHED;
  return [
    ...(touched === undefined ? [] : askedSteps(touched)),
    {
      name: 'eligibility-members',
      reads: [memberships, records],
      writes: ['eligibility.members'],
      sql: `CREATE OR REPLACE TABLE eligibility.members AS
        WITH told AS (
          SELECT record_id, source_rank, birth_date, recorded_on, ine_type IS NOT NULL AS has_ine, ${NAMES.map((name) => `${name} IS NOT NULL AS tells_${name}`).join(', ')}
          FROM ${records}),
        preferred AS (SELECT * EXCLUDE (recorded_on, has_ine), ${PREFERENCE} AS preference FROM told r)
        SELECT l.person_id, r.*
        FROM ${memberships} l JOIN preferred r USING (record_id)`,
    },
    ...identitySteps(records),
    {
      name: 'eligibility-deaths',
      reads: ['eligibility.members', 'sources.spells', 'linkage.deaths'],
      writes: ['eligibility.deaths'],
      // Any spell says so, whatever its dates, or INSEE: nobody writes to the family of somebody who died.
      sql: `CREATE OR REPLACE TABLE eligibility.deaths AS
        SELECT m.person_id, s.record_id
        FROM sources.spells s JOIN eligibility.members m USING (record_id) WHERE s.end_reason = 'deces'
        UNION SELECT person_id, death_id FROM linkage.deaths`,
    },
  ];
}

/** Who each person is: first by numbers, who tells what; then the texts of those few records alone. */
function identitySteps(records: string): Step[] {
  const first = (name: string) => `min(preference) FILTER (WHERE tells_${name}) AS ${name}`;
  const tells = (name: string) => `(m.tells_${name} AND m.preference = p.${name})`;
  const text = (value: string, name: string) => `arg_min(${value}, place) FILTER (WHERE ${name} IS NOT NULL)`;
  return [
    {
      name: 'eligibility-preferences',
      reads: ['eligibility.members'],
      writes: ['eligibility.preferences'],
      sql: `CREATE OR REPLACE TABLE eligibility.preferences AS
        SELECT person_id, min(preference) AS preference, ${NAMES.map(first).join(', ')},
          min(birth_date) <> max(birth_date) AS disputed
        FROM eligibility.members GROUP BY person_id`,
    },
    {
      name: 'eligibility-tellers',
      reads: ['eligibility.members', 'eligibility.preferences'],
      writes: ['eligibility.tellers'],
      // Apart: the engine then knows how few they are, and looks them up among everybody's records rather than these among them.
      sql: `CREATE OR REPLACE TABLE eligibility.tellers AS
        SELECT m.person_id, m.record_id, m.preference, p.disputed
        FROM eligibility.members m JOIN eligibility.preferences p USING (person_id)
        WHERE m.preference = p.preference OR ${NAMES.map(tells).join(' OR ')}`,
    },
    {
      name: 'eligibility-identities',
      reads: ['eligibility.tellers', records],
      writes: ['eligibility.identities'],
      // One record tells all of nearly everybody: only the others' are to be chosen between. Of equal ones the first id, as one text
      // with the preference, all of whose numbers have as many digits.
      sql: `CREATE OR REPLACE TABLE eligibility.identities AS
        WITH told AS MATERIALIZED (
          SELECT t.*, r.family_name, r.usage_name, r.first_name1, r.sex, r.birth_date,
            CASE WHEN r.first_name1 IS NOT NULL
              THEN {'first': r.first_name1, 'second': r.first_name2, 'third': r.first_name3} END AS first_names
          FROM eligibility.tellers t JOIN ${records} r USING (record_id)),
        several AS MATERIALIZED (SELECT person_id FROM told GROUP BY person_id HAVING count(*) > 1)
        SELECT person_id, record_id, family_name, usage_name, first_names, sex, birth_date, disputed
        FROM told ANTI JOIN several USING (person_id)
        UNION ALL
        SELECT person_id, arg_min(record_id, place), ${text('family_name', 'family_name')}, ${text('usage_name', 'usage_name')},
          ${text('first_names', 'first_name1')}, ${text('sex', 'sex')}, arg_min(birth_date, place), any_value(disputed)
        FROM (SELECT *, (100000000000 + preference)::VARCHAR || record_id AS place FROM told SEMI JOIN several USING (person_id))
        GROUP BY person_id`,
    },
  ];
}
