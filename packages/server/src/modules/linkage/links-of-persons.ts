import type { LinkRule } from '@raccroche/linkage';
import { identifiersOfSql } from '../sources/index.ts';
import { ALL_SOURCES, type LinkedSources } from './input.ts';

/**
 * The rule whose links are not kept: nine in ten of a country's, for examinations tell everybody again and again. Any two records of a
 * person with one identifier and birth date follow it, so that `linksOfPersonsSql` finds them in the records.
 */
export const DEDUCED_RULE: LinkRule = 'same_identifier_birth_date';

/**
 * Links of some persons, as `linkage.links` has its columns (record_id_l < record_id_r): those kept, and those of `DEDUCED_RULE`, from
 * the first of the records with one identifier and birth date to each of the others. `persons`: a query of their ids as person_id.
 */
export function linksOfPersonsSql(persons: string, { records }: LinkedSources = ALL_SOURCES): string {
  return `SELECT k.*, m.person_id FROM linkage.links k JOIN linkage.memberships m ON m.record_id = k.record_id_l
    WHERE m.person_id IN (${persons})
    UNION ALL BY NAME
    SELECT first AS record_id_l, record_id AS record_id_r, '${DEDUCED_RULE}' AS rule, type AS identifier_type, person_id
    FROM (
      SELECT m.person_id, m.record_id, i.type, min(m.record_id) OVER (PARTITION BY m.person_id, i.type, i.value, r.birth_date) AS first
      FROM linkage.memberships m JOIN ${records} r USING (record_id) JOIN (${identifiersOfSql(records)}) i USING (record_id)
      WHERE m.person_id IN (${persons}) AND r.birth_date IS NOT NULL)
    WHERE record_id <> first`;
}
