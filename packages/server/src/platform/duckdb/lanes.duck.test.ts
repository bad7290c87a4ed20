import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { Lanes } from './lanes.ts';

let database: Database;
let lanes: Lanes;
beforeEach(async () => {
  database = await openDatabase();
  lanes = new Lanes(database, 2);
});
afterEach(async () => {
  await lanes.close();
  database.close();
});

it('runs so many at a time, each on a connection that nobody else uses meanwhile', async () => {
  const inUse = new Set<Database>();
  let most = 0;
  const work = (index: number) =>
    lanes.run(async (lane) => {
      expect(inUse.has(lane)).toBe(false);
      inUse.add(lane);
      most = Math.max(most, inUse.size);
      await lane.run(`CREATE TABLE t${index} AS SELECT ${index} AS n`);
      await setTimeout(index % 3);
      inUse.delete(lane);
      return index;
    });
  const asked = Array.from({ length: 9 }, (_, index) => index);
  expect(await Promise.all(asked.map(work))).toEqual(asked);
  expect(most).toBe(2);
  expect(await database.all('SELECT n FROM t8')).toEqual([{ n: 8 }]);
});

it('whoever waits comes in the order asked', async () => {
  const one = new Lanes(database, 1);
  const begun: number[] = [];
  const work = (index: number) => one.run(async () => begun.push(index));
  await Promise.all([work(1), work(2), work(3), work(4)]);
  await one.close();
  expect(begun).toEqual([1, 2, 3, 4]);
});

it('an error is of its work alone: whoever waits comes in its place', async () => {
  const failed = [1, 2].map((n) => lanes.run((lane) => lane.run(`FROM missing_${n}`)));
  const after = lanes.run((lane) => lane.all('SELECT 1 AS n'));
  const [first, second] = await Promise.allSettled(failed);
  expect([first?.status, second?.status]).toEqual(['rejected', 'rejected']);
  expect(await after).toEqual([{ n: 1 }]);
});

it('is closed when all that was asked for is over, and opens again', async () => {
  let over = 0;
  const works = [5, 1, 3].map((wait) =>
    lanes.run(async () => {
      await setTimeout(wait);
      over += 1;
    }),
  );
  await lanes.close();
  expect(over).toBe(3);
  await Promise.all(works);
  expect(await lanes.run((lane) => lane.all('SELECT 2 AS n'))).toEqual([{ n: 2 }]);
});
