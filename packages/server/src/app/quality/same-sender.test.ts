import { describe, expect, it } from 'vitest';
import { nameGroupHarms, type SenderCounts } from './same-sender.ts';

const counted = (sender: string, group: string, missed: number, due: number): SenderCounts => ({
  sender,
  group,
  counts: {
    missed: { count: missed, of: due },
    wrong: { count: 0, of: 0 },
    wronged: { count: 10, of: 1000 },
  },
});

const missedHarm = (...all: readonly SenderCounts[]) => nameGroupHarms(all)[0];

describe('name groups at the same senders', () => {
  it('a late sender wrongs nobody by their name: all that wait there wait as long', () => {
    // Overall 29 % of one group are missed, and 14 % of the other.
    const harm = missedHarm(
      counted('late', 'few', 270, 900),
      counted('late', 'many', 300, 1000),
      counted('soon', 'few', 10, 100),
      counted('soon', 'many', 500, 5000),
    );
    expect(harm).toMatchObject({ measure: 'missed', groups: 2 });
    expect(harm?.surest?.gap).toBeCloseTo(0, 12);
    expect(harm?.surest?.distinguishable).toBe(false);
  });

  it('who is missed more often than others at each sender is told, though overall fewer of them are', () => {
    const harm = missedHarm(
      counted('late', 'few', 40, 100),
      counted('late', 'many', 2400, 8000),
      counted('soon', 'few', 180, 900),
      counted('soon', 'many', 100, 1000),
    );
    expect(harm?.surest).toMatchObject({ group: 'few', distinguishable: true });
    expect(harm?.surest?.gap).toBeCloseTo(0.1, 2);
  });

  it.each([
    ['too few people', [counted('one', 'few', 10, 29), counted('one', 'many', 50, 500)], 1],
    ['too few cases', [counted('one', 'few', 4, 400), counted('one', 'many', 50, 500)], 0],
    ['nobody beside them', [counted('one', 'few', 20, 40), counted('two', 'many', 50, 500)], 0],
  ] as const)('%s: not compared', (_name, all, groups) => {
    expect(missedHarm(...all)?.groups).toBe(groups);
  });

  it('tells each measure apart, and none where nobody is counted', () => {
    const harms = nameGroupHarms([counted('one', 'few', 20, 40), counted('one', 'many', 50, 500)]);
    expect(harms.map(({ measure, groups }) => [measure, groups])).toEqual([
      ['missed', 2],
      ['wrong', 0],
      ['wronged', 2],
    ]);
    expect(harms[1]?.surest).toBeNull();
  });
});
