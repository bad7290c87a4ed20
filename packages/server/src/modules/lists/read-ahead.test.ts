import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

interface Source {
  /** How many items were begun. */
  begun: number;
  running: boolean;
}

/** 0, 1, … up to `count`, then the end, or an error. */
async function* numbers(source: Source, count: number, fails: boolean): AsyncGenerator<number, void> {
  try {
    source.running = true;
    for (let index = 0; index < count; index += 1) {
      source.begun += 1;
      await setImmediate();
      yield index;
    }
    if (fails) throw new Error('no more');
  } finally {
    await setImmediate();
    source.running = false;
  }
}

test('gives all there is in its order, one ahead, throws what is thrown, and leaves nothing running', async () => {
  const worlds = fc.record({
    count: fc.nat(6),
    fails: fc.boolean(),
    stopAt: fc.option(fc.nat(8)),
    slow: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(worlds, async ({ count, fails, stopAt, slow }) => {
      const source: Source = { begun: 0, running: false };
      const given: number[] = [];
      const work = async () => {
        for await (const item of readAhead(numbers(source, count, fails))) {
          given.push(item);
          for (let turn = 0; slow && turn < 4; turn += 1) await setImmediate();
          expect(source.begun).toBeLessThanOrEqual(item + 2);
          if (slow) expect(source.begun).toBe(Math.min(item + 2, count));
          if (item === stopAt) throw new Error('stopped');
        }
      };
      const stopped = stopAt !== null && stopAt < count;
      const error = await work().then(
        () => undefined,
        (cause: unknown) => (cause as Error).message,
      );
      expect(error).toBe(stopped ? 'stopped' : fails ? 'no more' : undefined);
      expect(given).toEqual(Array.from({ length: stopped ? stopAt + 1 : count }, (_, index) => index));
      expect(source.running).toBe(false);
    }),
  );
});
