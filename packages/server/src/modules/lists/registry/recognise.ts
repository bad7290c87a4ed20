import type { Step } from '../../../platform/duckdb/step.ts';
import { KEY_KINDS, STRENGTH_STEP } from './key-kinds.ts';
import { lateAskers, lateClaims, lateKeyStep } from './late-keys.ts';

/** Kinds of which two different values contradict each other: identifiers of one type, known birthplaces. */
const CONTRADICTORY = `(kind < ${KEY_KINDS.sender} OR kind = ${KEY_KINDS.namePlace})`;
const BY_IDENTIFIER = KEY_KINDS.identifier / STRENGTH_STEP;
const BY_NAME = KEY_KINDS.name / STRENGTH_STEP;

const claims: Step = {
  name: 'known numbers that persons answer to',
  reads: ['lists.usable_keys', 'lists.known_keys'],
  writes: ['lists.claims'],
  sql: `
    CREATE OR REPLACE TABLE lists.claims AS
    SELECT u.person_no, k.counter, CAST(min(u.kind // ${STRENGTH_STEP}) AS INTEGER) AS strength,
      count(*) AS key_count, min(u.key) AS first_key
    FROM lists.usable_keys u JOIN lists.known_keys k USING (key)
    GROUP BY u.person_no, k.counter`,
};

/**
 * Without a common identifier, somebody who bears another identifier of the same type is somebody else (rules.md §7);
 * by name alone, so is somebody born elsewhere. Common keys are looked for among all keys of the campaign,
 * also those shared by two persons: an identifier in litige does not contradict itself.
 */
export const contradictions: Step = {
  name: 'claims contradicted by another identifier or birthplace',
  reads: ['lists.claims', 'lists.campaign_keys', 'lists.registry_keys'],
  writes: ['lists.claims'],
  sql: `
    DELETE FROM lists.claims WHERE (person_no, counter) IN (
      WITH weak AS (
        SELECT person_no, counter, strength FROM lists.claims
        WHERE strength > ${BY_IDENTIFIER} AND strength <= ${BY_NAME}
      ), of_person AS (
        SELECT person_no, kind, key FROM lists.campaign_keys SEMI JOIN weak USING (person_no) WHERE ${CONTRADICTORY}
      ), of_counter AS (
        SELECT counter, kind, key FROM lists.registry_keys SEMI JOIN weak USING (counter) WHERE ${CONTRADICTORY}
      ), common AS (
        SELECT DISTINCT p.person_no, c.counter, p.kind FROM of_person p JOIN of_counter c ON c.key = p.key
      )
      SELECT w.person_no, w.counter
      FROM weak w
      JOIN (SELECT DISTINCT person_no, kind FROM of_person) p USING (person_no)
      JOIN (SELECT DISTINCT counter, kind FROM of_counter) c ON c.counter = w.counter AND c.kind = p.kind
      ANTI JOIN common ON common.person_no = w.person_no AND common.counter = w.counter AND common.kind = p.kind
      WHERE p.kind < ${KEY_KINDS.sender} OR w.strength = ${BY_NAME}
    )`,
};

/**
 * Numbers that were merged, and are again of two people: each person answers to the keys that one number had before. The one that
 * had become an alias is given back to whoever answers to its own keys, when somebody else answers to those of the number that stayed.
 */
const revivals: Step = {
  name: 'merged numbers given back',
  reads: ['lists.claims', 'lists.usable_keys', 'lists.registry_keys', 'lists.registry_origins'],
  writes: ['lists.revived_numbers'],
  sql: `
    CREATE OR REPLACE TABLE lists.revived_numbers AS
    WITH contested AS (SELECT counter FROM lists.claims GROUP BY counter HAVING count(*) > 1),
    own AS (
      SELECT u.person_no, o.counter, k.counter AS merged_into, min(u.kind // ${STRENGTH_STEP}) AS strength,
        count(*) AS key_count, min(u.key) AS first_key
      FROM lists.usable_keys u JOIN lists.registry_keys k USING (key) JOIN lists.registry_origins o USING (key)
      SEMI JOIN contested c ON c.counter = k.counter
      SEMI JOIN lists.claims a ON a.person_no = u.person_no AND a.counter = k.counter
      GROUP BY u.person_no, o.counter, k.counter
    ), owners AS (
      SELECT counter, merged_into, person_no FROM own
      QUALIFY row_number() OVER (PARTITION BY counter ORDER BY strength, key_count DESC, first_key) = 1
    )
    SELECT one.counter, one.merged_into, one.person_no
    FROM owners one JOIN owners other ON other.counter = one.merged_into
    WHERE one.counter <> one.merged_into AND one.person_no <> other.person_no`,
};

