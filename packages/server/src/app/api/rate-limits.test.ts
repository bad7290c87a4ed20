import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateLimits, Limiter, TooManyRequests } from './rate-limits.ts';

describe('a limiter', () => {
  test('lets a minute’s worth pass at once, then one each interval', () => {
    const limiter = new Limiter(6);
    for (let n = 0; n < 6; n++) expect(limiter.take('a', 0)).toBe(0);
    expect(limiter.take('a', 0)).toBeCloseTo(10_000);
    expect(limiter.take('a', 9_000)).toBeCloseTo(1_000);
    expect(limiter.take('a', 10_000)).toBe(0);
    expect(limiter.take('b', 0)).toBe(0);
  });

  test('never lets more than twice its measure pass in any minute, and never keeps a patient caller out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
        (perMinute, gaps) => {
          const limiter = new Limiter(perMinute);
          const passed: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const wait = limiter.take('a', now);
            if (wait === 0) passed.push(now);
            // Whoever waits as long as told gets in.
            else if (new Limiter(perMinute).take('a', now + wait) !== 0) return false;
          }
          return passed.every(
            (from) => passed.filter((at) => at >= from && at < from + 60_000).length <= 2 * perMinute,
          );
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('the limits of the API', () => {
  const limits = { session: 3, open: 2, signIn: 1 };
  const one = { kind: 'other', address: '1', token: undefined } as const;

  test('count strangers by address, and attempts to sign in apart', () => {
    const { admit } = createRateLimits(limits, () => 0);
    admit({ ...one, kind: 'sign_in' });
    expect(() => admit({ ...one, kind: 'sign_in' })).toThrow(TooManyRequests);
    admit(one);
    admit(one);
    expect(() => admit(one)).toThrow(TooManyRequests);
    admit({ ...one, address: '2' });
  });

  test('count a session for itself once it opened something: an address with many people is not kept out', () => {
    const { admit, recognise } = createRateLimits(limits, () => 0);
    recognise('nadia');
    admit(one);
    admit(one);
    admit({ ...one, token: 'nadia' });
    admit({ ...one, token: 'nadia' });
    expect(() => admit({ ...one, token: 'nadia' })).toThrow(TooManyRequests);
  });

  test('count a guessed token for the address, and not the first request of an honest session', () => {
    const { admit, refuse } = createRateLimits(limits, () => 0);
    for (let people = 0; people < 10; people++) admit({ ...one, token: `honest ${people}` });
    refuse(one.address);
    refuse(one.address);
    expect(() => admit({ ...one, token: 'a guess' })).toThrow(TooManyRequests);
  });

  test('count the system of a partner wherever it calls from, its tokens apart from its requests', () => {
    const { admitClient } = createRateLimits(limits, () => 0);
    for (let tokens = 0; tokens < 20; tokens++) admitClient('i-milo', 'token');
    expect(() => admitClient('i-milo', 'token')).toThrow(TooManyRequests);
    for (let requests = 0; requests < 3; requests++) admitClient('i-milo', 'request');
    expect(() => admitClient('i-milo', 'request')).toThrow(TooManyRequests);
    admitClient('another', 'token');
  });

  test('tell how long to wait', () => {
    const { admit } = createRateLimits({ ...limits, signIn: 2 }, () => 0);
    admit({ ...one, kind: 'sign_in' });
    admit({ ...one, kind: 'sign_in' });
    expect(() => admit({ ...one, kind: 'sign_in' })).toThrow(
      expect.objectContaining({ code: 'too_many_requests', retryAfter: 30 }),
    );
  });
});
