import { normalizedNameSql } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';

/**
 * What the second stage compares: each person of the first stage in each way that its records write who it is, with what
 * those records say of where it lives and how it is reached. What the first stage joined stands together already: a person
 * of twenty equal rows is compared once, and two ways of writing one person teach the model how senders err.
 *
 * | unique_id | person_id | name1  | name2  | first1    | first2 | birth      | place         | homes   | phones      |
 * | --------- | --------- | ------ | ------ | --------- | ------ | ---------- | ------------- | ------- | ----------- |
 * | r1        | r1        | MARTIN | DUBOIS | MARIE LOU | ANNE   | 2008-03-14 | commune:64445 | [64445] | [600000000] |
 */
export function identityVariantStep(): Step {
  return {
    name: 'linkage_identity_variants',
    reads: ['linkage.memberships', 'linkage.input_records', 'sources.records', 'sources.communes'],
    writes: ['linkage.variants'],
    sql: `CREATE OR REPLACE TABLE linkage.variants AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      keyed AS (
        SELECT m.person_id, m.record_id, ${normalizedNameSql('r.family_name')} AS family,
          ${normalizedNameSql('r.usage_name')} AS usage, ${normalizedNameSql('r.first_name1')} AS first1,
          ${normalizedNameSql('r.first_name2')} AS first2, r.birth_date::VARCHAR AS birth, i.place, r.sex,
          coalesce(c.city, r.commune) AS home, lower(r.email) AS email,
          [right(regexp_replace(phone, '[^0-9]', '', 'g'), ${PHONE_DIGITS}) FOR phone IN [r.phone, r.mobile]
            IF phone IS NOT NULL] AS phones
        FROM linkage.memberships m JOIN sources.records r USING (record_id)
        JOIN linkage.input_records i USING (record_id) LEFT JOIN cities c ON c.code = r.commune),
      variants AS (
        SELECT min(record_id) AS unique_id, person_id, coalesce(family, usage) AS name1,
          CASE WHEN usage <> family THEN usage END AS name2, first1, first2, birth,
          max(place) AS place, max(sex) AS sex,
          list_sort(list(DISTINCT home) FILTER (home IS NOT NULL)) AS homes,
          list_sort(list(DISTINCT email) FILTER (email IS NOT NULL)) AS emails,
          nullif(list_sort(list_distinct(flatten(list(phones)))), []) AS phones
        FROM keyed GROUP BY person_id, family, usage, first1, first2, birth)
      SELECT *, ${placeDepartmentSql('place')} AS place_department
      FROM variants`,
  };
}

/** Département of a place that is a commune; a country stands for itself. */
export function placeDepartmentSql(place: string): string {
  return `CASE WHEN starts_with(${place}, 'commune:97') THEN ${place}[9:11]
    WHEN starts_with(${place}, 'commune:') THEN ${place}[9:10] ELSE ${place} END`;
}

/** A number with or without its national or trunk prefix ends alike. */
const PHONE_DIGITS = 9;
