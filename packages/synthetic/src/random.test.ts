import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Choices, Random } from './random.ts';

describe('streams', () => {
  it('depend on their labels, not on what others have drawn', () => {
    const root = new Random(1);
    const before = root.fork('a').next();
    root.next();
    root.fork('b').next();
    expect(root.fork('a').next()).toBe(before);
    expect(root.fork('b').next()).not.toBe(before);
  });

  it('round up or down so that the mean is kept', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer(), (expected, seed) => {
        const rounded = new Random(seed).round(expected);
        return rounded === Math.floor(expected) || rounded === Math.ceil(expected);
      }),
      { seed: 3 },
    );
    const random = new Random(4);
    const sum = Array.from({ length: 10_000 }, () => random.round(2.3)).reduce((a, b) => a + b, 0);
    expect(sum / 10_000).toBeCloseTo(2.3, 1);
  });
});

describe('choices', () => {
  it('come in proportion to their weight, never those of none', () => {
    const random = new Random(2);
    const choices = new Choices([
      { value: 'a', weight: 1 },
      { value: 'never', weight: 0 },
      { value: 'b', weight: 3 },
    ]);
    const drawn = Array.from({ length: 20_000 }, () => choices.draw(random));
    expect(new Set(drawn)).toEqual(new Set(['a', 'b']));
    expect(drawn.filter((value) => value === 'b').length / drawn.length).toBeCloseTo(0.75, 1);
  });

  it('refuse to choose from nothing', () => {
    expect(() => new Choices([{ value: 1, weight: 0 }])).toThrow(RangeError);
  });
});
