import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { RecognisedNumber } from '../../linkage/index.ts';
import { createListsTablesSql } from '../tables.ts';
import { KEY_KINDS } from './key-kinds.ts';
import { BY_SENDER, lateAskers, lateKeyStep } from './late-keys.ts';
import { claimSteps, contradictions } from './recognise.ts';
import { recognitionKeySteps, recordKeySteps } from './recognition-keys.ts';
import { dropTable, openRegistry } from './registry.ts';
import { openRegistryTables } from './registry-files.ts';

const WORK_TABLES = [
  'registry_secret',
  'asked_numbers',
  'asked_keys',
  'key_members',
  'key_persons',
  'key_sources',
  'campaign_keys',
  'late_keys',
  'late_persons',
  'usable_keys',
  'sole_keys',
  'shared_keys',
  'claims',
  'asked_claims',
  'answers',
  'torn_records',
  'known_keys',
  'registry_numbers',
  'registry_keys',
  'registry_aliases',
  'registry_origins',
  'registry_journal',
] as const;

/** Numbers merged into an elder answer as the elder does. Only the keys of the numbers asked for are looked at. */
const askedKeys: Step = {
  name: 'keys of the numbers asked for',
  reads: ['lists.registry_keys', 'lists.asked_numbers'],
  writes: ['lists.asked_keys'],
  sql: `CREATE OR REPLACE TABLE lists.asked_keys AS
    SELECT key, kind, counter FROM lists.registry_keys SEMI JOIN lists.asked_numbers USING (counter)`,
};

/**
 * Ids of senders beside identifiers lead to numbers that are asked for also whoever answers to another one of these: a decision parts two who
 * would be one without it, and it must still find both when one of them gets their first identifier.
 */
const lateAsked: Step = {
  name: 'persons who answer to a number asked for',
  reads: ['lists.claims', 'lists.asked_numbers', 'lists.key_persons', 'lists.late_persons'],
  writes: ['lists.late_persons'],
  sql: `INSERT INTO lists.late_persons
    SELECT person_no, person_id FROM lists.key_persons
    SEMI JOIN (FROM lists.claims SEMI JOIN lists.asked_numbers USING (counter)) USING (person_no)
    ANTI JOIN lists.late_persons USING (person_no)`,
};

const lateAnswers: Step = {
  name: 'numbers asked for, by ids of senders beside identifiers',
  reads: ['lists.late_keys', 'lists.asked_keys', 'lists.campaign_keys', 'lists.claims'],
  writes: ['lists.claims'],
  sql: `INSERT INTO lists.claims
    WITH alone AS (
      SELECT k.key, k.counter, min(l.person_no) AS person_no
      FROM lists.late_keys l JOIN lists.asked_keys k USING (key) ANTI JOIN lists.campaign_keys USING (key)
      GROUP BY k.key, k.counter HAVING min(l.person_no) = max(l.person_no))
    SELECT person_no, counter, ${BY_SENDER}, count(*), min(key)
    FROM alone ANTI JOIN lists.claims USING (person_no, counter) GROUP BY person_no, counter`,
};

/** All records of whoever answers to one number; the records of whoever answers to several are looked at one by one. */
const answersOfPersons: Step = {
  name: 'records that answer to a number',
  reads: ['lists.claims', 'lists.asked_numbers', 'lists.key_persons', 'lists.key_members'],
  writes: ['lists.asked_claims', 'lists.answers', 'lists.torn_records'],
  sql: `CREATE OR REPLACE TABLE lists.asked_claims AS FROM lists.claims SEMI JOIN lists.asked_numbers USING (counter);
    CREATE OR REPLACE TABLE lists.answers AS
    WITH alone AS (SELECT person_no FROM lists.asked_claims GROUP BY person_no HAVING count(*) = 1)
    SELECT m.record_id, c.counter FROM lists.asked_claims c SEMI JOIN alone USING (person_no)
    JOIN lists.key_persons p USING (person_no) JOIN lists.key_members m USING (person_id);
    CREATE OR REPLACE TABLE lists.torn_records AS
    WITH torn AS (SELECT person_no FROM lists.asked_claims GROUP BY person_no HAVING count(*) > 1)
    SELECT m.record_id, m.person_id FROM torn JOIN lists.key_persons p USING (person_no)
    JOIN lists.key_members m USING (person_id)`,
};

const tornMembers: Step = {
  name: 'records of whoever answers to several numbers',
  reads: ['lists.torn_records'],
  writes: ['lists.key_members', 'lists.key_persons'],
  sql: `CREATE OR REPLACE VIEW lists.key_members AS SELECT record_id, record_id AS person_id FROM lists.torn_records;
    CREATE OR REPLACE TABLE lists.key_persons AS
    SELECT record_id AS person_id, CAST(row_number() OVER (ORDER BY record_id) AS INTEGER) AS person_no
    FROM lists.torn_records`,
};

/**
 * A record is of the number that it has most of its own in common with: by the key that fewest other records of the person
 * hold, then by the strongest. A record that two numbers claim alike is given to both.
 */
