import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import {
  ARRAS_COMMUNE,
  FREE_COMMUNE,
  LENS_COMMUNE,
  LILLE_COMMUNE,
  type Somebody,
} from '../testing/test-world.ts';

const at = useServedWorld(people(2));
const { call } = at;

describe('a designation', () => {
  const act = (more: object = {}) => ({
    platformId: at.world.lens,
    organisationId: at.world.organisation,
    actReference: 'arrêté 2026-12',
    signedOn: day(-3),
    validFrom: day(-2),
    ...more,
  });
  const designate = (who: Somebody, more: object = {}) => call('designate', who, { body: act(more) });

  test('is an act of the région, on its own platforms alone', async () => {
    expect((await designate('rene')).status).toBe(200);
    expect((await designate('rene', { platformId: at.world.lyon })).status).toBe(404);
    for (const who of ['diane', 'paul', 'anne', 'david'] as const)
      expect((await designate(who)).status).toBe(403);
  });

  test.each([
    ['signed tomorrow', { signedOn: day(1), validFrom: day(1) }],
    ['before it is signed', { validFrom: day(-4) }],
    ['that ends before it begins', { validTo: day(-3) }],
    ['of an organisation that is none', { organisationId: '785845ca-c6e3-4821-9250-6a281bc726a7' }],
  ])('is not possible %s', async (_, more) => {
    expect((await designate('rene', more)).body.code).toBe('not_possible');
  });

  test.each([
    ['a préfet', 'prefet', '2014-12-31'],
    ['the région', 'region', '2015-01-01'],
  ])('is of %s by the day on which it was signed, with its dates', async (_, authority, signedOn) => {
    const dates = { signedOn, validFrom: '2015-01-01', validTo: '2016-12-31' };
    const made = await designate('rene', { actReference: `arrêté du ${signedOn}`, ...dates });
    expect(made.status).toBe(200);
    const { body } = await call('designations', 'rene', { params: { platformId: at.world.lens } });
    expect(body.designations).toContainEqual(
      expect.objectContaining({ designationId: made.body.designationId, authority, ...dates }),
    );
  });

  test('withdrawn stops every right under it, at once', async () => {
    const seen = async () => {
      const { status, body } = await call('worklist', 'nadia', { query: { platform: at.world.lens } });
      return status === 200 ? (body.cases as unknown[]).length : status;
    };
    expect(await seen()).toBe(2);
    const { body } = await call('designations', 'nadia', { params: { platformId: at.world.lens } });
    const own = (body.designations as { designationId: string; organisationId: string; validTo: string }[])
      .filter(({ organisationId, validTo }) => organisationId === at.world.organisation && validTo === null)
      .map(({ designationId }) => designationId);
    expect(own).toHaveLength(2);
    const end = (designationId: string, lastDay: string) =>
      call('endDesignation', 'rene', { params: { designationId }, body: { lastDay } });
    expect((await end(own[0] ?? '', day(-2))).body.code).toBe('not_possible');
    for (const designationId of own) expect((await end(designationId, day(-1))).status).toBe(200);
    expect(await seen()).toBe(403);
    expect((await designate('rene', { signedOn: day(), validFrom: day() })).status).toBe(200);
    expect(await seen()).toBe(2);
  });
});

describe('a zone', () => {
  const change = (who: Somebody, platformId: string, body: object) =>
    call('changeZone', who, { params: { platformId }, body: { since: day(5), ...body } });
  const zone = async (platformId: string) => {
    const { body } = await call('zone', 'diane', { params: { platformId } });
    return (body.communes as { commune: string; validFrom: string; validTo: string | null }[]).map(
      ({ commune, validFrom, validTo }) => [commune, validFrom, validTo],
    );
  };

  test('moves a commune from a day on, and keeps whose it was before', async () => {
    expect((await change('diane', at.world.arras, { coming: [LENS_COMMUNE, FREE_COMMUNE] })).status).toBe(
      200,
    );
    expect(await zone(at.world.lens)).toEqual([[LENS_COMMUNE, '2020-01-01', day(4)]]);
    expect(await zone(at.world.arras)).toEqual([
      [ARRAS_COMMUNE, '2020-01-01', null],
      [FREE_COMMUNE, day(5), null],
      [LENS_COMMUNE, day(5), null],
    ]);
    // Thought better of: what had not begun leaves no trace in the zone; the trail has it.
    expect((await change('diane', at.world.lens, { since: day(5), coming: [LENS_COMMUNE] })).status).toBe(
      200,
    );
    expect((await change('diane', at.world.arras, { leaving: [FREE_COMMUNE] })).status).toBe(200);
    expect(await zone(at.world.arras)).toEqual([[ARRAS_COMMUNE, '2020-01-01', null]]);
    expect(await zone(at.world.lens)).toEqual([
      [LENS_COMMUNE, '2020-01-01', day(4)],
      [LENS_COMMUNE, day(5), null],
    ]);
  });

  test.each([
    ['takes no commune of another département', 'diane', { coming: [LILLE_COMMUNE] }, 'not_allowed'],
    ['changes no past day', 'diane', { since: day(-1), coming: [FREE_COMMUNE] }, 'not_possible'],
    ['loses only what it has', 'diane', { leaving: [FREE_COMMUNE] }, 'not_possible'],
    [
      'neither gains nor loses one at once',
      'diane',
      { coming: [ARRAS_COMMUNE], leaving: [ARRAS_COMMUNE] },
      'not_possible',
    ],
    ['is not for its co-leaders to draw', 'paul', { coming: [FREE_COMMUNE] }, 'not_allowed'],
    ['is made of communes', 'diane', { coming: ['Arras'] }, 'bad_request'],
  ] as const)('%s', async (_, who, body, code) => {
    expect((await change(who, at.world.arras, body)).body.code).toBe(code);
  });

  test('may be drawn across départements by the région', async () => {
    expect((await change('rene', at.world.arras, { coming: [LILLE_COMMUNE] })).status).toBe(200);
  });
});
