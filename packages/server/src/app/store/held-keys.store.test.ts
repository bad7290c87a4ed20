import { beforeEach, describe, expect, test } from 'vitest';
import { publishCampaign } from '../../modules/cases/index.ts';
import { copyLine, type Database, type Transaction } from '../../platform/postgres/database.ts';
import { useWorld } from '../testing/published-world.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { TEST_SERVER } from '../testing/test-store.ts';
import { emptyCases } from '../testing/varied-months.ts';

/** What cases are found by is held against them without a foreign key: these hold what one would. */
let database: Database;
const nextFolder = useWorld((opened) => {
  ({ database } = opened);
});
let [one, other] = ['', ''];
beforeEach(async () => {
  await emptyCases(database);
  await publishCampaign(database, writeCampaign(nextFolder(), '2025-11-15', people(2)));
  await asOwner(async (transaction) => {
    const { rows } = await transaction.query<{ case_id: string }>(
      'SELECT case_id FROM cases.cases ORDER BY siei',
    );
    [one, other] = rows.map(({ case_id }) => case_id) as [string, string];
    await transaction.script('DELETE FROM cases.events');
  });
});

const asOwner = <T>(work: (transaction: Transaction) => Promise<T>) => database.transaction({}, work);
const NOBODY = '00000000-0000-4000-8000-000000000000';
const addWord = (transaction: Transaction, caseId: string) =>
  transaction.query("INSERT INTO cases.name_words VALUES ($1, 'AJOUT', 'AJU', '62')", [caseId]);
const remove = (transaction: Transaction, caseId: string) =>
  transaction.query('DELETE FROM cases.cases WHERE case_id = $1', [caseId]);

/** Keys that are of no case, and those of the two cases. */
async function readKeys() {
  return asOwner(async (transaction) => {
    const { rows } = await transaction.query<{ orphans: number; one: number; other: number }>(
      `SELECT count(*) FILTER (WHERE c.case_id IS NULL) AS orphans, count(*) FILTER (WHERE k.case_id = $1) AS one,
         count(*) FILTER (WHERE k.case_id = $2) AS other
       FROM (SELECT case_id FROM cases.name_words UNION ALL SELECT case_id FROM cases.phone_keys) k
       LEFT JOIN cases.cases c USING (case_id)`,
      [one, other],
    );
    return rows[0];
  });
}
/** Two words and a telephone. */
const KEYS = 3;

describe('a key of no case', () => {
  test.each([
    ['word', "INSERT INTO cases.name_words VALUES ($1, 'AJOUT', 'AJU', '62')"],
    ['telephone', "INSERT INTO cases.phone_keys VALUES ($1, '0600000000', '62')"],
    [
      'among others that are',
      `INSERT INTO cases.name_words
       SELECT c, 'AJOUT', 'AJU', '62' FROM unnest(ARRAY[$1::UUID] || ARRAY(SELECT case_id FROM cases.cases)) c`,
    ],
    [
      'of a case that the same statement removes',
      `WITH gone AS (DELETE FROM cases.cases RETURNING case_id)
       INSERT INTO cases.name_words SELECT case_id, 'AJOUT', 'AJU', '62' FROM gone WHERE case_id <> $1`,
    ],
  ])('is refused: %s', async (_, sql) => {
    await expect(asOwner((transaction) => transaction.query(sql, [NOBODY]))).rejects.toThrow('is of no case');
    expect(await readKeys()).toEqual({ orphans: 0, one: KEYS, other: KEYS });
  });
  test('is refused when they are copied in', async () => {
    const copied = asOwner((transaction) =>
      transaction.copyIn(
        'cases.name_words',
        ['case_id', 'word', 'sound', 'place'],
        [one, NOBODY].map((id) => copyLine([id, 'AJOUT', 'AJU', '62'])),
      ),
    );
    await expect(copied).rejects.toThrow('is of no case');
  });
  test.each(['cases', 'name_words', 'phone_keys'])('is not made by changing an id of %s', async (table) => {
    const change = asOwner((transaction) =>
      transaction.query(`UPDATE cases.${table} SET case_id = $1 WHERE case_id = $2`, [NOBODY, one]),
    );
    await expect(change).rejects.toThrow('the id of a case never changes');
  });
});

test('keys go with their case, and no other', async () => {
  await asOwner((transaction) => remove(transaction, one));
  expect(await readKeys()).toEqual({ orphans: 0, one: 0, other: KEYS });
  await emptyCases(database);
  expect(await readKeys()).toEqual({ orphans: 0, one: 0, other: 0 });
});

test('a case is not removed from a view of the base that may be older than its keys', async () => {
  const removed = asOwner(async (transaction) => {
    await transaction.script('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await remove(transaction, one);
  });
  await expect(removed).rejects.toThrow('read committed');
});

/** Both begin, `first` works, `second` is asked for and waits, `first` ends, `second` ends. */
async function inTurn(
  first: (transaction: Transaction) => Promise<unknown>,
  second: (transaction: Transaction) => Promise<unknown>,
  ends: 'commits' | 'rolls back' = 'commits',
): Promise<string | undefined> {
  let asked: Promise<string | undefined> = Promise.resolve(undefined);
  const finished = asOwner(async (transaction) => {
    await first(transaction);
    asked = asOwner(second).then(
      () => undefined,
      (error: Error) => error.message,
    );
    await untilOneWaits(transaction);
    if (ends === 'rolls back') throw new Error('rolled back');
  });
  await finished.catch((error: Error) => expect(error.message).toBe('rolled back'));
  return asked;
}

/** Until another connection waits for a lock of this one. */
async function untilOneWaits(transaction: Transaction): Promise<void> {
  for (;;) {
    const { rows } = await transaction.query<{ waits: boolean }>(
      'SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS waits',
    );
    if (rows[0]?.waits) return;
    await transaction.query('SELECT pg_sleep(0.01)');
  }
}

// The embedded base has one connection: its transactions follow each other.
describe.runIf(TEST_SERVER !== undefined)('two transactions at once, on a server', () => {
  const adds = (transaction: Transaction) => addWord(transaction, one);
  const removes = (transaction: Transaction) => remove(transaction, one);
  const addsFromOlderView = async (transaction: Transaction) => {
    await transaction.script('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await transaction.query('SELECT FROM cases.cases');
    await adds(transaction);
  };
  const NONE_LEFT = { orphans: 0, one: 0, other: KEYS };
  test('a key that is added while its case is removed is refused', async () => {
    expect(await inTurn(removes, adds)).toContain('is of no case');
    expect(await readKeys()).toEqual(NONE_LEFT);
  });
  test('it is added when the removal is given up', async () => {
    expect(await inTurn(removes, adds, 'rolls back')).toBeUndefined();
    expect(await readKeys()).toEqual({ orphans: 0, one: KEYS + 1, other: KEYS });
  });
  test('from an older view of the base it is refused too', async () => {
    expect(await inTurn(removes, addsFromOlderView)).toContain('could not serialize access');
    expect(await readKeys()).toEqual(NONE_LEFT);
  });
  test('a case that is removed while a key is added goes with that key', async () => {
    expect(await inTurn(adds, removes)).toBeUndefined();
    expect(await readKeys()).toEqual(NONE_LEFT);
  });
  test('a case that is changed while a key is added is not waited for', async () => {
    await asOwner(async (transaction) => {
      await adds(transaction);
      await asOwner((another) =>
        another.query('UPDATE cases.cases SET version = version + 1 WHERE case_id = $1', [one]),
      );
    });
    expect(await readKeys()).toEqual({ orphans: 0, one: KEYS + 1, other: KEYS });
  });
});
