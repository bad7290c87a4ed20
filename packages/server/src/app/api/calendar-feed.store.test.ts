import ICAL from 'ical.js';
import { beforeAll, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';

const served = useServedWorld(people(3));
/** The base has its own clock: to come on it, whenever this runs. */
const AT = '2099-11-24T09:00:00.000Z';
let caseId = '';
beforeAll(async () => {
  const on = actsOn(served.server, served);
  ({ caseId } = await on.caseOf('TEST000000AA'));
  await on.act('setInterview', caseId, { at: AT, mode: 'phone', place: 'bureau secret', minutes: 30 });
});

const read = async (path: string) => {
  const { statusCode, payload, headers } = await served.server.api.inject({ method: 'GET', url: path });
  return { status: statusCode, text: payload, type: headers['content-type'] };
};
const opened = async () => String((await served.call('openCalendarFeed', 'nadia')).body.path);

test('a calendar reads initials, an hour and how; never a name, a place, a telephone', async () => {
  const { status, text, type } = await read(await opened());
  expect({ status, type }).toEqual({ status: 200, type: 'text/calendar; charset=utf-8' });
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  expect(events).toHaveLength(1);
  const value = (name: string) => String(events[0]?.getFirstPropertyValue(name));
  expect([value('summary'), value('dtstart'), value('dtend'), value('status')]).toEqual([
    'Entretien A. N., par téléphone',
    '2099-11-24T09:00:00Z',
    '2099-11-24T09:30:00Z',
    'TENTATIVE',
  ]);
  expect(text).not.toMatch(/NOM0|Awa|secret|0321/);
});

test('the address is a secret of which a hash alone is kept; a new one, or taking it back, ends it', async () => {
  const first = await opened();
  const token = /[0-9a-f]{64}/.exec(first)?.[0] ?? '';
  const rows = await served.owner<{ kept: string }>(
    "SELECT encode(token_hash, 'hex') AS kept FROM cases.calendar_feeds",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.kept).not.toBe(token);
  const second = await opened();
  expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
  const { since } = (await served.call('calendarFeed', 'nadia')).body;
  expect(typeof since).toBe('string');
  expect((await served.call('endCalendarFeed', 'nadia')).body).toEqual({ ended: true });
  expect((await read(second)).status).toBe(404);
  expect((await served.call('endCalendarFeed', 'nadia')).body).toEqual({ ended: false });
  expect((await read('/api/calendars/short.ics')).status).toBe(400);
});

test('whoever works there no longer reads nothing; the first reading of a day is in the trail', async () => {
  const path = await opened();
  await read(path);
  await read(path);
  const trail = () =>
    served.owner<{ subjects: string[] }>(
      "SELECT subjects FROM audit.entries WHERE action = 'calendar.read' ORDER BY at",
    );
  const told = (await trail()).length;
  expect((await trail()).at(-1)?.subjects).toEqual([caseId]);
  await read(path);
  expect(await trail()).toHaveLength(told);
  await served.owner('UPDATE access.memberships SET revoked_at = now() WHERE person_id = $1', [
    served.world.ids.nadia,
  ]);
  expect((await read(path)).text).not.toContain('VEVENT');
});
