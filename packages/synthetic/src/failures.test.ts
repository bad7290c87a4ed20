import { expect, it } from 'vitest';
import { Failures } from './failures.ts';
import { Random } from './random.ts';

it('what is drawn aside is told of the row, and leaves its other draws as they were', () => {
  const failures = new Failures('named', false);
  let struck = 0;
  for (let number = 0; number < 300; number += 1) {
    const alone = failures.ofRow(new Random(number));
    const accompanied = failures.ofRow(new Random(number));
    const aside = accompanied.aside('names').strikes('accents_lost');
    expect(accompanied.strikes('contact_stale')).toBe(alone.strikes('contact_stale'));
    expect(accompanied.random.next()).toBe(alone.random.next());
    expect(accompanied.hits.includes('accents_lost')).toBe(aside);
    if (aside) struck += 1;
  }
  expect(struck).toBeGreaterThan(30);
  expect(failures.tallies.accents_lost).toEqual({ occasions: 300, hits: struck });
});
