import { normalizedNameSql } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { BEARS_NONE, KEY_KINDS, STRENGTH_STEP } from './key-kinds.ts';
import { hashSql, SENDERS } from './recognition-keys.ts';

/**
 * Ids that senders give, beside an identifier: keys that are looked for among those of the registry, and are not added to them
 * (ADR 0027). The registry knows such an id from the time when its row bore no identifier, as those of pupils who just arrived.
 * Asked of the few alone who answer to no number by what they are known by: who gets their first identifier in the month in which
 * their name is corrected.
 */

/** Strength of an id of a sender. */
export const BY_SENDER = KEY_KINDS.sender / STRENGTH_STEP;

/** Who answers to no number, or by their name alone: those who may tell that such an id is not of one person alone. */
export const lateAskers: Step = {
  name: 'persons who answer to no number, or by name',
  reads: ['lists.claims', 'lists.key_persons'],
  writes: ['lists.late_persons'],
  sql: `
    CREATE OR REPLACE TABLE lists.late_persons AS
    SELECT person_no, person_id FROM lists.key_persons
    ANTI JOIN (SELECT person_no FROM lists.claims WHERE strength <= ${BY_SENDER}) USING (person_no)`,
};

/** Inserts into `lists.late_keys` the keys of persons of `whose`, by what `lists.key_sources` tells of their records. */
export function lateKeyStep(whose: 'lists.late_persons' | 'lists.key_persons'): Step {
  return {
    name: 'ids of senders beside identifiers',
    reads: ['lists.key_members', whose, 'lists.key_sources', 'sources.files', 'lists.registry_secret'],
    writes: ['lists.late_keys'],
    sql: `
      INSERT INTO lists.late_keys
      WITH few AS MATERIALIZED (SELECT record_id, person_no FROM lists.key_members JOIN ${whose} USING (person_id)),
      senders AS (${SENDERS}),
      beside AS MATERIALIZED (
        SELECT DISTINCT person_no, sender, source_id, family_name, usage_name, first_name1, CAST(birth_date AS VARCHAR) AS born
        FROM lists.key_sources JOIN few USING (record_id) JOIN senders USING (file_no)
        WHERE source_id IS NOT NULL AND NOT (${BEARS_NONE})),
      texts AS MATERIALIZED (
        SELECT family_name AS text FROM beside UNION SELECT usage_name FROM beside UNION SELECT first_name1 FROM beside),
      spelled AS MATERIALIZED (SELECT text, ${normalizedNameSql('text')} AS name FROM texts),
      named AS (
        SELECT person_no, sender, source_id, s.name, first_name1
        FROM (SELECT *, unnest([family_name, usage_name]) AS text FROM beside) b JOIN spelled s USING (text))
      SELECT person_no, ${hashSql("'s|'", 'sender', "'|'", 'source_id', "'|d|'", 'born')} FROM beside
      UNION
      SELECT person_no, ${hashSql("'s|'", 'sender', "'|'", 'source_id', "'|n|'", 'n.name', "'|'", "split_part(g.name, ' ', 1)")}
      FROM named n LEFT JOIN spelled g ON g.text = n.first_name1 WHERE n.name IS NOT NULL`,
  };
}

/**
 * Whoever answers to no number answers to those that these keys lead to, unless somebody else has the same: of those who answer by name
 * whoever does to that number counts alone, for among them are all who are asked after another campaign (`held-numbers.ts`).
 * Such a key is then one of this person's, like the others.
 */
export const lateClaims: Step = {
  name: 'known numbers by ids of senders beside identifiers',
  reads: ['lists.late_keys', 'lists.late_persons', 'lists.known_keys', 'lists.campaign_keys', 'lists.claims'],
  writes: ['lists.sole_keys', 'lists.claims', 'lists.late_answers'],
  sql: `
    CREATE OR REPLACE TABLE lists.late_answers AS
    WITH held AS (
      SELECT l.person_no, l.key, k.counter FROM lists.late_keys l SEMI JOIN lists.late_persons USING (person_no)
      JOIN lists.known_keys k USING (key) ANTI JOIN lists.campaign_keys USING (key)),
    claimed AS (SELECT person_no, counter, true AS by_name FROM lists.claims),
    concerned AS (
      SELECT h.*, coalesce(c.by_name, false) AS by_name FROM held h LEFT JOIN claimed c USING (person_no, counter)
      WHERE c.by_name OR h.person_no NOT IN (SELECT person_no FROM claimed))
    SELECT key, counter, min(person_no) AS person_no FROM concerned GROUP BY key, counter
    HAVING min(person_no) = max(person_no) AND NOT bool_or(by_name);
    INSERT INTO lists.sole_keys SELECT key, ${KEY_KINDS.sender}, person_no FROM lists.late_answers;
    INSERT INTO lists.claims
    SELECT person_no, counter, ${BY_SENDER}, count(*), min(key) FROM lists.late_answers GROUP BY person_no, counter;
    DROP TABLE lists.late_answers`,
};
