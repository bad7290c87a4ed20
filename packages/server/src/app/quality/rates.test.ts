import { describe, expect, it } from 'vitest';
import type { GroupFigures } from './quality-report.ts';
import { nameGroupGaps, rateOf } from './rates.ts';

const group = (name: string, missed: number, due: number): GroupFigures => ({
  group: name,
  people: 10_000,
  missed: rateOf(missed, due),
  elsewhere: rateOf(1, due - missed),
  wrong: rateOf(1, 40),
  wronged: rateOf(1, 10_000 - due),
});

const missedGap = (...groups: readonly GroupFigures[]) => nameGroupGaps(groups)[0];

describe('rates', () => {
  it('of nothing are none, and may be anything', () => {
    expect(rateOf(0, 0)).toEqual({ count: 0, of: 0, rate: null, interval: { low: 0, high: 1 } });
  });
});

describe('gaps between name groups', () => {
  it('tell each measure apart', () => {
    expect(nameGroupGaps([]).map(({ measure }) => measure)).toEqual(['missed', 'wrong', 'wronged']);
  });

  it('are none without two groups that have people enough', () => {
    const gap = missedGap(group('a', 10, 100), group('b', 29, 29));
    expect(gap).toMatchObject({ groups: 1, largest: null, surest: null });
  });

  it('the largest may be chance, between few people; the surest is told beside it', () => {
    const gap = missedGap(group('large', 1000, 10_000), group('other', 1500, 10_000), group('few', 7, 40));
    expect(gap?.largest).toMatchObject({ highest: 'few', lowest: 'large', distinguishable: false });
    expect(gap?.surest).toMatchObject({ highest: 'other', lowest: 'large', distinguishable: true });
    expect(gap?.surest?.gap).toBeCloseTo(0.05, 12);
  });

  it('have intervals that hold for all pairs at once: wider with more groups', () => {
    const two = missedGap(group('a', 100, 1000), group('b', 140, 1000));
    const more = missedGap(
      group('a', 100, 1000),
      group('b', 140, 1000),
      ...['c', 'd', 'e', 'f', 'g', 'h'].map((name) => group(name, 120, 1000)),
    );
    expect(two?.surest?.distinguishable).toBe(true);
    expect(more?.largest).toMatchObject({ highest: 'b', lowest: 'a', distinguishable: false });
    expect(more?.largest?.interval.low).toBeLessThan(two?.largest?.interval.low ?? 0);
  });
});
