import { normalizedNameSql } from '@raccroche/linkage';
import type { Step } from '../../../platform/duckdb/step.ts';
import { birthPlaceSql, type KeptTellings } from '../../linkage/index.ts';
import { BEARS_NONE, IDENTIFIER_KIND, IDENTIFIER_TYPE, KEY_KINDS } from './key-kinds.ts';
import { toldRecordSteps } from './told-records.ts';

/**
 * SHA-256 of secret and texts, cut to 128 bits: a UUID takes half the room of its digits and joins quicker; made of bytes, for as a text it
 * is read slower, with or without dashes. A text that is NULL counts as an empty one.
 */
export const hashSql = (...texts: string[]) =>
  `CAST(unhex(substring(sha256(concat((SELECT secret FROM lists.registry_secret), ${texts.join(', ')})), 1, 32)) AS UUID)`;

/** Query of the sender of each file, as keys tell them; `barred`: with a bar in a name that somebody gave. */
export const SENDERS = `SELECT file_no, concat(source, '|', coalesce('uai:' || uai, 'sender:' || lower(trim(sender)))) AS sender,
        uai IS NULL AND contains(sender, '|') AS barred
      FROM sources.files WHERE uai IS NOT NULL OR sender IS NOT NULL`;

/** By these a record that nobody else is like is recognised. */
export const recordKeySql = (recordId: string) => hashSql("'r|'", recordId);

/** What of a record its keys are made of. */
export const KEY_COLUMNS =
  'record_id, file_no, ine_type, ine, ina, source_id, family_name, usage_name, first_name1, birth_date, birth_commune, birth_country';

const persons: Step = {
  name: 'persons to number',
  reads: ['linkage.memberships', 'sources.records'],
  writes: ['lists.key_members', 'lists.persons_in_order', 'lists.key_persons', 'lists.key_sources'],
  sql: `
    CREATE OR REPLACE VIEW lists.key_members AS SELECT record_id, person_id FROM linkage.memberships;
    -- A person bears the id of one of their records. Numbered by their place in a table, which takes no window: that is one thread's work.
    CREATE OR REPLACE TABLE lists.persons_in_order AS SELECT person_id FROM lists.key_members WHERE record_id = person_id;
    CREATE OR REPLACE TABLE lists.key_persons AS SELECT person_id, (rowid + 1)::INTEGER AS person_no FROM lists.persons_in_order;
    DROP TABLE lists.persons_in_order;
    CREATE OR REPLACE VIEW lists.key_sources AS SELECT ${KEY_COLUMNS} FROM sources.records`,
};

/** No key yet: keys are worked out for all persons at one go, or for some after others. */
export const noKeysStep: Step = {
  name: 'no recognition keys yet',
  reads: [],
  writes: ['lists.campaign_keys', 'lists.late_keys'],
  sql: `CREATE OR REPLACE TABLE lists.campaign_keys (person_no INTEGER, kind UTINYINT, key UUID, alone BOOLEAN);
    CREATE OR REPLACE TABLE lists.late_keys (person_no INTEGER, key UUID)`,
};

/**
 * What records tell of whom, a row for each that tells something else: few do, so they are told apart before anything is looked up.
 *
 * The id of a sender beside an identifier is no key that the registry keeps: it says hardly more (ADR 0027, `late-keys.ts`).
 */
