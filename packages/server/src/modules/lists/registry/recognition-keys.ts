import { IDENTIFIER_TYPES } from '@raccroche/contract';
import { normalizedNameSql } from '@raccroche/linkage';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { Step } from '../../../platform/duckdb/step.ts';

/**
 * By what a person is recognised from one campaign to the next. Only keyed hashes are kept, never what is hashed.
 *
 * A kind is a number whose tens give its strength (1 = strongest): identifiers, ids of senders, name with birthplace,
 * name without, and, for those who have nothing of their own, their very records.
 * Identifiers and ids of senders go with the birth date, and again with the name: as in rules.md §7, one of the two must
 * agree. It also keeps a sender that numbers its lines 1, 2, 3… anew each year from mixing up people.
 */
export const KEY_KINDS = { identifier: 10, sender: 20, namePlace: 30, name: 40, record: 50 } as const;

/** Kind of the n-th type of identifier: 11, 12, … Types are told apart so that two values of one type contradict each other. */
function identifierKindSql(type: string): string {
  const cases = IDENTIFIER_TYPES.map(
    (name, index) => `WHEN ${literal(name)} THEN ${KEY_KINDS.identifier + 1 + index}`,
  );
  return `CASE ${type} ${cases.join(' ')} END`;
}

/** SHA-256 of secret and text, cut to 128 bits: a UUID takes half the room of its digits and joins quicker. */
const hashSql = (text: string) =>
  `CAST(left(sha256((SELECT secret FROM lists.registry_secret) || ${text}), 32) AS UUID)`;

const persons: Step = {
  name: 'persons to number',
  reads: ['linkage.memberships'],
  writes: ['lists.key_members', 'lists.key_persons'],
  sql: `
    CREATE OR REPLACE VIEW lists.key_members AS SELECT record_id, person_id FROM linkage.memberships;
    CREATE OR REPLACE TABLE lists.key_persons AS
    SELECT person_id, CAST(row_number() OVER (ORDER BY person_id) AS INTEGER) AS person_no
    FROM (SELECT DISTINCT person_id FROM lists.key_members)`,
};

