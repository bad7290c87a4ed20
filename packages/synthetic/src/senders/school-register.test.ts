import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { daysBetween } from '../calendar.ts';
import { Failures, LATE_DAYS } from '../failures.ts';
import { Outbox } from '../files/outbox.ts';
import { timesOf } from '../life/life-builder.ts';
import { Random } from '../random.ts';
import { livesIn } from '../testing/lives.ts';
import { tellSchoolings } from './school-register.ts';

const AS_OF = '2025-11-15';

let root: string;
let outbox: Outbox;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'register-'));
  outbox = new Outbox(root, join(root, 'truth'), { part: 'one', exports: undefined });
});
afterAll(() => {
  outbox.close();
  rmSync(root, { recursive: true, force: true });
});

it('a row bears a late exit only while the exit is not told', () => {
  const times = timesOf(AS_OF);
  const failures = new Failures('named', false);
  const told = livesIn({ until: AS_OF, people: 2000 }).flatMap((life) =>
    tellSchoolings(
      {
        random: new Random(3),
        times,
        world: times,
        followed: false,
        mode: 'national',
        failures,
        outbox,
        bassin: life.person.home,
      },
      life,
    ),
  );
  const late = told.filter((one) => one.failures.includes('exit_recorded_late'));
  expect(late.length).toBeGreaterThan(3);
  for (const { exit, stay, schoolYear } of late) {
    expect(exit).toBeUndefined();
    // A year that is over was closed in July: nothing is later than what its rolls did not tell then.
    const on = schoolYear < times.current ? '2025-07-12' : AS_OF;
    expect(daysBetween(stay.lastDay ?? '', on)).toBeLessThan(LATE_DAYS.high);
  }
});
