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

/** By these a record that nobody else is like is recognised. */
export const recordKeySql = (recordId: string) => hashSql(`('r|' || ${recordId})`);

/** What of a record its keys are made of. */
export const KEY_COLUMNS =
  'record_id, file_no, source, source_id, family_name, usage_name, first_name1, birth_date, birth_commune, birth_country';

const persons: Step = {
  name: 'persons to number',
  reads: ['linkage.memberships', 'sources.records'],
  writes: ['lists.key_members', 'lists.key_persons', 'lists.key_sources'],
  sql: `
    CREATE OR REPLACE VIEW lists.key_members AS SELECT record_id, person_id FROM linkage.memberships;
    CREATE OR REPLACE TABLE lists.key_persons AS
    SELECT person_id, CAST(row_number() OVER (ORDER BY person_id) AS INTEGER) AS person_no
    FROM (SELECT DISTINCT person_id FROM lists.key_members);
    CREATE OR REPLACE VIEW lists.key_sources AS SELECT ${KEY_COLUMNS} FROM sources.records`,
};

/** No key yet: keys are worked out for all persons at one go, or for some after others. */
export const noKeysStep: Step = {
  name: 'no recognition keys yet',
  reads: [],
  writes: ['lists.campaign_keys'],
  sql: 'CREATE OR REPLACE TABLE lists.campaign_keys (person_no INTEGER, kind UTINYINT, key UUID)',
};

/** Names, each in its one spelling and with the number of that: a country of twenty million records has some hundred thousand. */
const spellings: Step = {
  name: 'spellings of names',
  reads: ['lists.key_sources'],
  writes: ['lists.key_spellings'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_spellings AS
    WITH texts AS (SELECT DISTINCT unnest([family_name, usage_name, first_name1]) AS text FROM lists.key_sources),
    spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts)
    -- No WHERE: the engine would look for what spells nothing in all records, and spell each.
    SELECT text, name, CASE WHEN name IS NOT NULL THEN CAST(dense_rank() OVER (ORDER BY name) AS INTEGER) END AS spelling
    FROM spelled`,
};

/** A row a record, its names told by numbers, 0 for none. In rows, for lists of a country are held in memory while they are gathered. */
const records: Step = {
  name: 'what records tell of who persons are',
  reads: [
    'lists.key_members',
    'lists.key_persons',
    'lists.key_spellings',
    'lists.key_sources',
    'sources.files',
    'sources.communes',
  ],
  writes: ['lists.key_records'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_records AS
    -- What a thousand files and some ten thousand communes tell is made a text once, not with every record.
    WITH communes AS (SELECT code, 'commune:' || min(city) AS place FROM sources.communes GROUP BY code),
    senders AS (SELECT file_no, coalesce('uai:' || uai, 'sender:' || lower(trim(sender))) AS sender FROM sources.files),
    members AS (SELECT record_id, person_no FROM lists.key_members JOIN lists.key_persons USING (person_id))
    SELECT m.person_no, r.record_id, CASE WHEN r.source_id IS NOT NULL AND f.sender IS NOT NULL THEN
        concat(r.source, '|', f.sender, '|', r.source_id) END AS sender_key,
      coalesce(family.spelling, 0) AS family, coalesce(usage.spelling, 0) AS usage, coalesce(first.spelling, 0) AS first,
      r.birth_date, CASE WHEN r.birth_country <> '99100' THEN 'country:' || r.birth_country
        ELSE coalesce(c.place, 'commune:' || r.birth_commune) END AS birthplace
    FROM lists.key_sources r JOIN members m USING (record_id) JOIN senders f USING (file_no)
    LEFT JOIN lists.key_spellings family ON family.text = r.family_name
    LEFT JOIN lists.key_spellings usage ON usage.text = r.usage_name
    LEFT JOIN lists.key_spellings first ON first.text = r.first_name1
    LEFT JOIN communes c ON c.code = r.birth_commune`,
};

/** Over rows with a birth date, which is never NULL: `yyyy-mm-dd`. */
const BIRTH = 'CAST(birth_date AS VARCHAR)';
/** Rows of `from` (with `name` and `first`, numbers of spellings) with the texts of both. */
const spelled = (from: string) =>
  `${from} b JOIN names n ON n.spelling = b.name LEFT JOIN names g ON g.spelling = b.first`;

/**
 * Numbers are made one of what is told often; what nearly every record tells anew becomes keys as it comes, and the same one of a
 * person twice where several of their records tell it. `concat` tells no first name as none, in one move where `||` makes a text a part.
 */
