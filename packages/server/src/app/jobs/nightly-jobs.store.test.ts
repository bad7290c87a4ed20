import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobLabels } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSeals, readSeals } from '../../modules/audit/index.ts';
import { remindOfClocks } from '../../modules/cases/index.ts';
import { readTerms } from '../../modules/privacy/index.ts';
import { readSealing } from '../operations/sealing.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import type { Somebody } from '../testing/test-world.ts';
import { CALENDAR } from './calendar.ts';
import { jobKinds } from './job-kinds.ts';

/** Under 18 until 2027, listed on 2025-11-15: the interview with their legal representative is due on 2026-02-15. */
const MINORS = people(1).map((one) => ({ ...one, birthDate: '2009-03-04', minor: true }));
const on = useServedWorld([...MINORS, ...people(1, 1)]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-nightly-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = { now: () => '2026-02-01T10:00:00.000Z', elapsedMs: () => 0 };
const job = (name: keyof typeof CALENDAR, more: Partial<Parameters<typeof jobKinds>[1]> = {}) => {
  const terms = readTerms(STORE_RETENTION, undefined);
  const found = jobKinds(on.database, { clock, terms, ...more }).find((kind) => kind.name === name);
  if (!found) throw new Error(`no job ${name}`);
  return found.run({});
};

test('every job of the calendar is one of the worker, and comes when the calendar says', () => {
  const kinds = jobKinds(on.database, { clock, terms: readTerms(STORE_RETENTION, undefined) });
  const timed = kinds.filter(({ cron }) => cron !== undefined).map(({ name, cron }) => [name, cron]);
  expect(timed).toEqual(Object.entries(CALENDAR).map(([name, { cron }]) => [name, cron]));
});

test('every job has words for people', () => {
  const terms = readTerms(STORE_RETENTION, undefined);
  const kinds = jobKinds(on.database, {
    clock,
    terms,
    tell: { serviceKey: Buffer.alloc(32), reach: 'public', post: async () => 204 },
  });
  expect(kinds.map(({ name }) => name).sort()).toEqual(Object.keys(JobLabels).sort());
});

describe('legal clocks', () => {
  const told = async (who: Somebody) =>
    ((await on.call('notices', who)).body.notices as { kind: string; to: string; details: object }[])
      .filter(({ kind }) => kind.startsWith('legal_clock'))
      .map(({ kind, to }) => `${kind} ${to}`);
  const refer = (who: Somebody | null) =>
    on.owner("UPDATE cases.cases SET referent = $1 WHERE siei = 'TEST000000AA'", [
      who === null ? null : on.world.ids[who],
    ]);

  test('are told once a step: to those who answer for the platform, then to the referent, to both once they are over', async () => {
    expect(await remindOfClocks(on.database, '2026-01-31')).toBe(0);
    expect(await remindOfClocks(on.database, '2026-02-01')).toBe(1);
    expect(await remindOfClocks(on.database, '2026-02-01')).toBe(0);
    expect(await told('paul')).toEqual(['legal_clock_due platform']);
    expect(await told('nadia')).toEqual([]);
    expect(await told('lea')).toEqual([]);
    await refer('nadia');
    expect(await remindOfClocks(on.database, '2026-02-08')).toBe(1);
    expect(await told('nadia')).toEqual(['legal_clock_due me']);
    expect(await remindOfClocks(on.database, '2026-02-14')).toBe(1);
    expect(await remindOfClocks(on.database, '2026-02-16')).toBe(2);
    expect(await remindOfClocks(on.database, '2026-02-20')).toBe(0);
    expect(await told('nadia')).toEqual([
      'legal_clock_overdue me',
      'legal_clock_due me',
      'legal_clock_due me',
    ]);
    expect(await told('paul')).toEqual(['legal_clock_overdue platform', 'legal_clock_due platform']);
    const { notices } = (await on.call('notices', 'nadia')).body as { notices: { details: object }[] };
    expect(notices[0]?.details).toEqual({ clock: 'reorientation_interview', dueOn: '2026-02-15' });
  });

  test('of a referent who may no longer act are told to those who answer for the platform', async () => {
    await on.owner("DELETE FROM access.notices WHERE kind LIKE 'legal_clock%'");
    await refer('karim');
    await job('cases.remind');
    expect(await told('paul')).toEqual(['legal_clock_due platform']);
  });

  test('that were satisfied, of a closed case or of who restricted the use of their data, are not told', async () => {
    await on.owner("DELETE FROM access.notices WHERE kind LIKE 'legal_clock%'");
    await on.owner(
      `INSERT INTO privacy.requests (kind, case_id, received_on, answered_on, answer, recorded_by)
       SELECT 'restriction', case_id, '2025-11-20', '2025-11-20', 'granted', $1 FROM cases.cases`,
      [on.world.ids.david],
    );
    expect(await remindOfClocks(on.database, '2026-02-01')).toBe(0);
    await on.owner('DELETE FROM privacy.requests');
    await on.owner("UPDATE cases.cases SET joint_interview_at = '2025-12-01'");
    expect(await remindOfClocks(on.database, '2026-02-01')).toBe(0);
    await on.owner(
      "UPDATE cases.cases SET joint_interview_at = NULL, pathway = 'closed', outcome = 'training'",
    );
    expect(await remindOfClocks(on.database, '2026-02-01')).toBe(0);
  });
});

test('rights that end are warned of by a job', async () => {
  await on.owner('UPDATE access.memberships SET valid_to = $2 WHERE membership_id = $1', [
    on.world.memberships.nadia,
    day(7),
  ]);
  await job('access.warn');
  const { notices } = (await on.call('notices', 'nadia')).body as { notices: { kind: string }[] };
  expect(notices.map(({ kind }) => kind)).toContain('right_ending');
});

describe('the seal of the night', () => {
  test('without a key fails by its name, and readiness says that there is none', async () => {
    await expect(job('audit.seal')).rejects.toMatchObject({ code: 'seal_key_missing' });
    expect((await on.call('ready', 'nadia')).body).toEqual({ status: 'ready', warnings: ['trail_unsealed'] });
  });

  test('with a key is made once a day, kept outside too, and readiness is satisfied', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const sealKeyFile = join(folder, 'sceau.pem');
    writeFileSync(sealKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const sealing = readSealing({ sealKeyFile, sealsFolder: join(folder, 'sceaux') });
    await job('audit.seal', { sealing });
    await job('audit.seal', { sealing });
    expect(readdirSync(join(folder, 'sceaux'))).toEqual([`sceau-${day()}.json`]);
    const report = await on.database.transaction({}, async (transaction) =>
      checkSeals(transaction, await readSeals(transaction), publicKey),
    );
    expect(report).toEqual({ seals: 1, faults: [] });
    expect((await on.call('ready', 'nadia')).body).toEqual({ status: 'ready', warnings: [] });
  });

  test('a key that is none stops what starts', () => {
    writeFileSync(join(folder, 'rien.pem'), 'rien');
    const read = (name: string) => () =>
      readSealing({ sealKeyFile: join(folder, name), sealsFolder: undefined });
    expect(read('rien.pem')).toThrow('Ed25519');
    expect(read('absent.pem')).toThrow('RACCROCHE_SEAL_KEY_FILE');
    expect(readSealing({ sealKeyFile: undefined, sealsFolder: undefined })).toBe(undefined);
  });
});
