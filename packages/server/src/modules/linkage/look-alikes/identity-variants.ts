import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import { tellingSteps, WAY_OF_WRITING } from './tellings.ts';
import { EMAIL, HOME, PHONE, variantContactSteps } from './variant-contacts.ts';

/**
 * What the second stage compares: each person of the first stage in each way that its records write who it is, with what
 * those records say of where it lives and how it is reached. What the first stage joined stands together already: a person
 * of twenty equal rows is compared once, and two ways of writing one person teach the model how senders err.
 *
 * | unique_id | person_id | name1  | name2  | first1    | first2 | birth      | place         | homes   | phones      |
 * | --------- | --------- | ------ | ------ | --------- | ------ | ---------- | ------------- | ------- | ----------- |
 * | r1        | r1        | MARTIN | DUBOIS | MARIE LOU | ANNE   | 2008-03-14 | commune:64445 | [64445] | [600000000] |
 *
 * Leaves `linkage.variants`, and `linkage.crowded_tellings`. `crowded`: what finds the crowded contacts when the
 * persons are not everybody.
 */
export function identityVariantSteps(crowded?: Step): readonly Step[] {
  return [
    ...tellingSteps(),
    coresStep(),
    ...variantContactSteps(crowded),
    variantsStep(),
    dropTellingsStep(),
  ];
}

/** `linkage.variant_cores`: ways of writing people, numbered as it comes, each with the smallest id of its records. */
function coresStep(): Step {
  const way = WAY_OF_WRITING.join(', ');
  return {
    name: 'linkage_variant_cores',
    reads: ['linkage.tellings'],
    writes: ['linkage.variant_cores'],
    sql: `CREATE OR REPLACE TABLE linkage.variant_cores AS
      SELECT (row_number() OVER ())::INTEGER AS variant, * FROM (
        SELECT min(record_id) AS unique_id, ${way}, max(place) AS place, max(sex) AS sex
        FROM linkage.tellings GROUP BY ${way})`,
  };
}

function variantsStep(): Step {
  const contacts = (kind: string) =>
    `LEFT JOIN (FROM linkage.variant_contacts WHERE kind = '${kind}') ${kind} ON ${kind}.variant = c.variant`;
  return {
    name: 'linkage_variants',
    reads: [
      'linkage.variant_cores',
      'linkage.person_numbers',
      'linkage.spellings',
      'linkage.variant_contacts',
    ],
    writes: ['linkage.variants'],
    sql: `CREATE OR REPLACE TABLE linkage.variants AS
      WITH names AS (SELECT DISTINCT spelling, name FROM linkage.spellings)
      SELECT c.unique_id, n.person_id, coalesce(f.name, u.name) AS name1,
        CASE WHEN u.name <> f.name THEN u.name END AS name2, g.name AS first1, h.name AS first2,
        c.birth_date::VARCHAR AS birth, c.place, c.sex, ${HOME}.list AS homes, ${EMAIL}.list AS emails, ${PHONE}.list AS phones,
        ${placeDepartmentSql('c.place')} AS place_department
      FROM linkage.variant_cores c JOIN linkage.person_numbers n ON n.rid = c.person
      LEFT JOIN names f ON f.spelling = c.family LEFT JOIN names u ON u.spelling = c.usage
      LEFT JOIN names g ON g.spelling = c.first1 LEFT JOIN names h ON h.spelling = c.first2
      ${[HOME, EMAIL, PHONE].map(contacts).join('\n      ')}`,
  };
}

/** Département of a place that is a commune; a country stands for itself. */
export function placeDepartmentSql(place: string): string {
  return `CASE WHEN starts_with(${place}, 'commune:97') THEN ${place}[9:11]
    WHEN starts_with(${place}, 'commune:') THEN ${place}[9:10] ELSE ${place} END`;
}

/** Drops every table that `identityVariantSteps` works with. */
export function dropTellingsStep(): Step {
  const tables = [
    'person_numbers',
    'spellings',
    'tellings',
    'variant_cores',
    'told_contacts',
    'few_contacts',
    'variant_contacts',
  ];
  return dropStep(
    'linkage_drop_tellings',
    tables.map((table) => `linkage.${table}`),
  );
}
