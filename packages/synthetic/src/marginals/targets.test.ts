import { describe, expect, it } from 'vitest';
import { timesOf } from '../life/life-builder.ts';
import { type MarginalCounts, Marginals } from './marginals.ts';
import { boundsHoldFor, isWithin, marginalsOf } from './targets.ts';

/** A country of `size` people per unit, in which everything else is counted `counted` times. */
function countsOf(people: number, counted: number): MarginalCounts {
  const { counts } = new Marginals(timesOf('2025-11-15'));
  return {
    ...(Object.fromEntries(Object.keys(counts).map((name) => [name, counted])) as MarginalCounts),
    people,
  };
}

describe('the figures held against published ones', () => {
  it('are each out of bounds in a country where nothing happens, and where everything happens to everybody', () => {
    const nothing = marginalsOf(countsOf(3_000_000, 0), '2025-11-15').filter(({ kind }) => kind === 'count');
    const bounded = nothing.filter(({ bounds }) => bounds !== undefined);
    expect(bounded.length).toBeGreaterThan(20);
    expect(bounded.filter(isWithin).map(({ label }) => label)).toEqual(['Personnes de référence']);
    const everything = marginalsOf(countsOf(3_000_000, 2_999_000), '2025-11-15');
    const within = everything.filter((figure) => figure.bounds !== undefined && isWithin(figure));
    expect(within.map(({ label }) => label)).toEqual([
      'Personnes de référence',
      'dont 16 ans et plus à la date',
    ]);
  });

  it('are those of the autumn of the whole country, told with faults, at one date', () => {
    const settings = {
      departments: undefined,
      faults: 'named',
      asOf: '2025-11-15',
      until: undefined,
    } as const;
    expect(boundsHoldFor(settings)).toBe(true);
    expect(boundsHoldFor({ ...settings, departments: ['59'] })).toBe(false);
    expect(boundsHoldFor({ ...settings, faults: 'none' })).toBe(false);
    expect(boundsHoldFor({ ...settings, asOf: '2025-06-15' })).toBe(false);
    expect(boundsHoldFor({ ...settings, until: '2025-12-15' })).toBe(false);
  });

  it('judge a small country by more than its few people, and a whole one by its bounds', () => {
    const bounds = [100, 200] as const;
    const figure = { label: '', kind: 'count', value: 210, bounds, source: '' } as const;
    expect(isWithin({ ...figure, noise: 10 })).toBe(true);
    expect(isWithin({ ...figure, noise: 2 })).toBe(false);
    expect(isWithin({ ...figure, noise: 2, bounds: undefined })).toBe(true);
    const [small, whole] = [countsOf(30_000, 1600), countsOf(3_000_000, 160_000)];
    const noiseOf = (counts: MarginalCounts) => marginalsOf(counts, '2025-11-15')[3]?.noise ?? 0;
    expect(noiseOf(small) / noiseOf(whole)).toBeCloseTo(10, 1);
  });
});
