import type { BulkResult, Caseloads } from '@raccroche/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { purposeOf, type Somebody } from '../testing/test-world.ts';

const on = useServedWorld(people(6));
let acts: ReturnType<typeof actsOn>;
beforeAll(() => {
  acts = actsOn(on.server, on);
});
const read = async (who: Somebody) =>
  (await on.call('caseloads', who, { query: { platform: on.world.lens } })).body as unknown as Caseloads;
const set = (who: Somebody, recommended: number, maximum: number, platform = on.world.lens) =>
  on.call('setCaseload', who, { body: { platform, recommended, maximum } });
const caseOf = async (index: number) => (await acts.caseOf(`TEST00000${index}AA`)).caseId;
const assign = async (index: number, who: Somebody | null, more: object = {}) =>
  acts.act('assign', await caseOf(index), { referent: who && on.world.ids[who], ...more }, 'paul');
const openOf = async (who: Somebody) =>
  (await read('paul')).referents.find(({ personId }) => personId === on.world.ids[who])?.open;

describe('the caseloads of a platform', () => {
  test('are those of the product until it sets its own, which only those who answer for it do', async () => {
    expect(await read('paul')).toMatchObject({
      recommended: 40,
      maximum: 60,
      byDefault: true,
      unassigned: 6,
    });
    expect((await set('nadia', 1, 2)).status).toBe(403);
    expect((await set('lea', 1, 2)).status).toBe(404);
    expect((await set('paul', 3, 2)).status).toBe(400);
    expect((await set('diane', 1, 2)).status).toBe(200);
    expect(await read('paul')).toMatchObject({ recommended: 1, maximum: 2, byDefault: false });
    expect((await on.call('caseloads', 'lea', { query: { platform: on.world.lens } })).status).toBe(404);
  });

  test('stop at the maximum, unless a reason is told, which the story keeps', async () => {
    expect((await assign(0, 'nadia')).status).toBe(200);
    expect((await assign(1, 'nadia')).status).toBe(200);
    const refused = await assign(2, 'nadia');
    expect(refused).toMatchObject({ status: 422, body: { code: 'caseload_full' } });
    // Neither the same referent again nor somebody else's room is more.
    expect((await assign(1, 'nadia')).status).toBe(200);
    expect((await assign(2, 'paul')).status).toBe(200);
    expect((await assign(2, 'nadia', { beyond: 'absence' })).status).toBe(200);
    expect(await openOf('nadia')).toBe(3);
    const { timeline } = await acts.open(await caseOf(2));
    expect(timeline.at(-1)).toMatchObject({ details: { beyond: 'absence' } });
    expect((await assign(3, 'paul', { beyond: 'absence' })).status).toBe(200);
    expect((await acts.open(await caseOf(3))).timeline.at(-1)?.details).toEqual({
      referent: on.world.ids.paul,
    });
  });

  test('count who is followed alone: neither closed cases nor those not to be followed', async () => {
    await acts.act('closeCase', await caseOf(0), { outcome: 'training' });
    await acts.act('verify', await caseOf(1), { decision: 'refute', reason: 'employed' });
    expect(await openOf('nadia')).toBe(1);
    expect((await assign(4, 'nadia')).status).toBe(200);
    expect((await assign(5, 'nadia')).body.code).toBe('caseload_full');
  });

  test('hold for several cases at once, each in its turn', async () => {
    await set('paul', 3, 3);
    const cases = await Promise.all(
      [4, 5].map(async (index) => {
        const { caseId, version } = await acts.caseOf(`TEST00000${index}AA`);
        return { caseId, version };
      }),
    );
    const result = (await on.call('bulkAssign', 'paul', { body: { cases, referent: on.world.ids.paul } }))
      .body as unknown as BulkResult;
    expect(result.done).toHaveLength(2);
    await set('paul', 3, 3);
    const [left] = await on.owner<{ open: number }>(
      "SELECT count(*)::INT AS open FROM cases.cases WHERE referent = $1 AND pathway <> 'closed'",
      [on.world.ids.paul],
    );
    expect(left).toEqual({ open: 3 });
    expect((await assign(2, 'paul')).body.code).toBe('caseload_full');
  });

  test('name nobody who left the platform, and count their cases all the same', async () => {
    await on.owner("UPDATE cases.cases SET referent = $1 WHERE siei = 'TEST000002AA'", [on.world.ids.karim]);
    const { referents } = await read('paul');
    expect(referents).toContainEqual({ personId: on.world.ids.karim, displayName: null, open: 1 });
  });
});

test('by SQL as the application’s role, the limits of another platform are neither read nor set', async () => {
  const as = (who: Somebody, sql: string) =>
    on.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': on.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
      },
      (transaction) => transaction.query(sql, [on.world.lens]),
    );
  const raise = 'UPDATE cases.caseload_limits SET maximum = 999 WHERE platform_id = $1';
  expect((await as('lea', raise)).rowCount).toBe(0);
  expect((await as('nadia', raise)).rowCount).toBe(0);
  const add = 'INSERT INTO cases.caseload_limits VALUES ($1, 1, 1) ON CONFLICT (platform_id) DO NOTHING';
  await expect(as('lea', add)).rejects.toThrow(/row-level security/);
  await expect(as('lea', 'DELETE FROM cases.caseload_limits WHERE platform_id = $1')).rejects.toThrow(
    /denied/,
  );
});
