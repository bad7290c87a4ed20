import type { AgendaEntry } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import type { Somebody, TestWorld } from '../testing/test-world.ts';

const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'ZED',
  firstName: 'Zoé',
  birthDate: '2008-05-06',
  minor: true,
};
const MONDAY_AT_TEN = '2025-11-24T09:00:00.000Z';
let world: TestWorld;
let server: TestApi;
let published: OpenedWorld;
let on: ReturnType<typeof actsOn>;
let next = 0;
beforeAll(async () => {
  published = await openPublishedWorld([...people(12), MINOR]);
  ({ world } = published);
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});
const fresh = async () => (await on.caseOf(`TEST${String(next++).padStart(6, '0')}AA`)).caseId;
const week = { from: '2025-11-17', to: '2025-11-30' };
const agenda = async (more: Record<string, string> = {}, who: Somebody = 'nadia') =>
  (await on.call('agenda', who, { query: { platform: world.lens, ...week, ...more } })).body as unknown as {
    timeZone: string;
    days: { date: string; holiday: string | null }[];
    appointments: AgendaEntry[];
  };
const entryOf = async (caseId: string, more: Record<string, string> = {}) =>
  (await agenda(more)).appointments.find((entry) => entry.case.caseId === caseId);

describe('an appointment', () => {
  test('has a length, a place, who receives and who is invited; it is confirmed, moved, called off', async () => {
    const caseId = await fresh();
    const set = await on.act('setInterview', caseId, {
      at: MONDAY_AT_TEN,
      mode: 'on_site',
      minutes: 30,
      place: '3 place inventée',
      receivedBy: world.ids.paul,
    });
    const appointment = {
      minutes: 30,
      mode: 'on_site',
      place: '3 place inventée',
      receivedBy: world.ids.paul,
      invited: ['person'],
      state: 'planned',
    };
    expect(set.body).toMatchObject({ interviewAt: MONDAY_AT_TEN, appointment });
    expect((await on.act('confirmInterview', caseId)).body).toMatchObject({
      appointment: { ...appointment, state: 'confirmed' },
    });
    expect((await on.act('confirmInterview', caseId)).body.code).toBe('not_possible');
    expect(await entryOf(caseId, { person: world.ids.paul })).toMatchObject({
      at: MONDAY_AT_TEN,
      state: 'confirmed',
    });
    expect(await entryOf(caseId, { person: world.ids.nadia })).toBeUndefined();
    const later = '2025-11-25T13:00:00.000Z';
    const moved = await on.act('setInterview', caseId, { at: later, mode: 'phone' });
    expect(moved.body).toMatchObject({
      interviewAt: later,
      appointment: { minutes: 45, mode: 'phone', place: null, receivedBy: world.ids.nadia, state: 'planned' },
    });
    const { timeline } = await on.open(caseId);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'interview_moved',
      details: { was: MONDAY_AT_TEN, at: later },
    });
    expect(JSON.stringify(timeline)).not.toContain('inventée');
    const off = await on.act('cancelInterview', caseId, { by: 'person' });
    expect(off.body).toMatchObject({ pathway: 'not_started', interviewAt: null, appointment: null });
    expect(await entryOf(caseId)).toBeUndefined();
    expect((await on.act('undo', caseId)).body).toMatchObject({
      pathway: 'interview_set',
      interviewAt: later,
      appointment: { mode: 'phone', receivedBy: world.ids.nadia },
    });
  });

  test('of a minor invites the representative too; nobody of another platform receives', async () => {
    const { caseId } = await on.caseOf(MINOR.siei);
    const set = (more: object) =>
      on.act('setInterview', caseId, { at: MONDAY_AT_TEN, mode: 'on_site', ...more });
    expect((await set({ receivedBy: world.ids.amine })).body.code).toBe('not_possible');
    expect((await set({ minutes: 5 })).status).toBe(400);
    expect((await set({})).body).toMatchObject({ appointment: { invited: ['person', 'representative'] } });
    await on.act('cancelInterview', caseId, { by: 'platform' });
  });

  test('of two who read the same version, one moves it', async () => {
    const caseId = await fresh();
    const { version } = await on.open(caseId);
    const set = (who: Somebody) =>
      on.call('setInterview', who, {
        params: { caseId },
        body: { version, at: '2025-11-26T09:00:00.000Z', mode: 'phone' },
      });
    expect([(await set('nadia')).status, (await set('paul')).status]).toEqual([200, 409]);
  });

  test('held or missed, it stays in the agenda; missed, a call is due on the next working day', async () => {
    const caseId = await fresh();
    await on.act('setInterview', caseId, { at: '2025-11-21T09:00:00.000Z', mode: 'on_site', minutes: 60 });
    await published.database.transaction({}, (transaction) =>
      transaction.query("UPDATE cases.cases SET interview_at = '2025-11-20T09:00:00Z' WHERE case_id = $1", [
        caseId,
      ]),
    );
    const missed = await on.act('reportInterview', caseId, { held: false });
    expect(missed.body).toMatchObject({
      pathway: 'not_started',
      appointment: null,
      callBackAt: '2025-11-21T09:00:00.000Z',
    });
    expect(await entryOf(caseId)).toMatchObject({
      at: '2025-11-20T09:00:00.000Z',
      minutes: 60,
      state: 'missed',
      receivedBy: world.ids.nadia,
    });
    await on.act('undo', caseId);
    expect(await entryOf(caseId)).toMatchObject({ state: 'planned' });
    await on.act('reportInterview', caseId, { held: true });
    expect(await entryOf(caseId)).toMatchObject({ state: 'held', at: '2025-11-20T09:00:00.000Z' });
  });
});

