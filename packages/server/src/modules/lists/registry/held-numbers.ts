import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { runSteps, type Step, type StepListener } from '../../../platform/duckdb/step.ts';
import type { PreviousNumbers } from './previous-numbers.ts';
import { KEY_COLUMNS, recordKeySql, usableKeyStep, workOutKeySteps } from './recognition-keys.ts';

/**
 * Numbers after another campaign, for those persons alone of whom something changed and those whom they may meet. Everybody
 * else would answer to their own number, by keys that nobody else holds, and keeps it unasked.
 *
 * Why that is so: the registry is as the earlier campaign left it, so each key that one person alone held there leads to that
 * person's number. Of whoever has the records they had, a key can be another's today only if somebody who changed holds it
 * (then the registry leads from it to its owner), or if several held it then already (`shared_keys` tells all of them).
 */

/** Its records bear names of other files: the same delivery may tell other things. */
const NEEDS_OTHER_FILES = 'sygne-schoolings';
/** A record id begins with the id of its delivery. */
const DELIVERY_ID_LENGTH = 12;

/** `lists.changed_persons`: ids, of then or of today, whose records or number are not what they were. */
function changedStep({ files, memberships, numbers, campaign }: PreviousNumbers): Step {
  const read = (from: string) =>
    `SELECT delivery_id FROM ${from} WHERE NOT rejected AND kind <> '${NEEDS_OTHER_FILES}'`;
  return {
    name: 'persons whose records or number changed',
    reads: ['linkage.memberships', 'sources.files', 'lists.registry_journal', 'lists.registry_numbers'],
    writes: ['lists.changed_persons'],
    sql: `CREATE OR REPLACE TABLE lists.changed_persons AS
      WITH same_deliveries AS (${read('sources.files')} INTERSECT ${read(`${files} before`)}),
      moved AS (
        SELECT m.person_id AS now, b.person_id AS before
        FROM linkage.memberships m FULL JOIN ${memberships} b ON b.record_id = m.record_id
        WHERE m.person_id IS DISTINCT FROM b.person_id
          OR left(m.record_id, ${DELIVERY_ID_LENGTH}) NOT IN (SELECT delivery_id FROM same_deliveries)),
      -- A number that was merged, given back or left by somebody in that campaign: who bears it is asked again.
      told AS (SELECT unnest([counter, other]) AS counter FROM lists.registry_journal WHERE campaign = ${literal(campaign)})
      SELECT now AS person_id FROM moved WHERE now IS NOT NULL
      UNION SELECT before FROM moved WHERE before IS NOT NULL
      UNION SELECT person_id FROM ${numbers} given
        SEMI JOIN (SELECT siei FROM lists.registry_numbers SEMI JOIN told USING (counter)) USING (siei)`,
  };
}

/** Those to begin with: whoever changed, and whoever shared a key with somebody. */
function firstStep({ sharedKeys }: PreviousNumbers): Step {
  return {
    name: 'persons to number anew',
    reads: ['linkage.memberships', 'lists.changed_persons'],
    writes: ['lists.key_round', 'lists.near_members', 'lists.key_persons'],
    sql: `
      CREATE OR REPLACE TABLE lists.key_persons (person_id VARCHAR, person_no INTEGER);
      CREATE OR REPLACE TABLE lists.near_members (record_id VARCHAR, person_id VARCHAR);
      CREATE OR REPLACE TABLE lists.key_round AS
      SELECT DISTINCT person_id FROM linkage.memberships SEMI JOIN (
        FROM lists.changed_persons UNION SELECT person_id FROM ${sharedKeys} shared) USING (person_id)`,
  };
}