const keys: Step = {
  name: 'recognition keys of the campaign',
  reads: ['lists.registry_secret', 'lists.key_spellings', 'lists.key_records', 'sources.identifiers'],
  writes: ['lists.campaign_keys', 'lists.key_spellings', 'lists.key_records'],
  sql: `
    INSERT INTO lists.campaign_keys
    WITH names AS MATERIALIZED (
      -- The first word alone stands for the first name beside an identifier: « Marie » and « Marie Louise » are compatible.
      SELECT spelling, any_value(name) AS name, split_part(any_value(name), ' ', 1) AS word
      FROM lists.key_spellings WHERE spelling IS NOT NULL GROUP BY spelling),
    borne AS MATERIALIZED (
      SELECT DISTINCT person_no, type, value, birth_date, family, usage, first
      FROM lists.key_records JOIN sources.identifiers USING (record_id)),
    named AS MATERIALIZED (
      SELECT DISTINCT person_no, unnest([family, usage]) AS name, first, birth_date, birthplace
      FROM lists.key_records),
    texts AS (
      SELECT person_no, ${identifierKindSql('type')} AS kind, concat(type, '|', value, '|d|', ${BIRTH}) AS text FROM borne
      UNION ALL
      SELECT person_no, ${identifierKindSql('type')}, concat(type, '|', value, '|n|', n.name, '|', g.word)
      FROM ${spelled('(SELECT person_no, type, value, unnest([family, usage]) AS name, first FROM borne)')}
      UNION ALL
      SELECT person_no, ${KEY_KINDS.sender}, concat('s|', sender_key, '|d|', ${BIRTH}) FROM lists.key_records
      WHERE sender_key IS NOT NULL
      UNION ALL
      SELECT person_no, ${KEY_KINDS.sender}, concat('s|', sender_key, '|n|', n.name, '|', g.word)
      FROM ${spelled('(SELECT person_no, sender_key, unnest([family, usage]) AS name, first FROM lists.key_records WHERE sender_key IS NOT NULL)')}
      UNION ALL
      SELECT person_no, ${KEY_KINDS.namePlace}, concat('p|', n.name, '|', g.name, '|', ${BIRTH}, '|', birthplace)
      FROM ${spelled('(FROM named WHERE birthplace IS NOT NULL)')}
      UNION ALL
      SELECT person_no, ${KEY_KINDS.name}, concat('n|', n.name, '|', g.name, '|', ${BIRTH})
      FROM ${spelled('(SELECT DISTINCT person_no, name, first, birth_date FROM named)')}
    )
    SELECT person_no, CAST(kind AS UTINYINT) AS kind, ${hashSql('text')} AS key FROM texts WHERE kind IS NOT NULL;
    DROP TABLE lists.key_spellings;
    DROP TABLE lists.key_records`,
};

const usable: Step = {
  name: 'keys of one person alone',
  reads: ['lists.campaign_keys', 'lists.key_members', 'lists.key_persons', 'lists.registry_secret'],
  writes: ['lists.usable_keys', 'lists.shared_keys', 'lists.key_holders'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_holders AS
    SELECT key, any_value(kind) AS kind, min(person_no) AS person_no, min(person_no) = max(person_no) AS is_alone
    FROM lists.campaign_keys GROUP BY key;
    CREATE OR REPLACE TABLE lists.usable_keys AS SELECT key, kind, person_no FROM lists.key_holders WHERE is_alone;
    -- Whoever shares every key with somebody else is known by their records: the same files give the same number.
    INSERT INTO lists.usable_keys
    WITH known AS (SELECT DISTINCT person_no FROM lists.usable_keys)
    SELECT ${recordKeySql('record_id')}, ${KEY_KINDS.record}, person_no
    FROM lists.key_members JOIN (FROM lists.key_persons ANTI JOIN known USING (person_no)) USING (person_id);
    DELETE FROM lists.shared_keys;
    INSERT INTO lists.shared_keys
    SELECT DISTINCT p.person_id, c.key FROM lists.campaign_keys c JOIN (SELECT key FROM lists.key_holders WHERE NOT is_alone) USING (key)
    JOIN lists.key_persons p USING (person_no);
    DROP TABLE lists.key_holders`,
};

/** Of the records of `lists.key_sources`: insert into `lists.campaign_keys` (person_no, kind, key; a key may stand for several persons, and a row be there twice). */
export const workOutKeySteps: readonly Step[] = [spellings, records, keys];

/**
 * Fill `lists.usable_keys` (key, kind, person_no; each key for one person: everybody has one) from `lists.campaign_keys`, and
 * `lists.shared_keys` (person_id, key) with the others.
 */
export const usableKeyStep: Step = usable;

/** Of the registry's keys, `lists.known_keys`: those that the campaign's may be. Here all. */
const known: Step = {
  name: 'keys of the registry to look among',
  reads: ['lists.registry_keys'],
  writes: ['lists.known_keys'],
  sql: 'CREATE OR REPLACE VIEW lists.known_keys AS SELECT key, kind, counter FROM lists.registry_keys',
};

/** The keys of everybody, and which of them are of one person alone. Read `lists.registry_secret(secret)`. */
export const recognitionKeySteps: readonly Step[] = [persons, noKeysStep, ...workOutKeySteps, usable, known];

/** The same keys of records, each on its own: `lists.key_members` and `lists.key_persons` then tell records, not persons. */
export const recordKeySteps: readonly Step[] = [noKeysStep, ...workOutKeySteps];
