import { PERSON_FLAGS } from '@raccroche/contract';
import { normalizedNameSql } from '@raccroche/linkage';
import { literal } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';

const VOCABULARY_SQL = `[${PERSON_FLAGS.map(literal).join(', ')}]`;

const evidence: Step = {
  name: 'records of the listed',
  reads: ['lists.told_persons', 'lists.recent_records', 'sources.files'],
  writes: ['lists.entry_records'],
  sql: `
    CREATE OR REPLACE TABLE lists.entry_records AS
    SELECT r.person_id,
      -- By id, which comes first: sorted so, at half the price of an ordered aggregate.
      list_sort(list(struct_pack(id := r.record_id, source := r.source, file := f.path, "position" := r.position))) AS records
    FROM lists.recent_records r SEMI JOIN (SELECT person_id FROM lists.told_persons WHERE listed) USING (person_id)
    JOIN sources.files f USING (file_no)
    GROUP BY r.person_id`,
};

/** Nobody writes to, or calls, the home of somebody who may have died before a person has decided. */
const TO_CHECK_SQL = "list_contains(p.flags, 'death_to_check')";
const CONTACT_SQL = [
  `CASE WHEN ${TO_CHECK_SQL} AND c.address IS NOT NULL THEN struct_pack("lines" := []::VARCHAR[],
        postal_code := c.address.postal_code, commune := c.address.commune, commune_name := c.address.commune_name,
        country := c.address.country) ELSE c.address END`,
  `CASE WHEN ${TO_CHECK_SQL} THEN [] ELSE coalesce(c.phones, []) END`,
  `CASE WHEN NOT ${TO_CHECK_SQL} THEN c.email END`,
  `CASE WHEN ${TO_CHECK_SQL} THEN [] ELSE coalesce(c.representatives, []) END`,
].join(',\n      ');

/** Order of a list, formats.md §8: normalised family name (else usage name), first name, birth date, number. */
const ORDER_SQL = [
  `coalesce(${normalizedNameSql('p.family_name')}, ${normalizedNameSql('p.usage_name')}, '')`,
  `coalesce(${normalizedNameSql('p.first_name1')}, '')`,
  'p.birth_date',
  'n.siei',
].join(', ');

/**
 * `lists.listed`: who is on which list, and in which place. Apart from what else the entries tell: it would all be sorted with
 * them; and of everybody, even where the entries of some alone are worked out: `persons` are told, or all.
 */
export function listedStep(persons: 'lists.told_persons' | 'eligibility.persons'): Step {
  return {
    name: 'order of the lists',
    reads: [persons, 'lists.numbers', 'lists.places'],
    writes: ['lists.listed'],
    sql: `CREATE OR REPLACE TABLE lists.listed AS
      SELECT person_id, n.siei, l.department, l.from_school,
        row_number() OVER (PARTITION BY l.department ORDER BY ${ORDER_SQL}) AS place
      FROM ${persons} p JOIN lists.numbers n USING (person_id) JOIN lists.places l USING (person_id)
      WHERE p.listed`,
  };
}

const entriesStep = (assessments: string): Step => ({
  name: 'entries of the lists',
  reads: ['lists.told_persons', 'lists.listed', 'lists.contacts', assessments, 'lists.entry_records'],
  writes: ['lists.entries', 'lists.entry_records', 'lists.recent_records', 'lists.told_persons'],
  sql: `
    DELETE FROM lists.entries;
    INSERT INTO lists.entries
    SELECT l.department, l.place, p.person_id, l.siei, p.family_name, p.usage_name,
      list_filter([p.first_name1, p.first_name2, p.first_name3], lambda x: x IS NOT NULL),
      p.sex, p.birth_date, p.age, p.age < 18,
      ${CONTACT_SQL},
      p.last_uai, p.last_mef, p.last_diploma_code, p.leads_to, p.left_on, p.reason, p.mission_locale, p.known_situations,
      list_filter(${VOCABULARY_SQL}, lambda x: list_contains(p.flags, x) OR (x = 'department_from_school' AND l.from_school)),
      coalesce(k.checks, []), coalesce(r.records, [])
    FROM lists.told_persons p
    JOIN lists.listed l USING (person_id)
    LEFT JOIN lists.contacts c USING (person_id)
    LEFT JOIN (
      -- Of the listed alone: the others' are many, and would be held to be joined.
      SELECT person_id,
        [struct_pack(code := one[1], passed := one[2], evidence := one[3]) FOR one IN list_zip(codes, passed, evidence)] AS checks
      FROM ${assessments} SEMI JOIN (SELECT person_id FROM lists.told_persons WHERE listed) USING (person_id)
    ) k USING (person_id)
    LEFT JOIN lists.entry_records r USING (person_id)
    ORDER BY l.department, l.place;
    DROP TABLE lists.entry_records;
    DROP TABLE lists.recent_records;
    DROP TABLE lists.told_persons`,
});

/**
 * Fill `lists.entries` from the order of the lists, contacts and `assessments`, a relation with the rows of `lists.told_persons`, and maybe
 * of others.
 */
export const entrySteps = (assessments = 'eligibility.assessments'): readonly Step[] => [
  evidence,
  entriesStep(assessments),
];
