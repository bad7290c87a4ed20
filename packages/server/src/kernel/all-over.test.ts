import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { allOver } from './all-over.ts';

test('gives what all give, in their order', async () => {
  const [slow, fast] = await allOver([setTimeout(5, 'slow'), Promise.resolve(1)]);
  expect([slow, fast]).toEqual(['slow', 1]);
});

test('an error is told when all are over, and of several that of the first in their order', async () => {
  let isOver = false;
  const slow = setTimeout(20).then(() => {
    isOver = true;
    throw new Error('slow');
  });
  await expect(allOver([slow, Promise.reject(new Error('fast'))])).rejects.toThrow('slow');
  expect(isOver).toBe(true);
});
