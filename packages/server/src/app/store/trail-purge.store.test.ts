import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import { checkSeals, readSeals, sealTrail, verifyTrail } from '../../modules/audit/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { purgeTrailOf } from '../operations/trail-purge.ts';
import { day } from '../testing/test-day.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';
import { STORE_RETENTION } from './retention.ts';

const KEYS = generateKeyPairSync('ed25519');
const OTHER = generateKeyPairSync('ed25519');
const YEAR = 365;
/** Days ago of the seals that stand before the purge: two that have outlived the term of three years, one that has not. */
const SEALS = [5 * YEAR, 4 * YEAR, 2 * YEAR] as const;

let database: Database;
let world: TestWorld;
const within = <T>(work: (transaction: Transaction) => Promise<T>) => database.transaction({}, work);
const read = (subject: string) =>
  withCaller(database, { token: world.tokens.nadia, permission: 'case.read' }, (caller) =>
    caller.record('case.read', [subject]),
  );
const subjects = async () =>
  (
    await within((transaction) =>
      transaction.query<{ subject: string }>(
        "SELECT subjects[1] AS subject FROM audit.entries WHERE action = 'case.read' ORDER BY position",
      ),
    )
  ).rows.map(({ subject }) => subject);

/** A seal of where the chains stand, as if it were made so many days ago. */
async function sealBack(daysAgo: number, key: KeyObject = KEYS.privateKey): Promise<void> {
  await within(async (transaction) => {
    const { rows } = await transaction.query<{ line: string }>(
      "SELECT concat_ws(' ', chain, entries, encode(head, 'hex')) AS line FROM audit.chains ORDER BY chain",
    );
    const on = day(-daysAgo);
    const statement = ['raccroche-trail/1', on, ...rows.map(({ line }) => line), ''].join('\n');
    await transaction.query(
      "INSERT INTO audit.seals (day, statement, signature, key_id) VALUES ($1, $2, $3, 'x')",
      [on, statement, sign(null, Buffer.from(statement, 'utf8'), key)],
    );
  });
}
beforeAll(async () => {
  database = await openTestStore();
  world = await buildWorld(database);
  for (const ago of SEALS) {
    await read(`before ${ago}`);
    await sealBack(ago);
  }
  await read('since');
  await within((transaction) => sealTrail(transaction, KEYS.privateKey));
});
afterAll(() => database.close());

const purge = (more: { terms?: string; publicKey?: KeyObject; dryRun?: boolean } = {}) =>
  purgeTrailOf(database, {
    today: day(),
    terms: readTerms(STORE_RETENTION, more.terms),
    publicKey: more.publicKey ?? KEYS.publicKey,
    dryRun: more.dryRun,
  });
const faults = () =>
  within(async (transaction) => ({
    trail: (await verifyTrail(transaction)).faults.map(({ fault }) => fault),
    seals: (await checkSeals(transaction, await readSeals(transaction), KEYS.publicKey)).faults.map(
      ({ fault }) => fault,
    ),
  }));
const SOUND = { trail: [], seals: [] };

describe('before anything went', () => {
  test('nothing goes that no seal vouches for, of another key, or of less than a year', async () => {
    await expect(purge({ publicKey: OTHER.publicKey })).rejects.toMatchObject({
      code: 'seal_of_another_key',
    });
    await expect(purge({ terms: 'audit.trail=P11M' })).rejects.toMatchObject({
      code: 'trail_term_too_short',
    });
    expect(await purge({ terms: 'audit.trail=P9Y' })).toEqual({ removed: 0, until: null });
    expect(await subjects()).toHaveLength(4);
  });

  test('nothing goes of a trail that was touched', async () => {
    const undo = new Error('undo');
    const tampering = within(async (transaction) => {
      await transaction.script('ALTER TABLE audit.entries DISABLE TRIGGER USER');
      await transaction.query("UPDATE audit.entries SET purpose = 'x' WHERE subjects[1] = 'since'");
      const same: Database = { ...database, transaction: (_options, work) => work(transaction) };
      const asked = purgeTrailOf(same, {
        today: day(),
        terms: readTerms(STORE_RETENTION, undefined),
        publicKey: KEYS.publicKey,
      });
      await expect(asked).rejects.toMatchObject({ code: 'trail_altered' });
      throw undo;
    });
    await expect(tampering).rejects.toBe(undo);
  });

  test('a dry run counts what would go, and takes nothing', async () => {
    const { removed, until } = await purge({ dryRun: true });
    expect({ some: removed > 1, until }).toEqual({ some: true, until: day(-4 * YEAR) });
    expect(await subjects()).toHaveLength(4);
  });
});