const tellings: Step = {
  name: 'what records tell of who persons are',
  reads: ['lists.key_members', 'lists.key_persons', 'lists.key_sources'],
  writes: ['lists.key_tellings'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_tellings AS
    SELECT DISTINCT person_no, ine_type, ine, ina, CASE WHEN ${BEARS_NONE} THEN source_id END AS source_id,
      CASE WHEN ${BEARS_NONE} AND source_id IS NOT NULL THEN file_no END AS file_no,
      family_name, usage_name, first_name1, birth_date, birth_commune, birth_country
    FROM lists.key_sources
    JOIN (SELECT record_id, person_no FROM lists.key_members JOIN lists.key_persons USING (person_id)) p USING (record_id)`,
};

/** Names, each in its one spelling and with the number of that: a country of twenty million records has some hundred thousand. */
const spellings: Step = {
  name: 'spellings of names',
  reads: ['lists.key_tellings'],
  writes: ['lists.key_spellings'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_spellings AS
    WITH texts AS (SELECT family_name AS text FROM lists.key_tellings
      UNION SELECT usage_name FROM lists.key_tellings UNION SELECT first_name1 FROM lists.key_tellings),
    spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts)
    -- No WHERE: the engine would look for what spells nothing in all records, and spell each.
    SELECT text, name, CASE WHEN name IS NOT NULL THEN CAST(dense_rank() OVER (ORDER BY name) AS INTEGER) END AS spelling
    FROM spelled`,
};

/**
 * The same, a row for each identifier that a record bears, or one. In numbers where there is little of a thing: names 0 for none. In
 * rows, for lists of a country are held in memory while they are gathered.
 */
const records: Step = {
  name: 'what keys are made of',
  reads: ['lists.key_tellings', 'lists.key_spellings', 'sources.communes'],
  writes: ['lists.key_records', 'lists.key_tellings'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_records AS
    WITH communes AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
    -- Hardly anybody bears an INA: one pass over everybody, and one that passes over nearly all.
    identified AS (
      SELECT *, ine_type AS type, ine AS value FROM lists.key_tellings WHERE ine IS NOT NULL OR ina IS NULL
      UNION ALL SELECT *, 'ina', ina FROM lists.key_tellings WHERE ina IS NOT NULL)
    SELECT r.person_no, CAST(${IDENTIFIER_KIND} AS UTINYINT) AS kind, r.value, r.file_no, r.source_id,
      coalesce(family.spelling, 0) AS family, coalesce(usage.spelling, 0) AS usage, coalesce(first.spelling, 0) AS first,
      r.birth_date, ${birthPlaceSql('r', 'c')} AS birthplace
    FROM identified r
    LEFT JOIN lists.key_spellings family ON family.text = r.family_name
    LEFT JOIN lists.key_spellings usage ON usage.text = r.usage_name
    LEFT JOIN lists.key_spellings first ON first.text = r.first_name1
    LEFT JOIN communes c ON c.code = r.birth_commune;
    DROP TABLE lists.key_tellings`,
};

/** Over rows `b` with a birth date, which is never NULL: `yyyy-mm-dd`. */
const BIRTH = 'CAST(b.birth_date AS VARCHAR)';
/** A row for the family name and one for the usage name, if another, of each row of `from`: columns `also`, `name` and `first`. */
const byName = (from: string, also: string) =>
  `(SELECT ${also}, family AS name, first FROM ${from} UNION ALL SELECT ${also}, usage, first FROM ${from} WHERE usage NOT IN (0, family))`;
/** Rows of `from` (with `name` and `first`, numbers of spellings) with the texts of both. */
const spelled = (from: string) =>
  `${from} b JOIN names n ON n.spelling = b.name LEFT JOIN names g ON g.spelling = b.first`;

/** Whether what a row's keys are made of is in none of the rows of `often`, a query above. */
const isAlone = 'o.often IS NULL';
const nameIsOften = 'often_named o ON o.name = b.name AND o.first = b.first AND o.birth_date = b.birth_date';

/**
 * Numbers are made one of what is told often; what nearly every record tells anew becomes keys as it comes, and the same one of a
 * person twice where several of their records tell it. No first name is told as an empty one.
 *
 * `alone`: what a key is made of shows already that it is here once. Of ids, whoever sent them: a bar within one or in a sender's name
 * may make the text of another sender's.
 */
const keys: Step = {
  name: 'recognition keys of the campaign',
  reads: ['lists.registry_secret', 'lists.key_spellings', 'lists.key_records', 'sources.files'],
  writes: ['lists.campaign_keys', 'lists.key_spellings', 'lists.key_records'],
  sql: `
    INSERT INTO lists.campaign_keys
    WITH names AS MATERIALIZED (
      -- The first word alone stands for the first name beside an identifier: « Marie » and « Marie Louise » are compatible.
      SELECT spelling, any_value(name) AS name, split_part(any_value(name), ' ', 1) AS word
      FROM lists.key_spellings WHERE spelling IS NOT NULL GROUP BY spelling),
    borne AS MATERIALIZED (
      SELECT DISTINCT person_no, kind, value, birth_date, family, usage, first FROM lists.key_records WHERE kind IS NOT NULL),
    senders AS (${SENDERS}),
    sent AS MATERIALIZED (
      SELECT person_no, senders.sender, source_id, barred, birth_date, family, usage, first
      FROM lists.key_records JOIN senders USING (file_no) WHERE source_id IS NOT NULL),
    told AS MATERIALIZED (
      SELECT DISTINCT person_no, family, usage, first, birth_date, birthplace FROM lists.key_records),
    named AS MATERIALIZED (
      SELECT DISTINCT * FROM ${byName('told', 'person_no, birth_date, birthplace')}),
    often_borne AS MATERIALIZED (
      SELECT kind, value, true AS often FROM borne GROUP BY kind, value HAVING count(*) > 1),
    often_sent AS MATERIALIZED (
      SELECT source_id, true AS often FROM sent GROUP BY source_id
      HAVING count(*) > 1 OR bool_or(barred) OR contains(source_id, '|')),
    often_named AS MATERIALIZED (
      SELECT name, first, birth_date, true AS often FROM named GROUP BY name, first, birth_date
      HAVING min(person_no) <> max(person_no))
    SELECT person_no, kind, ${hashSql(IDENTIFIER_TYPE, "'|'", 'value', "'|d|'", BIRTH)} AS key, ${isAlone} AS alone
    FROM borne b LEFT JOIN often_borne o USING (kind, value)
    UNION ALL
    SELECT person_no, kind, ${hashSql(IDENTIFIER_TYPE, "'|'", 'value', "'|n|'", 'n.name', "'|'", 'g.word')}, ${isAlone}
    FROM ${spelled(byName('borne', 'person_no, kind, value'))} LEFT JOIN often_borne o USING (kind, value)
    UNION ALL
    SELECT person_no, ${KEY_KINDS.sender}, ${hashSql("'s|'", 'sender', "'|'", 'source_id', "'|d|'", BIRTH)}, ${isAlone}
    FROM sent b LEFT JOIN often_sent o USING (source_id)
    UNION ALL
    SELECT person_no, ${KEY_KINDS.sender}, ${hashSql("'s|'", 'sender', "'|'", 'source_id', "'|n|'", 'n.name', "'|'", 'g.word')}, ${isAlone}
    FROM ${spelled(byName('sent', 'person_no, sender, source_id'))} LEFT JOIN often_sent o USING (source_id)
    UNION ALL
    SELECT person_no, ${KEY_KINDS.namePlace}, ${hashSql("'p|'", 'n.name', "'|'", 'g.name', "'|'", BIRTH, "'|'", 'birthplace')}, ${isAlone}
    FROM ${spelled('(FROM named WHERE birthplace IS NOT NULL)')} LEFT JOIN ${nameIsOften}
    UNION ALL
    SELECT person_no, ${KEY_KINDS.name}, ${hashSql("'n|'", 'n.name', "'|'", 'g.name', "'|'", BIRTH)}, ${isAlone}
    FROM ${spelled('(SELECT DISTINCT person_no, name, first, birth_date FROM named)')} LEFT JOIN ${nameIsOften};
    DROP TABLE lists.key_spellings;
    DROP TABLE lists.key_records`,
};

/**
 * Where keys were worked out at one go, those that are told to be of one person alone need not be looked for among the others. After
 * several goes they must: who came later was not known before. Whoever shares every key with somebody else is known by their
 * records: the same files give the same number.
 */
function usableStep(atOneGo: boolean): Step {
  const alone = 'SELECT key, kind, person_no FROM lists.campaign_keys WHERE alone';
  const doubtful = atOneGo ? '(FROM lists.campaign_keys WHERE NOT alone)' : 'lists.campaign_keys';
  return {
    name: 'keys of one person alone',
    reads: ['lists.campaign_keys', 'lists.key_members', 'lists.key_persons', 'lists.registry_secret'],
    writes: ['lists.usable_keys', 'lists.shared_keys', 'lists.key_holders', 'lists.sole_keys'],
    sql: `
      CREATE OR REPLACE TABLE lists.key_holders AS
      SELECT key, any_value(kind) AS kind, min(person_no) AS person_no, min(person_no) = max(person_no) AS is_alone
      FROM ${doubtful} GROUP BY key;
      CREATE OR REPLACE TABLE lists.sole_keys AS SELECT key, kind, person_no FROM lists.key_holders WHERE is_alone;
      CREATE OR REPLACE VIEW lists.usable_keys AS ${atOneGo ? `${alone} UNION ALL ` : ''}FROM lists.sole_keys;
      INSERT INTO lists.sole_keys
      SELECT ${recordKeySql('record_id')}, ${KEY_KINDS.record}, person_no
      FROM lists.key_members JOIN (FROM lists.key_persons ANTI JOIN lists.usable_keys USING (person_no)) USING (person_id);
      DELETE FROM lists.shared_keys;
      INSERT INTO lists.shared_keys
      SELECT DISTINCT p.person_id, c.key
      FROM ${doubtful} c JOIN (SELECT key FROM lists.key_holders WHERE NOT is_alone) USING (key) JOIN lists.key_persons p USING (person_no);
      DROP TABLE lists.key_holders`,
  };
}

/**
 * Of the records of `lists.key_sources`: insert into `lists.campaign_keys`
 * (person_no, kind, key, alone; a key may stand for several persons, and a row be there twice; not so where it is `alone`: among the
 * keys of these records it is this one's, once).
 */
export const workOutKeySteps: readonly Step[] = [tellings, spellings, records, keys];

/**
 * Fill `lists.usable_keys` (key, kind, person_no; each key for one person: everybody has one) from `lists.campaign_keys`, and
 * `lists.shared_keys` (person_id, key) with the others.
 */
export const usableKeyStep: Step = usableStep(false);

/** Of the registry's keys, `lists.known_keys`: those that the campaign's may be. Here all. */
const known: Step = {
  name: 'keys of the registry to look among',
  reads: ['lists.registry_keys'],
  writes: ['lists.known_keys'],
  sql: 'CREATE OR REPLACE VIEW lists.known_keys AS SELECT key, kind, counter FROM lists.registry_keys',
};

/**
 * The keys of everybody, and which of them are of one person alone; of what linkage kept of the tellings of everybody, where it did: the
 * keys are the same. Read `lists.registry_secret(secret)`.
 */
export const recognitionKeySteps = (told?: KeptTellings): readonly Step[] => [
  persons,
  noKeysStep,
  ...(told === undefined ? workOutKeySteps : [...toldRecordSteps(told), keys]),
  usableStep(true),
  known,
];

/** The same keys of records, each on its own: `lists.key_members` and `lists.key_persons` then tell records, not persons. */
export const recordKeySteps: readonly Step[] = [noKeysStep, ...workOutKeySteps];