/** Records of one person that write alike are one way of writing them: what is dear is done once a way. */
const records: Step = {
  name: 'what records tell of who persons are',
  reads: ['lists.key_members', 'lists.key_persons', 'sources.records', 'sources.files', 'sources.communes'],
  writes: ['lists.key_written', 'lists.key_ways', 'lists.key_records'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_written AS
    SELECT row_number() OVER () AS way_no, * FROM (
      SELECT p.person_no, r.family_name, r.usage_name, r.first_name1, r.birth_date, r.birth_country, r.birth_commune,
        list({'record_id': r.record_id, 'sender_key': CASE WHEN r.source_id IS NOT NULL THEN
          r.source || '|' || coalesce('uai:' || f.uai, 'sender:' || lower(trim(f.sender))) || '|' || r.source_id END}) AS told
      FROM sources.records r
      JOIN sources.files f USING (file_no)
      JOIN lists.key_members m USING (record_id)
      JOIN lists.key_persons p USING (person_id)
      GROUP BY ALL);
    CREATE OR REPLACE TABLE lists.key_ways AS
    WITH communes AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code)
    SELECT w.way_no, w.person_no, strftime(w.birth_date, '%Y-%m-%d') AS birth_date,
      list_distinct(list_filter([${normalizedNameSql('w.family_name')}, ${normalizedNameSql('w.usage_name')}],
        lambda x: x IS NOT NULL)) AS names,
      coalesce(${normalizedNameSql('w.first_name1')}, '') AS first_name,
      CASE WHEN w.birth_country <> '99100' THEN 'country:' || w.birth_country
           ELSE 'commune:' || coalesce(c.city, w.birth_commune) END AS birthplace
    FROM lists.key_written w LEFT JOIN communes c ON c.code = w.birth_commune;
    CREATE OR REPLACE TABLE lists.key_records AS
    SELECT way_no, person_no, told.record_id, told.sender_key
    FROM (SELECT way_no, person_no, unnest(told) AS told FROM lists.key_written);
    DROP TABLE lists.key_written`,
};

/** The first word alone stands for the first name beside an identifier: « Marie » and « Marie Louise » are compatible. */
const FIRST_WORD = `string_split(first_name, ' ')[1]`;

const keys: Step = {
  name: 'recognition keys of the campaign',
  reads: ['lists.registry_secret', 'lists.key_ways', 'lists.key_records', 'sources.identifiers'],
  writes: ['lists.campaign_keys', 'lists.key_ways'],
  sql: `
    CREATE OR REPLACE TABLE lists.campaign_keys AS
    WITH named AS (
      SELECT way_no, person_no, birth_date, first_name, birthplace, unnest(names) AS name FROM lists.key_ways
    ), borne AS (
      SELECT DISTINCT way_no, type, value FROM lists.key_records JOIN sources.identifiers USING (record_id)
    ), sent AS (
      SELECT DISTINCT way_no, sender_key FROM lists.key_records WHERE sender_key IS NOT NULL
    ), texts AS (
      SELECT person_no, ${identifierKindSql('type')} AS kind, type || '|' || value || '|d|' || birth_date AS text
      FROM lists.key_ways JOIN borne USING (way_no)
      UNION
      SELECT person_no, ${identifierKindSql('type')}, type || '|' || value || '|n|' || name || '|' || ${FIRST_WORD}
      FROM named JOIN borne USING (way_no)
      UNION
      SELECT person_no, ${KEY_KINDS.sender}, 's|' || sender_key || '|d|' || birth_date
      FROM lists.key_ways JOIN sent USING (way_no)
      UNION
      SELECT person_no, ${KEY_KINDS.sender}, 's|' || sender_key || '|n|' || name || '|' || ${FIRST_WORD}
      FROM named JOIN sent USING (way_no)
      UNION
      SELECT person_no, ${KEY_KINDS.namePlace}, 'p|' || concat_ws('|', name, first_name, birth_date, birthplace)
      FROM named WHERE birthplace IS NOT NULL
      UNION
      SELECT person_no, ${KEY_KINDS.name}, 'n|' || concat_ws('|', name, first_name, birth_date) FROM named
    )
    SELECT person_no, CAST(kind AS UTINYINT) AS kind, ${hashSql('text')} AS key FROM texts WHERE kind IS NOT NULL;
    DROP TABLE lists.key_ways`,
};

const usable: Step = {
  name: 'keys of one person alone',
  reads: ['lists.campaign_keys', 'lists.key_records', 'lists.key_persons', 'lists.registry_secret'],
  writes: ['lists.usable_keys', 'lists.key_records'],
  sql: `
    CREATE OR REPLACE TABLE lists.usable_keys AS
    SELECT key, any_value(kind) AS kind, any_value(person_no) AS person_no
    FROM lists.campaign_keys GROUP BY key HAVING count(*) = 1;
    -- Whoever shares every key with somebody else is known by their records: the same files give the same number.
    INSERT INTO lists.usable_keys
    SELECT ${hashSql(`('r|' || record_id)`)}, ${KEY_KINDS.record}, person_no
    FROM lists.key_records ANTI JOIN lists.usable_keys USING (person_no);
    DROP TABLE lists.key_records`,
};

/**
 * Fill `lists.campaign_keys` (person_no, kind, key; a key may stand for several persons) and `lists.usable_keys`
 * (key, kind, person_no; each key for one person). Every person has a usable key. Read `lists.registry_secret(secret)`.
 */
export const recognitionKeySteps: readonly Step[] = [persons, records, keys, usable];

/** The same keys of records, each on its own: `lists.key_members` and `lists.key_persons` then tell records, not persons. */
export const recordKeySteps: readonly Step[] = [records, keys];
