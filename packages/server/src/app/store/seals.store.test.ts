import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import {
  checkSeals,
  readSealKey,
  readSeals,
  type Seal,
  sealTrail,
  verifyTrail,
} from '../../modules/audit/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';

const KEYS = generateKeyPairSync('ed25519');
const OTHER = generateKeyPairSync('ed25519');

let database: Database;
let world: TestWorld;
let seal: Seal | undefined;
beforeAll(async () => {
  database = await openTestStore();
  world = await buildWorld(database);
  const read = (subject: string) =>
    withCaller(database, { token: world.tokens.nadia, permission: 'case.read' }, (caller) =>
      caller.record('case.read', [subject]),
    );
  await read('before the seal');
  await read('before it too');
  seal = await database.transaction({}, (transaction) => sealTrail(transaction, KEYS.privateKey));
  await read('after it');
});
afterAll(() => database.close());

const check = (seals?: readonly Seal[], key = KEYS.publicKey) =>
  database.transaction({ snapshot: true }, async (transaction) =>
    checkSeals(transaction, seals ?? (await readSeals(transaction)), key),
  );

/** What the checks say once somebody who owns the base has done `work`; nothing of it stays. */
async function after(work: (transaction: Transaction) => Promise<void>) {
  const undo = new Error('undo');
  let found: { trail: readonly string[]; seals: readonly string[] } | undefined;
  const tampering = database.transaction({}, async (transaction) => {
    await transaction.script('ALTER TABLE audit.entries DISABLE TRIGGER USER');
    const before = await readSeals(transaction);
    await work(transaction);
    found = {
      trail: (await verifyTrail(transaction)).faults.map(({ fault }) => fault),
      seals: (await checkSeals(transaction, before, KEYS.publicKey)).faults.map(({ fault }) => fault),
    };
    throw undo;
  });
  await expect(tampering).rejects.toBe(undo);
  return found;
}

/** Hashes of a chain made anew to its head, as whoever owns the base can. */
const REWRITE = `
  DO $$ DECLARE e audit.entries; previous BYTEA := ''; n BIGINT := 0; BEGIN
    FOR e IN SELECT * FROM audit.entries WHERE chain = (SELECT chain FROM audit.entries WHERE subjects = ARRAY['before the seal'])
      ORDER BY position LOOP
      n := n + 1;
      UPDATE audit.entries SET position = n WHERE chain = e.chain AND position = e.position;
      e.position := n;
      e.hash := sha256(previous || audit.content(e));
      UPDATE audit.entries SET hash = e.hash WHERE chain = e.chain AND position = n;
      previous := e.hash;
    END LOOP;
    UPDATE audit.chains SET entries = n, head = previous WHERE chain = e.chain;
  END $$`;

describe('the seal of a day', () => {
  let kept: Seal;
  beforeEach(() => {
    if (!seal) throw new Error('nothing was sealed');
    kept = seal;
  });

  test('holds while the trail goes on, and is made once a day', async () => {
    expect(await check()).toEqual({ seals: 1, faults: [] });
    expect(await check([kept])).toEqual({ seals: 1, faults: [] });
    const again = await database.transaction({}, (transaction) => sealTrail(transaction, KEYS.privateKey));
    expect(again).toBeUndefined();
  });

  test('finds who rewrites a chain to its very head, which the chain alone cannot tell', async () => {
    const found = await after(async (transaction) => {
      const touched = await transaction.query(
        "UPDATE audit.entries SET actor = 'x' WHERE subjects = ARRAY['before the seal']",
      );
      expect(touched.rowCount).toBe(1);
      await transaction.script(REWRITE);
    });
    expect(found).toEqual({ trail: [], seals: ['rewritten'] });
  });

  test('finds an entry that was taken out before it, and a chain cut shorter than it was', async () => {
    const without = (subjects: readonly string[]) =>
      after(async (transaction) => {
        await transaction.query('DELETE FROM audit.entries WHERE subjects[1] = ANY ($1)', [[...subjects]]);
        await transaction.script(REWRITE);
      });
    expect(await without(['before it too'])).toEqual({ trail: [], seals: ['rewritten'] });
    expect(await without(['before it too', 'after it'])).toEqual({ trail: [], seals: ['rewritten'] });
    // What came after the seal waits for that of the next day.
    expect(await without(['after it'])).toEqual({ trail: [], seals: [] });
  });

  test.each([
    ['another day', (one: Seal) => ({ ...one, day: '2020-01-01' })],
    ['another statement', (one: Seal) => ({ ...one, statement: `${one.statement}\n` })],
    ['another signature', (one: Seal) => ({ ...one, signature: Buffer.alloc(64).toString('base64') })],
  ])('is worth nothing with %s', async (_, change) => {
    expect((await check([change(kept)])).faults).toMatchObject([{ fault: 'forged' }]);
  });

  test('is worth nothing by another key', async () => {
    expect((await check([kept], OTHER.publicKey)).faults).toMatchObject([{ fault: 'forged' }]);
  });

  test('is not taken back, even by whoever owns the base', async () => {
    const change = database.transaction({}, (transaction) => transaction.query('DELETE FROM audit.seals'));
    await expect(change).rejects.toThrow('append-only');
    const asApp = database.transaction({ role: 'raccroche_app' }, (transaction) =>
      transaction.query('SELECT * FROM audit.seals'),
    );
    await expect(asApp).rejects.toThrow('permission denied');
  });
});

test('only an Ed25519 key seals', () => {
  const pem = KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(readSealKey(pem, 'private').asymmetricKeyType).toBe('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  expect(() => readSealKey(rsa.export({ type: 'pkcs8', format: 'pem' }).toString(), 'private')).toThrow(
    'Ed25519',
  );
  expect(() => readSealKey('rien', 'public')).toThrow('Ed25519');
});
