import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../calendar.ts';
import { Failures, LATE_DAYS } from '../failures.ts';
import { Outbox } from '../files/outbox.ts';
import { timesOf } from '../life/life-builder.ts';
import { Random } from '../random.ts';
import { livesIn } from '../testing/lives.ts';
import { isEnteredLate, type SenderContext } from './sender-context.ts';

const AS_OF = '2025-11-15';
const LIVES = livesIn({ until: AS_OF, people: 4000 });

let root: string;
let outbox: Outbox;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'late-'));
  outbox = new Outbox(root, join(root, 'truth'), { part: 'one', exports: undefined });
});
afterAll(() => {
  outbox.close();
  rmSync(root, { recursive: true, force: true });
});

/** Stays that their establishment has not entered by `on`, of people who are followed. */
function lateOn(on: string): string[] {
  const times = timesOf(AS_OF);
  const failures = new Failures('named', true);
  return LIVES.flatMap((life) => {
    const context: SenderContext = {
      random: new Random(3),
      times,
      world: times,
      followed: true,
      mode: 'national',
      failures,
      outbox,
      bassin: life.person.home,
    };
    return life.stays
      .filter((stay) => isEnteredLate(context, { life, stay }, on))
      .map(({ school, firstDay }) => `${life.person.id} ${school.uai} ${firstDay}`);
  });
}

it('some newcomers of the last year are entered late, and all of them in the end', () => {
  const soon = lateOn(AS_OF);
  expect(soon.length).toBeGreaterThan(5);
  expect(soon.every((one) => (one.split(' ')[2] ?? '') >= '2025-09-01')).toBe(true);
  const later = lateOn(addDays(AS_OF, 30));
  expect(later.length).toBeLessThan(soon.length);
  expect(later.every((one) => soon.includes(one))).toBe(true);
  expect(lateOn(addDays(AS_OF, LATE_DAYS.high))).toEqual([]);
});
