import type { IndicatorRow } from '@raccroche/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import {
  ARRAS_COMMUNE,
  FREE_COMMUNE,
  LILLE_COMMUNE,
  purposeOf,
  type Somebody,
} from '../testing/test-world.ts';

/** 20 in Lens, 9 in Arras, 6 in no zone of the Pas-de-Calais, 12 in Lille: 47 of the région 32. */
const on = useServedWorld([
  ...people(20),
  ...people(9, 20).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
  ...people(6, 29).map((one) => ({ ...one, commune: FREE_COMMUNE })),
  ...people(12, 35).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' })),
]);
const read = async (who: Somebody, by: 'platform' | 'department' | 'region') =>
  (await on.call('indicators', who, { query: { by } })).body.rows as IndicatorRow[];
const totals = (rows: readonly IndicatorRow[]) => rows.map(({ name, id, total }) => [name ?? id, total]);
const close = (platform: string, outcome: string, count: number) =>
  on.owner(
    `UPDATE cases.cases SET pathway = 'closed', outcome = $2 WHERE case_id IN (
       SELECT case_id FROM cases.cases WHERE platform_id = $1 AND pathway <> 'closed' ORDER BY siei LIMIT $3)`,
    [platform, outcome, count],
  );

describe('where nothing is small', () => {
  test('every level is told, who is in no zone with their département', async () => {
    expect(totals(await read('anne', 'platform'))).toEqual([
      ['lille', 12],
      [null, 6],
      ['arras', 9],
      ['lens', 20],
    ]);
    expect(totals(await read('anne', 'department'))).toEqual([
      ['59', 12],
      ['62', 35],
    ]);
    const [region] = await read('anne', 'region');
    expect(region).toEqual({
      id: '32',
      name: null,
      department: null,
      region: '32',
      total: 47,
      counts: {
        to_verify: 47,
        in_progress: 0,
        in_solution: 0,
        closed_in_solution: 0,
        closed_otherwise: 0,
        not_to_follow: 0,
      },
    });
  });
});

describe('where something is small', () => {
  beforeAll(async () => {
    await close(on.world.lens, 'training', 3);
  });

  test('it is hidden at every level that would give it back, and the totals stay', async () => {
    const platforms = await read('anne', 'platform');
    const lens = platforms.find(({ name }) => name === 'lens');
    expect(lens?.counts.closed_in_solution).toBe(null);
    expect(lens?.counts.to_verify).toBe(null);
    expect(totals(platforms)).toContainEqual(['lens', 20]);
    // The only ones of the whole région: its count, and that of the département, are small too.
    const [region] = await read('anne', 'region');
    expect(region?.counts.closed_in_solution).toBe(null);
    const department = (await read('anne', 'department')).find(({ id }) => id === '62');
    expect(department?.counts.closed_in_solution).toBe(null);
    for (const row of [...platforms, ...(region ? [region] : []), ...(department ? [department] : [])])
      for (const count of [row.total, ...Object.values(row.counts)])
        expect(count === null || count === 0 || count >= 5).toBe(true);
  });

  test('is hidden alike for who steers the région and for who sees the country', async () => {
    for (const by of ['platform', 'department', 'region'] as const)
      expect(await read('rene', by)).toEqual(await read('anne', by));
  });
});

describe('who counts', () => {
  test('of another région sees nothing of this one, and no caseworker counts', async () => {
    await on.owner("UPDATE access.memberships SET territory_id = '84' WHERE membership_id = $1", [
      on.world.memberships.rene,
    ]);
    expect(await read('rene', 'region')).toEqual([]);
    expect((await on.call('indicators', 'nadia')).status).toBe(403);
  });

  test.each(['nadia', 'diane', 'hugo', 'david'] as const)('%s gets no count by SQL either', async (who) => {
    const { rows } = await on.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': on.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
      },
      (transaction) => transaction.query('SELECT * FROM cases.indicator_counts()'),
    );
    expect(rows).toEqual([]);
  });

  test('is in the trail', async () => {
    const rows = await on.owner("SELECT details FROM audit.entries WHERE action = 'indicators.read' LIMIT 1");
    expect(rows).toEqual([{ details: { by: 'platform' } }]);
  });
});
