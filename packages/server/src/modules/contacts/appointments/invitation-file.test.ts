import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type InvitedAppointment, invitationFile } from './invitation-file.ts';

const ONE: InvitedAppointment = {
  uid: 'abc@raccroche.invalid',
  sequence: 3,
  madeAt: '2026-11-26T10:00:00.000Z',
  at: '2026-12-01T13:05:00.000Z',
  minutes: 45,
  place: '3, place inventée ; bureau 12',
  platform: 'Plateforme de Lens',
  attendee: 'awa@exemple.test',
  answerTo: '03 21 00 00 00',
  cancelled: false,
};

/** What another library reads in it. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  if (!event) throw new Error('no event');
  const value = (name: string) => String(event.getFirstPropertyValue(name));
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: value('uid'),
    sequence: value('sequence'),
    start: value('dtstart'),
    end: value('dtend'),
    stamp: value('dtstamp'),
    status: value('status'),
    location: value('location'),
    organizer: value('organizer'),
    attendee: value('attendee'),
    summary: value('summary'),
  };
}

test('an invitation is read back by another library as it was meant', () => {
  expect(read(invitationFile(ONE))).toEqual({
    method: 'REQUEST',
    uid: 'abc@raccroche.invalid',
    sequence: '3',
    start: '2026-12-01T13:05:00Z',
    end: '2026-12-01T13:50:00Z',
    stamp: '2026-11-26T10:00:00Z',
    status: 'CONFIRMED',
    location: '3, place inventée ; bureau 12',
    organizer: 'mailto:rendez-vous@raccroche.invalid',
    attendee: 'MAILTO:awa@exemple.test',
    summary: 'Rendez-vous, Plateforme de Lens',
  });
});

test('what is called off has the same identifier, a higher sequence and METHOD:CANCEL', () => {
  expect(read(invitationFile({ ...ONE, sequence: 4, cancelled: true }))).toMatchObject({
    method: 'CANCEL',
    status: 'CANCELLED',
    uid: 'abc@raccroche.invalid',
    sequence: '4',
  });
});

test('the same appointment gives the same bytes, in lines of 75 octets that end as RFC 5545 wants', () => {
  const file = invitationFile({ ...ONE, place: 'é'.repeat(100) });
  expect(invitationFile({ ...ONE, place: 'é'.repeat(100) })).toBe(file);
  const lines = file.trimEnd().split('\r\n');
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(lines.join('').includes('\n')).toBe(false);
});
