import { expect, it } from 'vitest';
import { livesIn } from '../testing/lives.ts';
import { latestOfEach } from './sender-context.ts';

it('a file tells the latest stay of each, whichever school comes first in it', () => {
  const lives = livesIn({ until: '2025-11-15', people: 300 }).filter(({ stays }) => stays.length > 1);
  const told = lives.flatMap((life) => life.stays.map((stay) => ({ life, stay })));
  const latest = lives.map(({ stays }) =>
    stays
      .map(({ firstDay }) => firstDay)
      .sort()
      .at(-1),
  );
  expect(lives.length).toBeGreaterThan(100);
  expect(latestOfEach(told).map(({ stay }) => stay.firstDay)).toEqual(latest);
  expect(latestOfEach(told.toReversed()).map(({ stay }) => stay.firstDay)).toEqual(latest.toReversed());
});