describe('the agenda', () => {
  test('tells public holidays and what stands at the same time', async () => {
    const [one, other] = [await fresh(), await fresh()];
    for (const [caseId, at] of [
      [one, '2025-11-27T09:00:00.000Z'],
      [other, '2025-11-27T09:30:00.000Z'],
    ] as const)
      await on.act('setInterview', caseId, { at, mode: 'on_site' });
    const { appointments } = await agenda();
    const marks = appointments
      .filter((entry) => [one, other].includes(entry.case.caseId))
      .map((entry) => entry.overlaps);
    expect(marks).toEqual([true, true]);
    const { days, timeZone } = await agenda({ from: '2025-11-10', to: '2025-11-11' });
    expect({ days, timeZone }).toEqual({
      timeZone: 'Europe/Paris',
      days: [
        { date: '2025-11-10', holiday: null },
        { date: '2025-11-11', holiday: 'armistice de 1918' },
      ],
    });
  });

  test('is asked for six weeks at most, and never backwards', async () => {
    for (const to of ['2025-11-16', '2026-01-01'])
      expect(
        (await on.call('agenda', 'nadia', { query: { platform: world.lens, ...week, to } })).status,
      ).toBe(422);
  });

  test('of another platform is empty; what is read is in the trail', async () => {
    expect((await agenda({}, 'amine')).appointments).toEqual([]);
    await agenda({}, 'diane');
    const { rows } = await published.database.transaction({}, (transaction) =>
      transaction.query<{ details: object }>(
        "SELECT details FROM audit.entries WHERE action = 'case.listed' ORDER BY at DESC LIMIT 1",
      ),
    );
    expect(rows[0]?.details).toMatchObject({ to: 'agenda', platform: world.lens });
  });
});

describe('free slots', () => {
  const query = { from: '2025-11-28', to: '2025-11-28', minutes: '60' };
  const slots = async (who: Somebody, person: string) =>
    (await on.call('freeSlots', who, { query: { platform: world.lens, person, ...query } })).body
      .slots as string[];

  test('leave out what is taken, and follow the hours that a person sets', async () => {
    expect(await slots('paul', world.ids.nadia)).toHaveLength(6);
    await on.act('setInterview', await fresh(), { at: '2025-11-28T09:00:00.000Z', mode: 'on_site' });
    expect(await slots('paul', world.ids.nadia)).not.toContain('2025-11-28T09:00:00.000Z');
    const hours = [{ weekday: 5, from: '14:00', to: '16:00' }];
    const set = await on.call('setReception', 'nadia', { body: { hours, place: 'bureau 3', phone: '' } });
    expect(set.body).toEqual({ hours, place: 'bureau 3', phone: null });
    expect(await slots('paul', world.ids.nadia)).toEqual([
      '2025-11-28T13:00:00.000Z',
      '2025-11-28T14:00:00.000Z',
    ]);
    expect((await on.call('reception', 'paul')).body).toMatchObject({ place: null });
  });

  test('of who is no colleague are not told, nor what stands in the way', async () => {
    expect(await slots('amine', world.ids.nadia)).toEqual([]);
    const ask = async (who: Somebody) =>
      (
        await on.call('appointmentConflicts', who, {
          query: { platform: world.lens, person: world.ids.nadia, at: '2025-11-28T09:15:00.000Z' },
        })
      ).body;
    expect(await ask('amine')).toEqual({ conflicts: [], holiday: null });
    expect(await ask('paul')).toEqual({ conflicts: ['double_booking', 'outside_hours'], holiday: null });
  });

  test('an appointment is not in its own way', async () => {
    const caseId = await fresh();
    const at = '2025-11-27T13:00:00.000Z';
    await on.act('setInterview', caseId, { at, mode: 'phone' }, 'paul');
    const ask = async (more: object) =>
      (
        await on.call('appointmentConflicts', 'paul', {
          query: { platform: world.lens, person: world.ids.paul, at, ...more },
        })
      ).body.conflicts;
    expect([await ask({}), await ask({ case: caseId })]).toEqual([['double_booking'], []]);
  });
});
