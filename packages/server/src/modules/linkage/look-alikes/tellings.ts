import { normalizedNameSql } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { birthPlaceSql } from '../input.ts';

/** Names of records, as the columns of `linkage.tellings` that hold the number of their spelling. */
const NAMES = [
  ['family', 'family_name'],
  ['usage', 'usage_name'],
  ['first1', 'first_name1'],
  ['first2', 'first_name2'],
] as const;

/** What makes a way of writing somebody: numbers and a date, so that millions of them are grouped and joined in little memory. */
export const WAY_OF_WRITING = ['person', ...NAMES.map(([name]) => name), 'birth_date'] as const;

/** A number with or without its national or trunk prefix ends alike. */
const PHONE_DIGITS = 9;

/**
 * What each record tells, its names told by numbers: a country of twenty million records has some hundred thousand names,
 * and each is spelled once.
 */
export function tellingSteps(): readonly Step[] {
  return [personNumbersStep(), spellingsStep(), tellingsStep()];
}

/** `linkage.person_numbers` (person_id, rid): persons of the first stage, numbered from 1 in the order of their ids. */
function personNumbersStep(): Step {
  return {
    name: 'linkage_person_numbers',
    reads: ['linkage.memberships'],
    writes: ['linkage.person_numbers'],
    sql: `CREATE OR REPLACE TABLE linkage.person_numbers AS
      SELECT person_id, (row_number() OVER (ORDER BY person_id))::INTEGER AS rid
      FROM (SELECT DISTINCT person_id FROM linkage.memberships)`,
  };
}

/** `linkage.spellings` (text, name, spelling): each name as written, in its one spelling, and the number of that; NULL without any. */
function spellingsStep(): Step {
  const columns = NAMES.map(([, column]) => column).join(', ');
  return {
    name: 'linkage_spellings',
    reads: ['linkage.input_people'],
    writes: ['linkage.spellings'],
    sql: `CREATE OR REPLACE TABLE linkage.spellings AS
      WITH texts AS (SELECT DISTINCT unnest([${columns}]) AS text FROM linkage.input_people),
      spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts)
      -- No WHERE: the engine would look for what spells nothing in all records, and spell each.
      SELECT text, name, CASE WHEN name IS NOT NULL THEN (dense_rank() OVER (ORDER BY name))::INTEGER END AS spelling
      FROM spelled`,
  };
}

/**
 * `linkage.tellings`, a row a record: its person, the numbers of its names (0 for none), its birth date, and what it says of
 * where that person was born and lives and how they are reached.
 */
function tellingsStep(): Step {
  const numbers = NAMES.map(([name]) => `coalesce(${name}.spelling, 0) AS ${name}`);
  const spellings = NAMES.map(
    ([name, column]) => `LEFT JOIN linkage.spellings ${name} ON ${name}.text = r.${column}`,
  );
  const digits = (phone: string) =>
    `right(regexp_replace(r.${phone}, '[^0-9]', '', 'g'), ${PHONE_DIGITS}) AS ${phone}`;
  return {
    name: 'linkage_tellings',
    reads: [
      'linkage.memberships',
      'linkage.person_numbers',
      'linkage.spellings',
      'linkage.input_people',
      'sources.communes',
    ],
    writes: ['linkage.tellings'],
    sql: `CREATE OR REPLACE TABLE linkage.tellings AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      members AS (
        SELECT m.record_id, n.rid AS person FROM linkage.memberships m JOIN linkage.person_numbers n USING (person_id))
      SELECT m.record_id, m.person, ${numbers.join(', ')}, r.birth_date, ${birthPlaceSql('r', 'b')} AS place, r.sex,
        coalesce(c.city, r.commune) AS home, lower(r.email) AS email, ${digits('phone')}, ${digits('mobile')}
      FROM linkage.input_people r JOIN members m USING (record_id)
      ${spellings.join('\n      ')}
      LEFT JOIN cities b ON b.code = r.birth_commune LEFT JOIN cities c ON c.code = r.commune`,
  };
}
