import type { Agenda, Meeting, MeetingTopic, NewMeetingDecision } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type Somebody } from '../testing/test-world.ts';

/** The present of the tests is 2025-11-20. */
const MINOR = {
  siei: 'TEST000020AA',
  familyName: 'MINEUR',
  firstName: 'Léo',
  birthDate: '2009-01-05',
  minor: true,
};
const LISTED = [...people(8), MINOR, ...people(1, 9).map((one) => ({ ...one, commune: ARRAS_COMMUNE }))];
let published: OpenedWorld;
let server: TestApi;
let on: ReturnType<typeof actsOn>;
const sql = (text: string, parameters: readonly unknown[] = []) =>
  published.database.transaction({}, (transaction) => transaction.query(text, parameters));

/** What the list alone cannot tell: days that went by. */
const CHANGES = [
  ["opened_on = '2025-08-25'", 'TEST000020AA'],
  ["opened_on = '2025-10-01'", 'TEST000001AA'],
  ["verification = 'refuted', verification_reason = 'moved'", 'TEST000002AA'],
  ["pathway = 'broken', solution = 'apprenticeship'", 'TEST000003AA'],
  ["confirmed_on = '2025-09-01', verification = 'confirmed'", 'TEST000004AA'],
] as const;
beforeAll(async () => {
  published = await openPublishedWorld(LISTED);
  for (const [change, siei] of CHANGES) await sql(`UPDATE cases.cases SET ${change} WHERE siei = $1`, [siei]);
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const begin = async (who: Somebody = 'paul') =>
  (await on.call('openMeeting', who, { body: { platform: published.world.lens, heldOn: '2025-11-20' } }))
    .body as unknown as Meeting;
const agenda = async (meetingId: string, who: Somebody = 'paul') =>
  (await on.call('meeting', who, { params: { meetingId } })).body as unknown as Agenda;
const numbers = ({ topics }: Agenda, topic: MeetingTopic) =>
  topics.find((one) => one.topic === topic)?.cases.map((one) => one.case.siei);
const decide = async (
  { meetingId }: Pick<Meeting, 'meetingId'>,
  siei: string,
  body: Partial<NewMeetingDecision>,
  who: Somebody = 'paul',
) => {
  const { caseId, version } = await on.caseOf(siei);
  return on.call('decideInMeeting', who, {
    params: { meetingId },
    body: { caseId, version, topic: 'stuck', ...body },
  });
};

describe('the agenda', () => {
  test('tells each case once, under what presses most', async () => {
    const { meetingId } = await begin();
    const told = await agenda(meetingId);
    expect(told.topics.map(({ topic, count }) => [topic, count])).toEqual([
      ['postponed', 0],
      ['minor_deadline', 1],
      ['to_transfer', 1],
      ['refused', 1],
      ['expired', 1],
      ['unassigned', 4],
      ['stuck', 1],
    ]);
    expect(numbers(told, 'minor_deadline')).toEqual(['TEST000020AA']);
    expect(numbers(told, 'to_transfer')).toEqual(['TEST000002AA']);
    expect(numbers(told, 'refused')).toEqual(['TEST000003AA']);
    expect(numbers(told, 'expired')).toEqual(['TEST000004AA']);
    expect(numbers(told, 'stuck')).toEqual(['TEST000001AA']);
    expect(told.colleagues.map(({ displayName }) => displayName)).toEqual(['nadia', 'paul']);
  });

  test('is the same meeting for who comes second, and after an interruption', async () => {
    expect((await begin()).meetingId).toBe((await begin()).meetingId);
    const { body } = await on.call('meetings', 'paul', { query: { platform: published.world.lens } });
    expect(body.meetings).toMatchObject([{ closedAt: null, decided: 0 }]);
    expect(body.waiting).toContainEqual({ topic: 'unassigned', count: 4 });
  });

  test('is for those who lead the platform alone', async () => {
    const { meetingId } = await begin();
    for (const who of ['nadia', 'diane', 'hugo'] as const)
      expect((await on.call('meeting', who, { params: { meetingId } })).status).toBe(403);
    expect((await on.call('meeting', 'lea', { params: { meetingId } })).status).toBe(404);
    const elsewhere = { body: { platform: published.world.lille, heldOn: '2025-11-20' } };
    expect((await on.call('openMeeting', 'paul', elsewhere)).status).toBe(404);
  });
});

describe('a decision', () => {
  test('acts on the case, is remembered, and leaves the agenda', async () => {
    const meeting = await begin();
    const { nadia } = published.world.ids;
    expect((await decide(meeting, 'TEST000001AA', { decision: 'assign', referent: nadia })).status).toBe(200);
    expect((await on.caseOf('TEST000001AA')).referent).toBe(nadia);
    const at = '2025-11-24T08:00:00.000Z';
    await decide(meeting, 'TEST000005AA', { decision: 'call_back', at, topic: 'unassigned' });
    expect((await on.caseOf('TEST000005AA')).callBackAt).toBe(at);
    await decide(meeting, 'TEST000003AA', { decision: 'close', outcome: 'employment', topic: 'refused' });
    await decide(meeting, 'TEST000002AA', {
      decision: 'hand_over',
      platform: published.world.arras,
      topic: 'to_transfer',
    });
    const told = await agenda(meeting.meetingId);
    expect(told.decisions.map(({ subject, words }) => [subject, words])).toEqual([
      ['NOM000001 Awa', 'confié à nadia'],
      ['NOM000005 Awa', 'à recontacter le 24/11/2025'],
      ['NOM000003 Awa', 'clos : en emploi'],
      ['NOM000002 Awa', 'transféré : arras'],
    ]);
    expect(numbers(told, 'stuck')).toEqual([]);
    expect(numbers(told, 'to_transfer')).toEqual([]);
  });

  test('that is written has the warnings of a note, and is one', async () => {
    const meeting = await begin();
    const text = 'Voir avec le juge avant la fin du mois';
    const refused = await decide(meeting, 'TEST000004AA', { decision: 'note', text, topic: 'expired' });
    expect(refused.body.code).toBe('not_possible');
    expect(refused.body.detail).toContain('justice');
    const said = await decide(meeting, 'TEST000004AA', {
      decision: 'note',
      text,
      acknowledged: true,
      topic: 'expired',
    });
    expect(said.status).toBe(200);
    const detail = await on.open((await on.caseOf('TEST000004AA')).caseId);
    expect(detail.notes.map((note) => note.text)).toEqual([text]);
    expect(detail.timeline.at(-1)?.kind).toBe('meeting_decided');
    expect((await decide(meeting, 'TEST000006AA', { decision: 'note' })).status).toBe(400);
  });

  test('of two people is one: the second is told', async () => {
    const meeting = await begin();
    const { caseId, version } = await on.caseOf('TEST000006AA');
    const body = { caseId, version, topic: 'unassigned', decision: 'postpone' };
    const params = { meetingId: meeting.meetingId };
    expect((await on.call('decideInMeeting', 'paul', { params, body })).status).toBe(200);
    expect((await on.call('decideInMeeting', 'paul', { params, body })).body.code).toBe('conflict');
    const again = await decide(meeting, 'TEST000006AA', { decision: 'postpone', topic: 'unassigned' });
    expect(again.body.code).toBe('conflict');
  });

  test('is undone with what it did, by who took it', async () => {
    const meeting = await begin();
    const { decisionId } = (
      await decide(meeting, 'TEST000007AA', {
        decision: 'assign',
        referent: published.world.ids.nadia,
        text: 'Nadia le connaît',
        topic: 'unassigned',
      })
    ).body;
    const undo = (id: unknown) =>
      on.call('undoMeetingDecision', 'paul', {
        params: { meetingId: meeting.meetingId },
        body: { decisionId: id },
      });
    expect((await undo(decisionId)).status).toBe(200);
    const detail = await on.open((await on.caseOf('TEST000007AA')).caseId);
    expect(detail).toMatchObject({ referent: null, notes: [] });
    expect((await undo(decisionId)).body.code).toBe('not_possible');
    expect(numbers(await agenda(meeting.meetingId), 'unassigned')).toContain('TEST000007AA');
  });
});

describe('the end', () => {
  test('two who change the meeting at once do not overwrite each other', async () => {
    const meeting = await begin();
    const { nadia, paul, lea } = published.world.ids;
    const change = (version: number, attendees: readonly string[], closed = false) =>
      on.call('changeMeeting', 'paul', {
        params: { meetingId: meeting.meetingId },
        body: { version, heldOn: '2025-11-20', attendees, closed },
      });
    expect((await change(meeting.version, [paul, nadia])).body).toMatchObject({
      version: meeting.version + 1,
    });
    expect((await change(meeting.version, [paul])).body.code).toBe('conflict');
    expect((await change(meeting.version + 1, [lea])).body.code).toBe('not_possible');
    expect((await change(meeting.version + 1, [paul, nadia], true)).body.closedAt).not.toBeNull();
    const late = await decide(meeting, 'TEST000007AA', { decision: 'postpone' });
    expect(late.body.code).toBe('not_possible');
  });

  test('minutes tell what was decided, are counted and traced', async () => {
    const { body } = await on.call('meetings', 'paul', { query: { platform: published.world.lens } });
    const [meeting] = body.meetings as Meeting[];
    const minutes = await on.call('meetingMinutes', 'paul', {
      params: { meetingId: String(meeting?.meetingId) },
    });
    expect(minutes.status).toBe(200);
    const html = String(minutes.body.html);
    for (const words of [
      'Présents : paul, nadia',
      'NOM000001 Awa',
      'confié à nadia',
      'Voir avec le juge',
      'Non examinés',
    ])
      expect(html).toContain(words);
    expect(html).not.toMatch(/<script|https?:/);
    const { rows } = await sql("SELECT n FROM access.daily_use WHERE kind = 'export' AND person_id = $1", [
      published.world.ids.paul,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
    const trail = await sql("SELECT FROM audit.entries WHERE action = 'case.exported' AND actor = $1", [
      published.world.ids.paul,
    ]);
    expect(trail.rowCount).toBe(1);
  });

  test('the next one begins with what was postponed', async () => {
    const next = await begin();
    const told = await agenda(next.meetingId);
    expect(numbers(told, 'postponed')).toEqual(['TEST000006AA']);
    expect(told.decisions).toEqual([]);
  });
});

test('by SQL nobody reads or holds the meeting of another platform, nor decides in another’s name', async () => {
  const { ids, tokens, lens, lille } = published.world;
  const as = (who: Somebody, text: string, parameters: readonly unknown[] = []) =>
    published.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': tokens[who], 'raccroche.purpose': 'follow_up' },
      },
      (transaction) => transaction.query(text, parameters),
    );
  for (const who of ['nadia', 'lea'] as const)
    for (const table of ['meetings', 'meeting_decisions'])
      expect((await as(who, `SELECT FROM cases.${table}`)).rowCount).toBe(0);
  const OPEN = "INSERT INTO cases.meetings (platform_id, held_on, opened_by) VALUES ($1, '2025-11-20', $2)";
  await expect(as('paul', OPEN, [lille, ids.paul])).rejects.toThrow(/row-level security/);
  await expect(as('nadia', OPEN, [lens, ids.nadia])).rejects.toThrow(/row-level security/);
  const DECIDE = `INSERT INTO cases.meeting_decisions (meeting_id, case_id, subject, topic, decision, words, act_version, decided_by)
    SELECT m.meeting_id, c.case_id, 'x', 'stuck', 'note', 'x', 1, $1 FROM cases.meetings m, cases.cases c
    WHERE m.closed_at IS NULL AND c.siei = 'TEST000007AA'`;
  await expect(as('paul', DECIDE, [ids.nadia])).rejects.toThrow(/row-level security/);
  await expect(as('paul', 'DELETE FROM cases.meeting_decisions')).rejects.toThrow(/permission denied/);
});
