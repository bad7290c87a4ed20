import type { Step } from '../../../platform/duckdb/step.ts';

/** Types of identifier that are an INE. An INA does not say who somebody is to the State. */
const INE_TYPES = "('ine_rnie', 'ine_bea', 'ine_apprenti')";

/** With a validated INE first, the most recent of them; without any, the order of sources, then the most recent. */
const PREFERENCE = `m.has_ine DESC, CASE WHEN m.has_ine THEN r.recorded_on END DESC NULLS LAST,
      r.source_rank, r.recorded_on DESC NULLS LAST, r.record_id`;

/** Where people's records are told. */
interface Told {
  readonly memberships: string;
  readonly records: string;
  readonly identifiers: string;
}

const OF_ALL: Told = {
  memberships: 'linkage.memberships',
  records: 'sources.records',
  identifiers: 'sources.identifiers',
};
/** Read once and held apart: a few among millions. */
const OF_TOUCHED: Told = {
  memberships: 'eligibility.asked_members',
  records: 'eligibility.asked_records',
  identifiers: 'eligibility.asked_identifiers',
};

function askedSteps(): Step[] {
  const of = 'SEMI JOIN eligibility.asked_members USING (record_id)';
  return [
    {
      name: 'eligibility-asked-members',
      reads: ['linkage.memberships', 'eligibility.touched'],
      writes: [OF_TOUCHED.memberships],
      sql: `CREATE OR REPLACE TABLE eligibility.asked_members AS
        FROM linkage.memberships SEMI JOIN eligibility.touched USING (person_id)`,
    },
    {
      name: 'eligibility-asked-records',
      reads: ['sources.records', 'sources.identifiers', OF_TOUCHED.memberships],
      writes: [OF_TOUCHED.records, OF_TOUCHED.identifiers],
      sql: `CREATE OR REPLACE TABLE eligibility.asked_records AS
        SELECT record_id, source, source_rank, recorded_on, family_name, usage_name, first_name1, first_name2, first_name3, sex, birth_date
        FROM sources.records ${of};
        CREATE OR REPLACE TABLE eligibility.asked_identifiers AS SELECT record_id, type FROM sources.identifiers ${of}`,
    },
  ];
}

/** Who is who: the records of each person, and the identity that they tell together. Of `eligibility.touched` alone, if told so. */
export function peopleSteps(touchedAlone: boolean): Step[] {
  const { memberships, records, identifiers } = touchedAlone ? OF_TOUCHED : OF_ALL;
  return [
    ...(touchedAlone ? askedSteps() : []),
    {
      name: 'eligibility-members',
      reads: [memberships, records, identifiers],
      writes: ['eligibility.members'],
      sql: `CREATE OR REPLACE TABLE eligibility.members AS
        SELECT l.person_id, r.record_id, r.source, r.source_rank,
          r.record_id IN (SELECT record_id FROM ${identifiers} WHERE type IN ${INE_TYPES}) AS has_ine
        FROM ${memberships} l JOIN ${records} r USING (record_id)`,
    },
    {
      name: 'eligibility-identities',
      reads: ['eligibility.members', records],
      writes: ['eligibility.identities'],
      // The first names come together: those of another record may belong to another order.
      sql: `CREATE OR REPLACE TABLE eligibility.identities AS
        WITH preferred AS (
          SELECT m.person_id, r.record_id, r.family_name, r.usage_name, r.sex, r.birth_date, r.first_name1,
            {'first': r.first_name1, 'second': r.first_name2, 'third': r.first_name3} AS first_names,
            row_number() OVER (PARTITION BY m.person_id ORDER BY ${PREFERENCE}) AS preference
          FROM eligibility.members m JOIN ${records} r USING (record_id))
        SELECT person_id,
          arg_min(record_id, preference) AS record_id,
          arg_min(family_name, preference) FILTER (WHERE family_name IS NOT NULL) AS family_name,
          arg_min(usage_name, preference) FILTER (WHERE usage_name IS NOT NULL) AS usage_name,
          arg_min(first_names, preference) FILTER (WHERE first_name1 IS NOT NULL) AS first_names,
          arg_min(sex, preference) FILTER (WHERE sex IS NOT NULL) AS sex,
          arg_min(birth_date, preference) AS birth_date,
          min(birth_date) <> max(birth_date) AS disputed
        FROM preferred GROUP BY person_id`,
    },
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
