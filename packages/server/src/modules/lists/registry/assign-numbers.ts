import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { allOver } from '../../../kernel/all-over.ts';
import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { runSteps, type StepListener } from '../../../platform/duckdb/step.ts';
import { openTextFile } from '../../../platform/files/text-file.ts';
import type { FetchedMembers, KeptTellings } from '../../linkage/index.ts';
import type { FetchedRecords } from '../../sources/index.ts';
import { createSieiCipher } from '../siei-cipher.ts';
import { createListsTablesSql } from '../tables.ts';
import { writeDeathCodes } from './death-codes.ts';
import { askedStep, workOutNearKeys } from './held-numbers.ts';
import { nextKeySteps, nextRegistrySteps } from './next-registry.ts';
import type { PreviousNumbers } from './previous-numbers.ts';
import { allClaimSteps, claimSteps, decideSteps, nearClaimSteps } from './recognise.ts';
import { recognitionKeySteps } from './recognition-keys.ts';
import { dropTable, openRegistry, type Registry } from './registry.ts';
import {
  openRegistryTables,
  registryFingerprint,
  writeFirstKeys,
  writeRegistryTables,
} from './registry-files.ts';

export interface NumberingOptions {
  /** Folder of the registry; made when missing. */
  readonly registryFolder: string;
  /** Name of the campaign, kept beside the numbers that it creates. */
  readonly campaign: string;
  /** 64 hex digits: the key of a new registry, or the one that an existing registry must have. */
  readonly key?: string | undefined;
  /** Numbers of an earlier campaign: whoever did not change since keeps theirs, if the registry is as that campaign left it. */
  readonly before?: PreviousNumbers | undefined;
  /** Where rows of records are held for several stages. */
  readonly fetched?: FetchedRecords | undefined;
  /** Where who is who is held for several stages. */
  readonly members?: FetchedMembers | undefined;
  /** What linkage kept of the tellings of everybody, where it linked everybody: the numbers are the same without. */
  readonly told?: KeptTellings | undefined;
  readonly onStep?: StepListener | undefined;
}

/** Numbers given to a campaign's persons. The registry stays locked until `commit` or `abandon`. */
export interface NumberAssignment {
  /** Persons who were in no former campaign. */
  readonly newNumbers: number;
  /** Numbers that became aliases of an older one. */
  readonly merges: number;
  /** Persons who shared the number of another until now, and got their own. */
  readonly splits: number;
  /** Aliases that are again numbers of their own: two people who were taken for one. */
  readonly revivals: number;
  /**
   * Whether those alone were asked about who changed since the earlier campaign, and whoever they may meet: `lists.numbers` is then
   * theirs, and `lists.numbers_asked` tells whose number of then does not hold by itself.
   */
  readonly held: boolean;
  /** What the registry is once committed: `registryFingerprint`. */
  readonly registry: string;
  /** Makes the registry remember, in one move; changes nothing when the registry knows it all already. Then unlocks it. */
  commit(): void;
  /** Leaves the registry as it was, and unlocks it. */
  abandon(): void;
}

const RESULTS = ['numbers', 'number_aliases', 'shared_keys', 'death_codes'] as const;

const WORK_TABLES = [
  'registry_secret',
  'registry_next',
  'campaign_label',
  'key_members',
  'key_persons',
  'key_sources',
  'key_round',
  'near_members',
  'changed_persons',
  'key_answers',
  'held_keys',
  'keys_of_several',
  'known_keys',
  'numbers_asked',
  'campaign_keys',
  'late_keys',
  'late_persons',
  'usable_keys',
  'sole_keys',
  'kept_numbers',
  'merged_numbers',
  'split_numbers',
  'revived_numbers',
  'new_numbers',
  'next_numbers',
  'next_keys',
  'next_aliases',
  'next_origins',
  'next_journal',
  'registry_numbers',
  'registry_keys',
  'registry_aliases',
  'registry_origins',
  'registry_journal',
] as const;

/**
 * Gives every person of `linkage.memberships` a SIEI number: `lists.numbers`, and `lists.number_aliases`; and every death its
 * code: `lists.death_codes`.
 * A person known to the registry keeps their number. Nothing of the registry changes before `commit`:
 * commit before the campaign is published, for a number that went out must be found again.
 * Throws a RaccrocheError as openRegistry does.
 */
export async function assignNumbers(
  database: Database,
  options: NumberingOptions,
): Promise<NumberAssignment> {
  const registry = openRegistry(options.registryFolder, options.key);
  try {
    return await assign(database, registry, options);
  } catch (error) {
    registry.generations.discard();
    registry.release();
    throw error;
  }
}

