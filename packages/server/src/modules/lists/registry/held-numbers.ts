import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { runSteps, type Step, type StepListener } from '../../../platform/duckdb/step.ts';
import { FETCHED_MEMBERS, type FetchedMembers } from '../../linkage/index.ts';
import { FETCHED_RECORDS, type FetchedRecords } from '../../sources/index.ts';
import { lateKeyStep } from './late-keys.ts';
import type { PreviousNumbers } from './previous-numbers.ts';
import { KEY_COLUMNS, noKeysStep, recordKeySql, usableKeyStep, workOutKeySteps } from './recognition-keys.ts';

/**
 * Numbers after another campaign, for those persons alone of whom something changed and those whom they may meet. Everybody
 * else would answer to their own number, by keys that nobody else holds, and keeps it unasked.
 *
 * Why that is so: the registry is as the earlier campaign left it, so each key that one person alone held there leads to that
 * person's number. Of whoever has the records they had, a key can be another's today only if somebody who changed holds it
 * (then the registry leads from it to its owner), or if several held it then already (`shared_keys` tells all of them): such a key is
 * still of several, unless one of those changed. Keys that are asked and not kept (`late-keys.ts`) are of whoever answers to no number
 * alone, who is among those looked at; what they lead to is looked at as what kept ones lead to.
 */

/** `lists.changed_persons`: ids, of then or of today, whose records or number are not what they were. */
function changedStep({ moved, retold, numbers, campaign }: PreviousNumbers): Step {
  return {
    name: 'persons whose records or number changed',
    reads: ['lists.registry_journal', 'lists.registry_numbers'],
    writes: ['lists.changed_persons'],
    sql: `CREATE OR REPLACE TABLE lists.changed_persons AS
      -- A number that was merged, given back or left by somebody in that campaign: who bears it is asked again.
      WITH told AS (SELECT unnest([counter, other]) AS counter FROM lists.registry_journal WHERE campaign = ${literal(campaign)})
      SELECT person_id FROM ${moved} moved WHERE person_id IS NOT NULL
      UNION SELECT person_id FROM ${retold} retold
      UNION SELECT person_id FROM ${numbers} given
        SEMI JOIN (SELECT siei FROM lists.registry_numbers SEMI JOIN told USING (counter)) USING (siei)`,
  };
}

/** Query of the persons of `from`, and of all who shared a key with one of them then, or with one of those, and so on. */
const sharing = (from: string) => `
      WITH RECURSIVE near AS (
        ${from}
        UNION SELECT other.person_id
        FROM near JOIN lists.keys_of_several mine USING (person_id) JOIN lists.keys_of_several other USING (key))
      SELECT person_id FROM near`;

/**
 * Those to begin with: whoever changed and, for a key may be of one alone today, whoever shared one with somebody of them. Some are ids
 * of then, and of nobody any more.
 */
function firstStep({ sharedKeys }: PreviousNumbers): Step {
  return {
    name: 'persons to number anew',
    reads: ['lists.changed_persons'],
    writes: [
      'lists.keys_of_several',
      'lists.key_round',
      'lists.near_members',
      'lists.key_persons',
      'lists.known_keys',
    ],
    sql: `
      CREATE OR REPLACE TABLE lists.keys_of_several AS SELECT person_id, key FROM ${sharedKeys} shared;
      CREATE OR REPLACE TABLE lists.known_keys (key UUID, kind UTINYINT, counter BIGINT);
      CREATE OR REPLACE TABLE lists.key_persons (person_id VARCHAR, person_no INTEGER);
      CREATE OR REPLACE TABLE lists.near_members (record_id VARCHAR, person_id VARCHAR);
      CREATE OR REPLACE TABLE lists.key_round AS
      ${sharing('SELECT person_id FROM lists.changed_persons')}`,
  };
}

/** Whose records are those of this round, in the place of everybody's. */
const gatherStep = (memberships: string): Step => ({
  name: 'records of persons to number anew',
  reads: ['lists.key_round', memberships, 'lists.key_persons'],
  writes: ['lists.key_persons', 'lists.key_members', 'lists.near_members'],
  sql: `
    CREATE OR REPLACE TABLE lists.key_members AS
    SELECT record_id, person_id FROM ${memberships} SEMI JOIN lists.key_round USING (person_id);
    INSERT INTO lists.key_persons
    SELECT person_id, (SELECT count(*) FROM lists.key_persons) + row_number() OVER ()
    FROM (SELECT DISTINCT person_id FROM lists.key_members);
    INSERT INTO lists.near_members FROM lists.key_members`,
});

/** What those records say, of `records`, a relation that holds them. */
const sourcesStep = (records: string): Step => ({
  name: 'what records of persons to number anew say',
  reads: ['lists.key_members', records],
  writes: ['lists.key_sources'],
  sql: `CREATE OR REPLACE TABLE lists.key_sources AS
    SELECT ${KEY_COLUMNS} FROM ${records} SEMI JOIN lists.key_members USING (record_id)`,
});

/**
 * Who has, by what the registry knows, a key that somebody of this round holds or may be recognised by, or shared it then, and is not
 * looked at yet: the next round. Somebody who changed is looked at since the first.
 */
