import { normalizedNameSql } from '@raccroche/linkage';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';
import type { PreviousLinkage } from '../incremental/previous-linkage.ts';
import { placeDepartmentSql } from '../look-alikes/identity-variants.ts';
import { IDENTITY } from '../look-alikes/ways.ts';

/**
 * Deaths up to the reference date in the shape of `linkage.variants`, each once whatever the number of files that tell it.
 * `death_ids`: all that tell it, `unique_id` the first. INSEE writes all first names, compound ones with their hyphen: `words` are those of all of them, in their order.
 *
 * | unique_id | name1  | name2 | first1     | first2 | words               | birth      | place         | sex |
 * | --------- | ------ | ----- | ---------- | ------ | ------------------- | ---------- | ------------- | --- |
 * | d1-7      | MARTIN | NULL  | MARIE LOU  | ANNE   | [MARIE, LOU, ANNE]  | 2008-03-14 | commune:64445 | F   |
 */
export function deathVariantStep(asOf: CivilDate): Step {
  return {
    name: 'linkage_death_variants',
    reads: ['sources.deaths', 'sources.communes'],
    writes: ['linkage.death_variants'],
    sql: `CREATE OR REPLACE TABLE linkage.death_variants AS
      ${deathVariantsSql('sources.deaths', asOf)}`,
  };
}

/** `linkage.other_deaths`: those that the earlier campaign did not have as they are. */
export function otherDeathsStep({ deaths, period }: PreviousLinkage): Step {
  return {
    name: 'linkage_other_deaths',
    reads: ['linkage.death_variants', 'sources.communes'],
    writes: ['linkage.other_deaths'],
    sql: `CREATE OR REPLACE TABLE linkage.other_deaths AS
      FROM linkage.death_variants EXCEPT (${deathVariantsSql(deaths, period.asOf)})`,
  };
}

function deathVariantsSql(deaths: string, asOf: CivilDate): string {
  return `WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      once AS (
        SELECT min(d.death_id) AS unique_id, list(d.death_id ORDER BY d.death_id) AS death_ids, d.family_name, d.first_names, d.sex, d.birth_date, d.died_on,
          CASE WHEN d.birth_commune IS NOT NULL THEN 'commune:' || coalesce(c.city, d.birth_commune)
            WHEN d.birth_country IS NOT NULL THEN 'country:' || d.birth_country END AS place
        FROM ${deaths} d LEFT JOIN cities c ON c.code = d.birth_commune
        WHERE d.died_on <= DATE ${literal(asOf)}
        GROUP BY ALL),
      named AS (
        SELECT *, ${normalizedNameSql('family_name')} AS name1,
          [${normalizedNameSql('name')} FOR name IN string_split_regex(first_names, '\\s+')] AS given
        FROM once)
      SELECT unique_id, NULL::VARCHAR AS person_id, name1, NULL::VARCHAR AS name2,
        given[1] AS first1, given[2] AS first2, string_split(array_to_string(given, ' '), ' ') AS words,
        birth_date::VARCHAR AS birth, place, ${placeDepartmentSql('place')} AS place_department, sex, died_on, death_ids
      FROM named`;
}

/**
 * Who everybody is as written, under the person whom linkage made of them; `second`: their second word of first names. `among`: of people who are not
 * `linkage.affected_persons` those alone whom one of `linkage.other_deaths` could be of, and some others.
 */
export function deathCandidateStep(among = false): Step {
  const near = (deaths: string) =>
    DEATH_KEYS.map((key) => `SELECT v.unique_id FROM asked v JOIN ${deaths} d ON ${key}`).join(' UNION ');
  // Every key asks for the birth date or for a name.
  const some = `WHERE person_id IN (SELECT person_id FROM linkage.affected_persons)
          OR birth IN (SELECT birth FROM linkage.other_deaths) OR name1 IN (SELECT name1 FROM linkage.other_deaths)`;
  return {
    name: 'linkage_death_candidates',
    reads: [
      'linkage.ways',
      'linkage.death_variants',
      'linkage.person_moves',
      ...(among ? ['linkage.affected_persons', 'linkage.other_deaths'] : []),
    ],
    writes: ['linkage.death_candidates'],
    // No more of the people than those whom a death could be of: a campaign holds millions, and hardly any of them died.
    sql: `CREATE OR REPLACE TABLE linkage.death_candidates AS
      WITH asked AS ${among ? 'MATERIALIZED ' : ''}(
        SELECT record_id AS unique_id, ${IDENTITY.join(', ')} FROM linkage.ways
        ${among ? some : ''}),
      near AS (
        ${near('linkage.death_variants')})
      SELECT v.* REPLACE (coalesce(m.new_person_id, v.person_id) AS person_id),
        string_split(concat_ws(' ', v.first1, v.first2), ' ')[2] AS second
      FROM asked v SEMI JOIN near USING (unique_id) LEFT JOIN linkage.person_moves m ON m.person_id = v.person_id`,
  };
}

/** What brings a death (d) and a way of writing somebody (v) together. */
const DEATH_KEYS = [
  'v.birth = d.birth AND v.place = d.place',
  'v.birth = d.birth AND v.name1 = d.name1',
  'v.birth = d.birth AND v.name2 = d.name1',
  'v.birth = d.birth AND v.first1 = d.first1',
  'v.name1 = d.name1 AND v.first1 = d.first1 AND v.place = d.place',
  'v.name1 = d.name1 AND v.first1 = d.first1 AND v.birth[1:4] = d.birth[1:4]',
  'v.birth = d.birth AND v.name1[1:3] = d.name1[1:3]',
];
