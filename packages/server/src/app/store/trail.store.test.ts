import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import { verifyTrail } from '../../modules/audit/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';

let database: Database;
let world: TestWorld;
beforeAll(async () => {
  database = await openTestStore();
  world = await buildWorld(database);
  for (const subject of ['a', 'b', 'c'])
    await withCaller(database, { token: world.tokens.nadia, permission: 'case.read' }, (caller) =>
      caller.record('case.read', [subject], { n: 1 }),
    );
});
afterAll(() => database.close());

/** What the check says once somebody who owns the base has done `sql`; nothing of it stays. */
async function faultsAfter(sql: string): Promise<readonly string[]> {
  let faults: readonly string[] = [];
  const undo = new Error('undo');
  const tampering = database.transaction({}, async (transaction) => {
    await transaction.script('ALTER TABLE audit.entries DISABLE TRIGGER USER');
    const touched = await transaction.query(sql, [world.ids.nadia]);
    expect(touched.rowCount).toBe(1);
    faults = (await verifyTrail(transaction)).faults.map(({ fault }) => fault);
    throw undo;
  });
  await expect(tampering).rejects.toBe(undo);
  return faults;
}
const mine = 'actor = $1 AND position = (SELECT max(position) - 1 FROM audit.entries WHERE actor = $1)';

describe('the trail', () => {
  test('is intact when nobody touched it, and tells who, why, what', async () => {
    const { faults, entries } = await database.transaction({ snapshot: true }, verifyTrail);
    expect(faults).toEqual([]);
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query(
        'SELECT actor, purpose, action, subjects FROM audit.entries WHERE action = $1 ORDER BY position',
        ['case.read'],
      ),
    );
    expect(entries).toBeGreaterThan(rows.length);
    expect(rows.map((row) => row.subjects)).toEqual([['a'], ['b'], ['c']]);
    expect(rows[0]).toMatchObject({ actor: world.ids.nadia, purpose: 'follow_up' });
  });

  test('refuses to be changed, even by whoever owns the base', async () => {
    const change = (sql: string) => database.transaction({}, (transaction) => transaction.query(sql));
    await expect(change("UPDATE audit.entries SET actor = 'x'")).rejects.toThrow('append-only');
    await expect(change('DELETE FROM audit.entries')).rejects.toThrow('append-only');
    await expect(change('TRUNCATE audit.entries')).rejects.toThrow('append-only');
  });

  const COLUMNS = [
    ['at', "at + interval '1 microsecond'"],
    ['actor', "'x'"],
    ['purpose', "'x'"],
    ['action', "'x'"],
    ['subjects', "ARRAY['a,b']"],
    ['details', `'{"n": 2}'`],
    ['hash', "sha256('x')"],
  ] as const;
  test.each(COLUMNS)('tells a changed %s', async (column, value) => {
    expect(await faultsAfter(`UPDATE audit.entries SET ${column} = ${value} WHERE ${mine}`)).toEqual([
      'changed',
    ]);
  });

  test('tells an entry that was taken out', async () => {
    expect(await faultsAfter(`DELETE FROM audit.entries WHERE ${mine}`)).toEqual(['missing']);
  });

  test('tells an end that was cut off', async () => {
    const last = 'position = (SELECT max(position) FROM audit.entries WHERE actor = $1)';
    expect(await faultsAfter(`DELETE FROM audit.entries WHERE actor = $1 AND ${last}`)).toEqual(['cut']);
  });
});
