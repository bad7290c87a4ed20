import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import type { LinkedSources } from '../input.ts';
import { TELLING_RESULTS } from '../telling-results.ts';
import { dropTellingsStep } from '../tellings.ts';
import { TOLD, toldSql } from '../told-numbers.ts';
import { traitsStep } from './person-traits.ts';
import {
  CONTACT_KINDS,
  contactListSql,
  contactsOf,
  dropContactsStep,
  variantContactSteps,
} from './variant-contacts.ts';

/**
 * What the second stage compares: each person of the first stage in each way that its records write who it is, with what
 * those records say of where it lives and how it is reached. What the first stage joined stands together already: a person
 * of twenty equal rows is compared once, and two ways of writing one person teach the model how senders err.
 *
 * | variant | unique_id | person_id | name1  | name2  | first1    | first2 | birth      | place         | homes   | phones      |
 * | ------- | --------- | --------- | ------ | ------ | --------- | ------ | ---------- | ------------- | ------- | ----------- |
 * | 1       | r1        | r1        | MARTIN | DUBOIS | MARIE LOU | ANNE   | 2008-03-14 | commune:64445 | [64445] | [600000000] |
 *
 * Reads `linkage.tellings` and whose they are, and drops them, and of `sources` how people are reached. Leaves `linkage.variants`,
 * `linkage.traits` and `linkage.crowded_contacts`, but where the persons are not `everybody`: then these stand ready.
 */
export function identityVariantSteps(sources: LinkedSources, everybody = true): readonly Step[] {
  return [
    personNumbersStep(),
    coresStep(),
    traitsStep(),
    tellingVariantsStep(),
    ...variantContactSteps(sources, everybody),
    variantsStep(),
    dropVariantWorkStep(),
    dropContactsStep(),
    // Nobody reads them any more: for a country they are a third of the memory that comparing people then has.
    dropTellingsStep(),
  ];
}

/** `linkage.person_numbers` (person_id, rid): persons of the first stage, each by the number of the telling of its smallest record. */
function personNumbersStep(): Step {
  return {
    name: 'linkage_person_numbers',
    reads: [TELLING_RESULTS.memberships, 'linkage.tellings'],
    writes: ['linkage.person_numbers'],
    sql: `CREATE OR REPLACE TABLE linkage.person_numbers AS
      SELECT t.record_id AS person_id, t.telling AS rid
      FROM linkage.telling_members m JOIN linkage.tellings t ON t.telling = m.person_id WHERE m.record_id = m.person_id`,
  };
}

/** What makes a way of writing somebody, beside who it is: numbers and a date, so that millions of them are grouped in little memory. */
const WAY = 'person, names, firsts, birth_date';

/** `linkage.person_tellings`: tellings, each with its person; `linkage.variant_cores`: ways of writing people, each with the smallest id of its records, in whose order they are numbered. */
function coresStep(): Step {
  return {
    name: 'linkage_variant_cores',
    reads: ['linkage.tellings', TELLING_RESULTS.memberships],
    writes: ['linkage.person_tellings', 'linkage.sorted_cores', 'linkage.variant_cores'],
    sql: `CREATE OR REPLACE TABLE linkage.person_tellings AS
      SELECT t.telling, t.record_id, m.person_id AS person, names, firsts, ${toldSql('birth_date', 'born', 'sex')}, t.held
      FROM linkage.tellings t JOIN linkage.telling_members m ON m.record_id = t.telling;
      CREATE OR REPLACE TABLE linkage.sorted_cores AS
      SELECT min(record_id) AS unique_id, ${WAY}, max(born) AS born, nullif(max(sex), '') AS sex
      FROM linkage.person_tellings GROUP BY ${WAY} ORDER BY unique_id;
      CREATE OR REPLACE TABLE linkage.variant_cores AS SELECT (rowid + 1)::INTEGER AS variant, * FROM linkage.sorted_cores;
      DROP TABLE linkage.sorted_cores`,
  };
}

/** `linkage.telling_variants` (telling, variant): the way of writing somebody that each telling is. */
function tellingVariantsStep(): Step {
  return {
    name: 'linkage_telling_variants',
    reads: ['linkage.person_tellings', 'linkage.variant_cores'],
    writes: ['linkage.telling_variants', 'linkage.person_tellings'],
    sql: `CREATE OR REPLACE TABLE linkage.telling_variants AS
      SELECT telling, variant FROM linkage.person_tellings JOIN linkage.variant_cores USING (${WAY});
      DROP TABLE linkage.person_tellings`,
  };
}

const NAMES = [
  ['f', TOLD.family],
  ['u', TOLD.usage],
  ['g', TOLD.first1],
  ['h', TOLD.first2],
] as const;

function variantsStep(): Step {
  const lists = CONTACT_KINDS.map((kind) => `${contactListSql(kind)} AS ${kind}s`);
  const contacts = CONTACT_KINDS.map(
    (kind) => `LEFT JOIN ${contactsOf(kind)} ${kind} ON ${kind}.variant = c.variant`,
  );
  return {
    name: 'linkage_variants',
    reads: [
      'linkage.variant_cores',
      'linkage.person_numbers',
      'linkage.spelled_names',
      'linkage.birth_places',
      ...CONTACT_KINDS.map(contactsOf),
    ],
    writes: ['linkage.variants'],
    sql: `CREATE OR REPLACE TABLE linkage.variants AS
      WITH places AS (SELECT DISTINCT born, place FROM linkage.birth_places)
      SELECT c.variant, c.unique_id, n.person_id, coalesce(f.name, u.name) AS name1,
        CASE WHEN u.name <> f.name THEN u.name END AS name2, g.name AS first1, h.name AS first2,
        c.birth_date::VARCHAR AS birth, b.place, c.sex, ${placeDepartmentSql('b.place')} AS place_department,
        ${lists.join(', ')}
      FROM linkage.variant_cores c JOIN linkage.person_numbers n ON n.rid = c.person JOIN places b USING (born)
      ${NAMES.map(([alias, told]) => `LEFT JOIN linkage.spelled_names ${alias} ON ${alias}.spelling = ${told}`).join('\n      ')}
      ${contacts.join('\n      ')}`,
  };
}

/** Département of a place that is a commune; a country stands for itself. */
export function placeDepartmentSql(place: string): string {
  return `CASE WHEN starts_with(${place}, 'commune:97') THEN ${place}[9:11]
    WHEN starts_with(${place}, 'commune:') THEN ${place}[9:10] ELSE ${place} END`;
}

/** Drops `linkage.variants`. */
export function dropVariantsStep(): Step {
  return dropStep('linkage_drop_variants', ['linkage.variants']);
}

/** Drops every table that `identityVariantSteps` works with. */
export function dropVariantWorkStep(): Step {
  const tables = ['person_numbers', 'person_tellings', 'telling_variants', 'sorted_cores', 'variant_cores'];
  return dropStep(
    'linkage_drop_variant_work',
    tables.map((table) => `linkage.${table}`),
  );
}