/** The records of the persons of this round, in the place of everybody's. */
const gather: Step = {
  name: 'records of persons to number anew',
  reads: ['lists.key_round', 'linkage.memberships', 'sources.records', 'lists.key_persons'],
  writes: ['lists.key_persons', 'lists.key_members', 'lists.key_sources', 'lists.near_members'],
  sql: `
    INSERT INTO lists.key_persons
    SELECT person_id, (SELECT count(*) FROM lists.key_persons) + row_number() OVER (ORDER BY person_id) FROM lists.key_round;
    CREATE OR REPLACE TABLE lists.key_members AS
    SELECT record_id, person_id FROM linkage.memberships SEMI JOIN lists.key_round USING (person_id);
    INSERT INTO lists.near_members FROM lists.key_members;
    CREATE OR REPLACE TABLE lists.key_sources AS
    SELECT ${KEY_COLUMNS} FROM sources.records SEMI JOIN lists.key_members USING (record_id)`,
};

/**
 * Who has, by what the registry knows, a key that somebody of this round holds or may be recognised by, and is not looked at yet:
 * the next round. Somebody who changed is looked at since the first.
 */
function ownersStep({ numbers }: PreviousNumbers): Step {
  return {
    name: 'owners of the keys of persons to number anew',
    reads: [
      'lists.campaign_keys',
      'lists.key_members',
      'lists.key_persons',
      'lists.key_round',
      'lists.changed_persons',
      'lists.registry_keys',
      'lists.registry_numbers',
      'lists.registry_secret',
    ],
    writes: ['lists.key_round'],
    sql: `
      CREATE OR REPLACE TABLE lists.key_round AS
      WITH held AS (
        SELECT key FROM lists.campaign_keys JOIN lists.key_persons USING (person_no) SEMI JOIN lists.key_round USING (person_id)
        UNION SELECT ${recordKeySql('record_id')} FROM lists.key_members),
      owned AS (SELECT DISTINCT counter FROM lists.registry_keys SEMI JOIN held USING (key)),
      numbered AS (SELECT siei FROM lists.registry_numbers SEMI JOIN owned USING (counter))
      SELECT person_id FROM ${numbers} given SEMI JOIN numbered USING (siei)
      ANTI JOIN lists.changed_persons USING (person_id) ANTI JOIN lists.key_persons USING (person_id)`,
  };
}

const members: Step = {
  name: 'records of all persons to number anew',
  reads: ['lists.near_members'],
  writes: ['lists.key_members'],
  sql: 'CREATE OR REPLACE TABLE lists.key_members AS FROM lists.near_members',
};

const noKeys: Step = {
  name: 'no recognition keys yet',
  reads: [],
  writes: ['lists.campaign_keys'],
  sql: 'CREATE OR REPLACE TABLE lists.campaign_keys (person_no INTEGER, kind UTINYINT, key UUID)',
};

/**
 * Fills `lists.campaign_keys` and `lists.usable_keys` as for everybody, of those persons alone who may answer to another number
 * than in the earlier campaign: all that they share a key or a number with is among them. `lists.key_persons` tells them.
 */
export async function workOutNearKeys(
  database: Database,
  before: PreviousNumbers,
  onStep?: StepListener,
): Promise<void> {
  await runSteps(database, [changedStep(before), noKeys, firstStep(before)], onStep);
  do {
    await runSteps(database, [gather, ...workOutKeySteps, ownersStep(before)], onStep);
  } while (await isAnybodyLeft(database));
  await runSteps(database, [members, usableKeyStep], onStep);
}

async function isAnybodyLeft(database: Database): Promise<boolean> {
  return (await database.all('SELECT 1 AS found FROM lists.key_round LIMIT 1')).length > 0;
}

/** Adds to `lists.numbers` those of everybody else, as they were. */
export function heldNumbersStep({ numbers }: PreviousNumbers): Step {
  return {
    name: 'numbers of everybody else',
    reads: ['lists.changed_persons', 'lists.key_persons'],
    writes: ['lists.numbers'],
    sql: `INSERT INTO lists.numbers BY NAME FROM ${numbers} given
      ANTI JOIN lists.changed_persons USING (person_id) ANTI JOIN lists.key_persons USING (person_id)`,
  };
}