/**
 * A number goes to the person with the strongest key, then the most keys, then the smallest key.
 * A person who is given several keeps the oldest; the others become its aliases.
 */
const decisions: Step = {
  name: 'numbers kept, merged, and new',
  reads: ['lists.claims', 'lists.usable_keys', 'lists.registry_next', 'lists.revived_numbers'],
  writes: [
    'lists.claims',
    'lists.won_numbers',
    'lists.kept_numbers',
    'lists.merged_numbers',
    'lists.split_numbers',
  ],
  sql: `
    CREATE OR REPLACE TABLE lists.won_numbers AS
    SELECT person_no, counter FROM lists.claims c
    ANTI JOIN lists.revived_numbers r ON r.person_no = c.person_no AND r.merged_into = c.counter
    QUALIFY row_number() OVER (PARTITION BY counter ORDER BY strength, key_count DESC, first_key) = 1;
    INSERT INTO lists.won_numbers SELECT person_no, counter FROM lists.revived_numbers;
    CREATE OR REPLACE TABLE lists.kept_numbers AS
    SELECT person_no, min(counter) AS counter, false AS is_new FROM lists.won_numbers GROUP BY person_no;
    CREATE OR REPLACE TABLE lists.merged_numbers AS
    SELECT w.counter, k.counter AS kept
    FROM lists.won_numbers w JOIN lists.kept_numbers k USING (person_no) WHERE w.counter <> k.counter;
    -- New numbers in the order of the smallest key: it depends on who people are, not on how files are called.
    INSERT INTO lists.kept_numbers
    SELECT person_no,
      (SELECT next FROM lists.registry_next) + row_number() OVER (ORDER BY min(key)) - 1, true
    FROM lists.usable_keys ANTI JOIN lists.won_numbers USING (person_no)
    GROUP BY person_no;
    CREATE OR REPLACE TABLE lists.split_numbers AS
    SELECT c.counter, k.counter AS new_counter
    FROM lists.claims c JOIN lists.kept_numbers k USING (person_no) WHERE k.is_new
    QUALIFY row_number() OVER (PARTITION BY c.person_no ORDER BY c.strength, c.key_count DESC, c.first_key) = 1;
    DROP TABLE lists.won_numbers;
    DROP TABLE lists.claims`,
};

/**
 * Fill `lists.claims` (person_no, counter, strength, …): every known number that a person of the campaign answers to by a key of theirs.
 * Of a registry that knows nobody yet none.
 */
export const claimSteps: readonly Step[] = [claims, contradictions];

/** The same, and those that whoever answers to none by these is looked for by in the end. */
export const allClaimSteps: readonly Step[] = [
  ...claimSteps,
  lateAskers,
  lateKeyStep('lists.late_persons'),
  lateClaims,
  contradictions,
];

/** The same, where `lists.late_keys` has those of all persons that there are. */
export const nearClaimSteps: readonly Step[] = [...claimSteps, lateAskers, lateClaims, contradictions];

/**
 * After one of these, fill `lists.kept_numbers` (person_no, counter, is_new), one row a person;
 * `lists.merged_numbers` (counter, kept), `lists.split_numbers` (counter, new_counter) and `lists.revived_numbers` (counter,
 * merged_into, person_no). Read the keys of the campaign, `lists.registry_keys(key, kind, counter)`, `lists.registry_origins` and `lists.registry_next(next)`.
 */
export const decideSteps: readonly Step[] = [revivals, decisions];