async function assign(
  database: Database,
  registry: Registry,
  { registryFolder, campaign, before, fetched, members, told, onStep }: NumberingOptions,
): Promise<NumberAssignment> {
  const { key, generations } = registry;
  const current = generations.currentFolder;
  await database.run(createListsTablesSql([]));
  for (const table of [...RESULTS, ...WORK_TABLES]) await dropTable(database, `lists.${table}`);
  await database.run(createListsTablesSql(RESULTS));
  await openRegistryTables(database, { folder: registryFolder, current });
  await writeParameters(database, registry, campaign);
  await writeDeathCodes(database, key);
  const fingerprint = await registryFingerprint(key.fingerprintSecret, current);
  const held = before?.registry === fingerprint ? before : undefined;
  const staged = generations.stage();
  if (held === undefined) await runSteps(database, recognitionKeySteps(told), onStep);
  else await workOutNearKeys(database, { before: held, fetched, members }, onStep);
  const toClaim = held === undefined ? allClaimSteps : nearClaimSteps;
  await runSteps(database, [...(current === undefined ? claimSteps : toClaim), ...decideSteps], onStep);
  await drawNumbers(database, registry, staged, onStep);
  await runSteps(database, [...nextRegistrySteps, ...(held ? [askedStep] : [])], onStep);
  const { changed, ...counts } = await count(database);
  if (changed) await writeRegistryTables(database, current, staged);
  else generations.discard();
  for (const table of WORK_TABLES) if (table !== 'numbers_asked') await dropTable(database, `lists.${table}`);
  return {
    ...counts,
    held: held !== undefined,
    registry: changed ? await registryFingerprint(key.fingerprintSecret, staged) : fingerprint,
    commit() {
      try {
        key.save();
        if (changed) generations.publish();
      } finally {
        registry.release();
      }
    },
    abandon() {
      generations.discard();
      registry.release();
    },
  };
}

/** The secret goes in as a bound value: an error of the engine quotes the text of a statement, never what is bound. */
async function writeParameters(database: Database, registry: Registry, campaign: string): Promise<void> {
  await database.run(`
    CREATE TABLE lists.registry_secret (secret VARCHAR);
    CREATE TABLE lists.campaign_label (campaign VARCHAR);
    CREATE TABLE lists.registry_next AS
      SELECT coalesce(max(counter), 0) + 1 AS next FROM lists.registry_numbers`);
  await database.run('INSERT INTO lists.registry_secret VALUES ($1)', [registry.key.hashSecret]);
  await database.run('INSERT INTO lists.campaign_label VALUES ($1)', [campaign]);
}

/**
 * Draws the numbers of new counters, and works out the next keys of the registry, and writes those of a new one: the engine does that while this
 * thread enciphers.
 */
async function drawNumbers(
  database: Database,
  registry: Registry,
  staged: string,
  onStep: StepListener | undefined,
): Promise<void> {
  const [range] = await database.all<{ first: number; count: number }>(
    `SELECT CAST((SELECT next FROM lists.registry_next) AS DOUBLE) AS first,
       CAST(count(*) FILTER (is_new) AS DOUBLE) AS count FROM lists.kept_numbers`,
  );
  const path = join(staged, 'new-numbers.csv');
  const keys = async (): Promise<void> => {
    await runSteps(database, nextKeySteps, onStep);
    if (registry.generations.currentFolder === undefined) await writeFirstKeys(database, staged);
  };
  // Both are over before anybody is told of an error: the registry is given back then.
  await allOver([keys(), writeNumbers(registry, path, range ?? { first: 1, count: 0 })]);
  await database.run(
    `CREATE TABLE lists.new_numbers AS FROM read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '', escape = '',
       columns = {'counter': 'BIGINT', 'siei': 'VARCHAR'})`,
  );
  rmSync(path);
}

/** Numbers between two looks at what else waits for this thread: some milliseconds of work. */
const NUMBERS_AT_ONCE = 10_000;

/** New counters follow each other: their numbers are enciphered in batches and read in as one file. */
async function writeNumbers(
  registry: Registry,
  path: string,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  const file = openTextFile(path);
  try {
    let counter = first;
    for (const siei of createSieiCipher(registry.key.cipherKey).numbers(first, count)) {
      file.write(`${counter++},${siei}\n`);
      if ((counter - first) % NUMBERS_AT_ONCE === 0) await setImmediate();
    }
  } finally {
    file.close();
  }
}

/** How many of each; and whether the registry changes: a key that is new, or of another number than before, changes it too. */
async function count(database: Database) {
  const [row] = await database.all<Record<'added' | 'merges' | 'splits' | 'revivals' | 'moved', number>>(`
    SELECT
      CAST((SELECT count(*) FROM lists.new_numbers) AS DOUBLE) AS added,
      CAST((SELECT count(*) FROM lists.merged_numbers) AS DOUBLE) AS merges,
      CAST((SELECT count(*) FROM lists.split_numbers) AS DOUBLE) AS splits,
      CAST((SELECT count(*) FROM lists.revived_numbers) AS DOUBLE) AS revivals,
      CAST((SELECT count(*) FROM lists.next_keys) AS DOUBLE) AS moved`);
  const { added = 0, merges = 0, splits = 0, revivals = 0, moved = 0 } = row ?? {};
  const changed = added + merges + splits + revivals + moved > 0;
  return { newNumbers: added, merges, splits, revivals, changed };
}
