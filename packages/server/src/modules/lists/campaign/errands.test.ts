import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Errands } from './errands.ts';

it('is over when all are, however they end, and tells the error of the first begun that failed', async () => {
  const errands = new Errands();
  const told: string[] = [];
  const errand = async (name: string, milliseconds: number, fails = false) => {
    await wait(milliseconds);
    told.push(name);
    if (fails) throw new Error(name);
  };
  errands.begin(errand('slow', 30));
  errands.begin(errand('first begun', 10, true));
  errands.begin(errand('first to fail', 5, true));
  await wait(20);
  await expect(errands.over()).rejects.toThrow('first begun');
  expect(told).toEqual(['first to fail', 'first begun', 'slow']);
  await expect(new Errands().over()).resolves.toBeUndefined();
});