const answersOfRecords: Step = {
  name: 'numbers of single records',
  reads: [
    'lists.campaign_keys',
    'lists.late_keys',
    'lists.key_persons',
    'lists.torn_records',
    'lists.asked_keys',
  ],
  writes: ['lists.answers'],
  sql: `INSERT INTO lists.answers
    WITH held AS (
      SELECT t.person_id, p.person_id AS record_id, c.key, c.kind,
        count(*) OVER (PARTITION BY t.person_id, c.key) AS holders
      FROM (SELECT person_no, kind, key FROM lists.campaign_keys UNION SELECT person_no, ${KEY_KINDS.sender}, key FROM lists.late_keys) c JOIN lists.key_persons p USING (person_no)
      JOIN lists.torn_records t ON t.record_id = p.person_id),
    known AS (
      SELECT h.record_id, k.counter, rank() OVER (PARTITION BY h.record_id ORDER BY h.holders, h.kind // 10) AS place
      FROM held h JOIN lists.asked_keys k USING (key))
    SELECT DISTINCT record_id, counter FROM known WHERE place = 1`,
};

/**
 * The records of this campaign that answer to SIEI numbers of former ones, by what the registry knows of them: identifiers,
 * ids of senders, names with birth dates. Needs `linkage.memberships`: what two persons share tells neither of them.
 * A number that the registry does not know is absent. Leaves the registry as it is. Throws a RaccrocheError as openRegistry.
 */
export async function recogniseNumbers(
  database: Database,
  { registryFolder, key }: { readonly registryFolder: string; readonly key?: string | undefined },
  numbers: readonly string[],
): Promise<ReadonlyMap<string, RecognisedNumber>> {
  const registry = openRegistry(registryFolder, key);
  try {
    await database.run(createListsTablesSql(['shared_keys']));
    await openRegistryTables(database, {
      folder: registryFolder,
      current: registry.generations.currentFolder,
    });
    await writeAsked(database, numbers, registry.key.hashSecret);
    await runSteps(database, [
      ...[...recognitionKeySteps(), ...claimSteps, askedKeys],
      ...[lateAskers, lateAsked, lateKeyStep('lists.late_persons'), lateAnswers, contradictions],
      ...[answersOfPersons, tornMembers],
    ]);
    await runSteps(database, [...recordKeySteps, lateKeyStep('lists.key_persons'), answersOfRecords]);
    return await readAnswers(database);
  } finally {
    for (const table of WORK_TABLES) await dropTable(database, `lists.${table}`);
    registry.release();
  }
}

/** The secret goes in as a bound value: an error of the engine quotes the text of a statement, never what is bound. */
async function writeAsked(database: Database, numbers: readonly string[], secret: string): Promise<void> {
  await database.run('CREATE OR REPLACE TABLE lists.registry_secret (secret VARCHAR)');
  await database.run('INSERT INTO lists.registry_secret VALUES ($1)', [secret]);
  await database.run(
    `CREATE OR REPLACE TABLE lists.asked_numbers AS
     WITH merges AS (
       SELECT counter, other, sequence FROM lists.registry_journal m WHERE event = 'merge' AND NOT EXISTS (
         FROM lists.registry_journal u WHERE u.event = 'unmerge' AND u.counter = m.counter AND u.sequence > m.sequence)),
     elders AS (
       SELECT n.counter, n.siei, coalesce(a.kept, n.counter) AS elder FROM lists.registry_numbers n
       LEFT JOIN lists.registry_aliases a ON a.counter = n.counter),
     asked AS (FROM elders WHERE siei IN (SELECT unnest(string_split($1, ' ')))),
     told AS (
       SELECT siei, elder AS counter, elder, false AS is_split_off FROM asked
       UNION
       SELECT q.siei, e.elder, q.elder, true FROM asked q
       JOIN merges m ON m.counter = q.counter
       JOIN lists.registry_journal s ON s.event = 'split' AND s.counter IN (q.elder, m.other) AND s.sequence > m.sequence
       JOIN elders e ON e.counter = s.other WHERE e.elder <> q.elder)
     SELECT t.siei, t.counter, k.siei AS current_siei, t.is_split_off
     FROM told t JOIN lists.registry_numbers k ON k.counter = t.elder`,
    [numbers.join(' ')],
  );
}

async function readAnswers(database: Database): Promise<ReadonlyMap<string, RecognisedNumber>> {
  const rows = await database.all<{ siei: string; current_siei: string; own: string[]; away: string[] }>(
    `SELECT q.siei, any_value(q.current_siei) AS current_siei,
       coalesce(list(DISTINCT a.record_id ORDER BY a.record_id) FILTER (NOT q.is_split_off AND a.record_id IS NOT NULL), []) AS own,
       coalesce(list(DISTINCT a.record_id ORDER BY a.record_id) FILTER (q.is_split_off AND a.record_id IS NOT NULL), []) AS away
     FROM lists.asked_numbers q LEFT JOIN lists.answers a ON a.counter = q.counter GROUP BY q.siei ORDER BY q.siei`,
  );
  return new Map(
    rows.map(({ siei, current_siei, own, away }) => [
      siei,
      { current: current_siei, recordIds: own, splitOff: away },
    ]),
  );
}