function ownersStep({ numbers }: PreviousNumbers): Step {
  return {
    name: 'owners of the keys of persons to number anew',
    reads: [
      'lists.keys_of_several',
      'lists.campaign_keys',
      'lists.late_keys',
      'lists.key_members',
      'lists.key_persons',
      'lists.key_round',
      'lists.changed_persons',
      'lists.registry_keys',
      'lists.registry_numbers',
      'lists.known_keys',
      'lists.key_answers',
      'lists.registry_secret',
    ],
    writes: ['lists.key_round', 'lists.key_answers', 'lists.known_keys', 'lists.held_keys'],
    sql: `
      CREATE OR REPLACE TABLE lists.held_keys AS
      SELECT key FROM lists.campaign_keys JOIN lists.key_persons USING (person_no) SEMI JOIN lists.key_round USING (person_id)
      UNION SELECT key FROM lists.late_keys JOIN lists.key_persons USING (person_no) SEMI JOIN lists.key_round USING (person_id)
      UNION SELECT ${recordKeySql('record_id')} FROM lists.key_members;
      CREATE OR REPLACE TABLE lists.key_answers AS
      SELECT key, kind, counter FROM lists.registry_keys SEMI JOIN lists.held_keys USING (key) ANTI JOIN lists.known_keys USING (key);
      INSERT INTO lists.known_keys FROM lists.key_answers;
      CREATE OR REPLACE TABLE lists.key_round AS
      WITH owned AS (SELECT DISTINCT counter FROM lists.key_answers),
      numbered AS (SELECT siei FROM lists.registry_numbers SEMI JOIN owned USING (counter)),
      met AS (SELECT person_id FROM ${numbers} given SEMI JOIN numbered USING (siei)
        UNION SELECT person_id FROM lists.keys_of_several SEMI JOIN lists.held_keys USING (key)),
      near AS (${sharing('SELECT person_id FROM met ANTI JOIN lists.key_persons USING (person_id)')})
      SELECT person_id FROM near
      ANTI JOIN lists.changed_persons USING (person_id) ANTI JOIN lists.key_persons USING (person_id)`,
  };
}

const members: Step = {
  name: 'records of all persons to number anew',
  reads: ['lists.near_members'],
  writes: ['lists.key_members'],
  sql: 'CREATE OR REPLACE TABLE lists.key_members AS FROM lists.near_members',
};

/** Whoever is not looked at shares the keys that they shared. */
const shared: Step = {
  name: 'keys shared as then',
  reads: ['lists.keys_of_several', 'lists.changed_persons', 'lists.key_persons'],
  writes: ['lists.shared_keys'],
  sql: `INSERT INTO lists.shared_keys
    SELECT person_id, key FROM lists.keys_of_several
    ANTI JOIN lists.changed_persons USING (person_id) ANTI JOIN lists.key_persons USING (person_id)`,
};

interface NearKeysOptions {
  readonly before: PreviousNumbers;
  readonly fetched?: FetchedRecords | undefined;
  readonly members?: FetchedMembers | undefined;
}

/**
 * Fills `lists.campaign_keys` and `lists.usable_keys` as for everybody, of those persons alone who may answer to another number
 * than in the earlier campaign: all that they share a key or a number with is among them. `lists.key_persons` tells them.
 * `fetched`, `members`: where rows of records, and who is who, are held for several stages; without them they are read among everybody's.
 */
export async function workOutNearKeys(
  database: Database,
  { before, fetched, members: known }: NearKeysOptions,
  onStep?: StepListener,
): Promise<void> {
  const said = sourcesStep(fetched === undefined ? 'sources.records' : FETCHED_RECORDS);
  const gather = gatherStep(known === undefined ? 'linkage.memberships' : FETCHED_MEMBERS);
  await runSteps(database, [changedStep(before), noKeysStep, firstStep(before)], onStep);
  do {
    await known?.hold('FROM lists.key_round');
    await runSteps(database, [gather], onStep);
    await fetched?.hold('SELECT record_id FROM lists.key_members');
    await runSteps(
      database,
      [said, ...workOutKeySteps, lateKeyStep('lists.key_persons'), ownersStep(before)],
      onStep,
    );
  } while (await isAnybodyLeft(database));
  await runSteps(database, [members, usableKeyStep, shared], onStep);
}

async function isAnybodyLeft(database: Database): Promise<boolean> {
  return (await database.all('SELECT 1 AS found FROM lists.key_round LIMIT 1')).length > 0;
}

/**
 * `lists.numbers` is then of those alone who were asked: `lists.numbers_asked` tells the ids, of then and of today, of whom no
 * number of then holds without being among them; everybody else's do.
 */
export const askedStep: Step = {
  name: 'persons whose number was asked',
  reads: ['lists.changed_persons', 'lists.key_persons'],
  writes: ['lists.numbers_asked'],
  sql: `CREATE OR REPLACE TABLE lists.numbers_asked AS
    FROM lists.changed_persons UNION SELECT person_id FROM lists.key_persons`,
};