describe('once what outlived its term went', () => {
  beforeAll(async () => {
    await purge();
  });

  test('what is younger remains, and is proved from the seal on', async () => {
    expect(await subjects()).toEqual([`before ${2 * YEAR}`, 'since']);
    expect(await faults()).toEqual(SOUND);
    const { since } = await within(verifyTrail);
    expect(since).toBe(day(-4 * YEAR));
    expect(await purge()).toEqual({ removed: 0, until: day(-4 * YEAR) });
    await read('afterwards');
    expect(await faults()).toEqual(SOUND);
    const { rows } = await within((transaction) =>
      transaction.query(
        "SELECT actor, details ->> 'until' AS until FROM audit.entries WHERE action = 'trail.purged'",
      ),
    );
    expect(rows).toEqual([{ actor: 'program:trail', until: day(-4 * YEAR) }]);
  });

  test('a later seal takes more, once it is old enough', async () => {
    const undo = new Error('undo');
    const trial = within(async (transaction) => {
      const same: Database = { ...database, transaction: (_options, work) => work(transaction) };
      const done = await purgeTrailOf(same, {
        today: day(),
        terms: readTerms(STORE_RETENTION, 'audit.trail=P1Y'),
        publicKey: KEYS.publicKey,
      });
      expect(done).toEqual({ removed: expect.any(Number) as number, until: day(-2 * YEAR) });
      expect((await verifyTrail(transaction)).faults).toEqual([]);
      expect((await checkSeals(transaction, await readSeals(transaction), KEYS.publicKey)).faults).toEqual(
        [],
      );
      throw undo;
    });
    await expect(trial).rejects.toBe(undo);
  });

  test.each([
    ['an entry that is younger', "DELETE FROM audit.entries WHERE subjects[1] = 'since'", 'append-only'],
    ['all of it', 'TRUNCATE audit.entries', 'append-only'],
    ['where it starts', 'DELETE FROM audit.starts', 'append-only'],
    ['a seal', 'DELETE FROM audit.seals', 'append-only'],
    ['a start that no seal says', 'UPDATE audit.starts SET position = position + 1', 'no seal says so'],
    ['a start that goes back', 'UPDATE audit.starts SET position = 1', 'moves forward'],
    ['a start of this year', 'UPDATE audit.starts SET day = current_date', 'a year at least'],
  ])('even whoever owns the base does not change %s', async (_, sql, told) => {
    await expect(within((transaction) => transaction.query(sql))).rejects.toThrow(told);
  });

  test.each(['raccroche_app', 'raccroche_keeper', 'raccroche_door'] as const)(
    '%s removes nothing',
    async (role) => {
      for (const sql of ['DELETE FROM audit.entries', 'UPDATE audit.starts SET position = 1'])
        await expect(database.transaction({ role }, (transaction) => transaction.query(sql))).rejects.toThrow(
          'permission denied',
        );
    },
  );

  /** What the checks say once whoever owns the base has switched its guards off; nothing of it stays. */
  async function after(...sqls: readonly string[]) {
    const undo = new Error('undo');
    let found = SOUND as { trail: readonly string[]; seals: readonly string[] };
    const tampering = within(async (transaction) => {
      for (const table of ['entries', 'starts', 'seals'])
        await transaction.script(`ALTER TABLE audit.${table} DISABLE TRIGGER USER`);
      for (const sql of sqls) await transaction.query(sql);
      found = {
        trail: (await verifyTrail(transaction)).faults.map(({ fault }) => fault),
        seals: (await checkSeals(transaction, await readSeals(transaction), KEYS.publicKey)).faults.map(
          ({ fault }) => fault,
        ),
      };
      throw undo;
    });
    await expect(tampering).rejects.toBe(undo);
    return found;
  }
  const CHAIN = "chain = (SELECT chain FROM audit.entries WHERE subjects[1] = 'since')";

  test('whoever cuts more from the beginning is found', async () => {
    const first = `position = (SELECT min(position) FROM audit.entries WHERE ${CHAIN})`;
    expect(await after(`DELETE FROM audit.entries WHERE ${CHAIN} AND ${first}`)).toMatchObject({
      trail: ['missing'],
    });
  });

  test('whoever cuts more and says that it starts there is found by the seals', async () => {
    const one = "subjects[1] = 'since'";
    const found = await after(
      `UPDATE audit.starts s SET position = e.position, head = e.hash FROM audit.entries e WHERE e.chain = s.chain AND e.${one}`,
      `DELETE FROM audit.entries e USING audit.starts s WHERE e.chain = s.chain AND e.position <= s.position`,
    );
    expect(found).toEqual({ trail: [], seals: ['start_not_sealed'] });
  });
});
