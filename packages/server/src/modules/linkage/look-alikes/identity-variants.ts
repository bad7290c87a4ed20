import { normalizedNameSql } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { birthPlaceSql } from '../input.ts';

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
    reads: ['linkage.memberships', 'sources.records', 'sources.communes'],
    writes: ['linkage.variants'],
    sql: `CREATE OR REPLACE TABLE linkage.variants AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      -- Rows that write alike come together before anything is computed of what they write; equal ones first, for lists are
      -- gathered in memory, and a country holds twenty million rows.
      told AS (
        SELECT min(m.record_id) AS record_id, m.person_id, r.family_name, r.usage_name, r.first_name1, r.first_name2,
          r.birth_date, max(${birthPlaceSql('r', 'b')}) AS place, max(r.sex) AS sex, coalesce(c.city, r.commune) AS home,
          r.email, r.phone, r.mobile
        FROM linkage.memberships m JOIN sources.records r USING (record_id)
        LEFT JOIN cities b ON b.code = r.birth_commune LEFT JOIN cities c ON c.code = r.commune
        GROUP BY m.person_id, r.family_name, r.usage_name, r.first_name1, r.first_name2, r.birth_date,
          coalesce(c.city, r.commune), r.email, r.phone, r.mobile),
      written AS (
        SELECT min(record_id) AS unique_id, person_id, family_name, usage_name, first_name1, first_name2, birth_date,
          max(place) AS place, max(sex) AS sex, list(home) AS homes, list(email) AS emails, list(phone) AS phones,
          list(mobile) AS mobiles
        FROM told GROUP BY person_id, family_name, usage_name, first_name1, first_name2, birth_date),
      spelled AS (
        SELECT unique_id, person_id, ${normalizedNameSql('family_name')} AS family, ${normalizedNameSql('usage_name')} AS usage,
          ${normalizedNameSql('first_name1')} AS first1, ${normalizedNameSql('first_name2')} AS first2,
          birth_date::VARCHAR AS birth, place, sex, homes, [lower(email) FOR email IN emails IF email IS NOT NULL] AS emails,
          [right(regexp_replace(phone, '[^0-9]', '', 'g'), ${PHONE_DIGITS})
            FOR phone IN list_distinct(list_concat(phones, mobiles)) IF phone IS NOT NULL] AS phones
        FROM written),
      variants AS (
        SELECT min(unique_id) AS unique_id, person_id, coalesce(family, usage) AS name1,
          CASE WHEN usage <> family THEN usage END AS name2, first1, first2, birth, max(place) AS place, max(sex) AS sex,
          ${['homes', 'emails', 'phones'].map((list) => `list_sort(list_distinct(flatten(list(${list})))) AS ${list}`).join(', ')}
        FROM spelled GROUP BY person_id, family, usage, first1, first2, birth),
      ${ownContactsSql('phones')},
      ${ownContactsSql('emails')}
      SELECT v.* EXCLUDE (homes, emails, phones), nullif(v.homes, []) AS homes, e.values AS emails, p.values AS phones,
        ${placeDepartmentSql('v.place')} AS place_department
      FROM variants v LEFT JOIN own_emails e USING (unique_id) LEFT JOIN own_phones p USING (unique_id)`,
  };
}

/** A number or an address that more people than this give is a school's, a home's or a clerk's: it says nothing of who they are. */
const MOST_SHARING = 10;

/** `own_<list>` (unique_id, values): what each way of writing somebody gives that few others do, in order. */
function ownContactsSql(list: 'phones' | 'emails'): string {
  return `told_${list} AS (SELECT unique_id, person_id, unnest(${list}) AS value FROM variants),
      own_${list} AS (
        SELECT unique_id, list(value ORDER BY value) AS values FROM told_${list}
        WHERE value NOT IN (
          SELECT value FROM told_${list} GROUP BY value HAVING count(DISTINCT person_id) > ${MOST_SHARING})
        GROUP BY unique_id)`;
}

/** Département of a place that is a commune; a country stands for itself. */
export function placeDepartmentSql(place: string): string {
  return `CASE WHEN starts_with(${place}, 'commune:97') THEN ${place}[9:11]
    WHEN starts_with(${place}, 'commune:') THEN ${place}[9:10] ELSE ${place} END`;
}

/** A number with or without its national or trunk prefix ends alike. */
const PHONE_DIGITS = 9;
