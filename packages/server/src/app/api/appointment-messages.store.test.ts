import { beforeAll, describe, expect, test } from 'vitest';
import { sendDueMessages } from '../../modules/contacts/index.ts';
import { actsOn } from '../testing/case-acts.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';

const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'ZED',
  firstName: 'Zoé',
  birthDate: '2008-05-06',
  minor: true,
};
const served = useServedWorld([...people(20), MINOR]);
let on: ReturnType<typeof actsOn>;
let next = 0;
beforeAll(() => {
  on = actsOn(served.server, served);
});

interface Written {
  readonly kind: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly state: string;
  readonly not_before: string;
  readonly attachment: { readonly type: string; readonly text: string } | null;
}
const written = (caseId: string) =>
  served.owner<Written>('SELECT * FROM contacts.messages WHERE case_id = $1 ORDER BY kind, created_at', [
    caseId,
  ]);
const states = async (caseId: string) => (await written(caseId)).map(({ kind, state }) => `${kind} ${state}`);
const left = (caseId: string) =>
  served.owner(
    "UPDATE contacts.messages SET state = 'sent', settled_at = clock_timestamp() WHERE case_id = $1 AND kind <> 'appointment_reminder' AND state = 'waiting'",
    [caseId],
  );
/** A case with a mobile and an e-mail address. */
async function fresh(): Promise<string> {
  const { caseId } = await on.caseOf(`TEST${String(next++).padStart(6, '0')}AA`);
  await on.act('markContact', caseId, { mark: 'added', kind: 'phone', value: '06 12 34 56 78' });
  await on.act('markContact', caseId, { mark: 'added', kind: 'email', value: 'awa@exemple.test' });
  return caseId;
}
const AT = '2025-11-27T09:00:00.000Z';
const set = (caseId: string, more: object = {}) =>
  on.act('setInterview', caseId, {
    at: AT,
    mode: 'on_site',
    place: '3 place inventée',
    notify: 'sms',
    ...more,
  });

describe('what is written about an appointment', () => {
  test('an invitation leaves after the time to undo, a reminder on the day before', async () => {
    const caseId = await fresh();
    await set(caseId);
    const [invitation, reminder] = await written(caseId);
    expect(invitation).toMatchObject({
      kind: 'appointment_invitation',
      channel: 'sms',
      address: '0612345678',
      not_before: '2025-11-20T10:02:00.000Z',
      attachment: null,
    });
    expect(invitation?.body).toContain('jeudi 27 novembre à 10 h 00, 3 place inventée, avec nadia');
    expect(reminder).toMatchObject({ kind: 'appointment_reminder', not_before: '2025-11-26T09:00:00.000Z' });
    await on.act('undo', caseId);
    expect(await states(caseId)).toEqual([
      'appointment_invitation withdrawn',
      'appointment_reminder withdrawn',
    ]);
  });

  test('by e-mail it brings a file for the calendar, which a change and the end of it follow', async () => {
    const caseId = await fresh();
    await set(caseId, { notify: 'email' });
    await left(caseId);
    await on.act('setInterview', caseId, { at: '2025-11-28T09:00:00.000Z', mode: 'phone' });
    expect(await states(caseId)).toEqual([
      'appointment_invitation sent',
      'appointment_moved waiting',
      'appointment_reminder withdrawn',
      'appointment_reminder waiting',
    ]);
    await left(caseId);
    await on.act('cancelInterview', caseId, { by: 'platform' });
    const all = await written(caseId);
    const file = (kind: string) => all.find((one) => one.kind === kind)?.attachment?.text ?? '';
    const uid = (text: string) => /^UID:(.+)$/m.exec(text)?.[1];
    expect(file('appointment_invitation')).toContain('METHOD:REQUEST');
    expect(file('appointment_cancelled')).toContain('METHOD:CANCEL');
    expect(new Set(all.flatMap(({ attachment }) => (attachment ? [uid(attachment.text)] : []))).size).toBe(1);
    expect(all.find((one) => one.kind === 'appointment_cancelled')?.subject).toMatch(/vendredi 28.novembre/);
    // Taken back at once: nobody learns of it.
    await on.act('undo', caseId);
    expect((await states(caseId)).filter((one) => one.startsWith('appointment_cancelled'))).toEqual([
      'appointment_cancelled withdrawn',
    ]);
    expect((await states(caseId)).filter((one) => one === 'appointment_reminder waiting')).toHaveLength(1);
  });

  test('called off before anything left, nothing is written; held, nobody is told that it does not take place', async () => {
    const caseId = await fresh();
    await set(caseId);
    await on.act('cancelInterview', caseId, { by: 'person' });
    expect(await states(caseId)).toEqual([
      'appointment_invitation withdrawn',
      'appointment_reminder withdrawn',
    ]);
    await set(caseId);
    await left(caseId);
    await on.act('reportInterview', caseId, { held: true });
    expect(await states(caseId)).not.toContain('appointment_cancelled waiting');
    expect(await states(caseId)).not.toContain('appointment_reminder waiting');
  });

  test('never by what is known to be wrong, never to who does not wish it, nothing when nothing is asked', async () => {
    const caseId = await fresh();
    await on.act('markContact', caseId, { mark: 'wrong', kind: 'phone', value: '06 12 34 56 78' });
    expect((await set(caseId)).body.code).toBe('not_possible');
    await on.act('setInterview', caseId, { at: AT, mode: 'phone' });
    await on.act('setInterview', caseId, { at: '2025-11-28T09:00:00.000Z', mode: 'phone', notify: 'none' });
    expect(await states(caseId)).toEqual([]);
    const refusing = await fresh();
    await on.act('recordAttempt', refusing, { channel: 'phone', outcome: 'refuses' });
    await set(refusing);
    expect(await states(refusing)).toEqual([]);
  });

  test('of a minor the representative is told too, unless they refuse', async () => {
    const { caseId } = await on.caseOf(MINOR.siei);
    const mark = (more: object) => on.act('markContact', caseId, { mark: 'added', ...more });
    await mark({ kind: 'phone', value: '0612345678' });
    await mark({ kind: 'email', value: 'mere@exemple.test', holder: 'Mme ZED' });
    await mark({ kind: 'phone', value: '0712345678', holder: 'M. ZED' });
    await on.act('answerOfRepresentative', caseId, { name: 'M. ZED', refuses: true });
    await set(caseId);
    const invitations = (await written(caseId)).filter(({ kind }) => kind === 'appointment_invitation');
    expect(invitations.map(({ address }) => address).sort()).toEqual(['0612345678', 'mere@exemple.test']);
    const letter = invitations.find(({ channel }) => channel === 'email');
    expect(letter?.body).toContain('Nous proposons à Zoé un entretien');
    // Long lines are folded (RFC 5545, 3.1).
    expect(letter?.attachment?.text.replaceAll('\r\n ', '')).toContain('MAILTO:mere@exemple.test');
  });
});

describe('work that ends with an appointment to come', () => {
  /** Somebody who was invited, and knows it. */
  async function invited(): Promise<string> {
    const caseId = await fresh();
    await set(caseId);
    await left(caseId);
    return caseId;
  }
  const calledOff = async (caseId: string) =>
    (await states(caseId)).filter((one) => one.startsWith('appointment_cancelled'));
  const appointmentOf = async (caseId: string) => (await on.open(caseId, 'paul')).interviewAt;
  const closing = (caseId: string) => on.act('closeCase', caseId, { outcome: 'employment' });

  test('closed: those invited are told though the case is closed, the hour is free; undone at once, nobody learns of it', async () => {
    const caseId = await invited();
    await closing(caseId);
    expect(await calledOff(caseId)).toEqual(['appointment_cancelled waiting']);
    expect(await appointmentOf(caseId)).toBeNull();
    await on.act('undo', caseId);
    expect(await calledOff(caseId)).toEqual(['appointment_cancelled withdrawn']);
    expect(await on.open(caseId)).toMatchObject({ interviewAt: AT, pathway: 'interview_set' });
    await closing(caseId);
    await served.owner('UPDATE contacts.messages SET not_before = now() WHERE case_id = $1', [caseId]);
    const carried: string[] = [];
    await sendDueMessages(served.database, async ({ body }) => {
      carried.push(body);
    });
    expect(carried.filter((body) => body.includes('aura pas lieu'))).toHaveLength(1);
    // They have read that it does not take place: brought back, they are invited anew.
    await on.act('undo', caseId);
    expect((await states(caseId)).filter((one) => one.endsWith('waiting'))).toEqual([
      'appointment_invitation waiting',
      'appointment_reminder waiting',
    ]);
  });

  test('undone once the hour is somebody else’s, or has gone by: the case comes back without it, and says so', async () => {
    const caseId = await invited();
    await closing(caseId);
    const other = await fresh();
    await on.act('setInterview', other, { at: AT, mode: 'phone' });
    await on.act('undo', caseId);
    const back = await on.open(caseId);
    expect(back).toMatchObject({ interviewAt: null, pathway: 'not_started', outcome: null });
    expect(back.timeline.find(({ kind }) => kind === 'undone')?.details).toEqual({ lost: 'taken' });
    expect(await calledOff(caseId)).toEqual(['appointment_cancelled waiting']);
    await on.act('cancelInterview', other, { by: 'platform' });
    const late = await invited();
    await closing(late);
    await served.owner(
      `UPDATE cases.events SET before = jsonb_set(before, '{interview_at}', '"2025-11-19T09:00:00.000Z"')
       WHERE case_id = $1 AND kind = 'closed'`,
      [late],
    );
    await on.act('undo', late);
    const gone = await on.open(late);
    expect(gone.interviewAt).toBeNull();
    expect(gone.timeline.find(({ kind }) => kind === 'undone')?.details).toEqual({ lost: 'gone_by' });
  });

  test('found not to be followed: called off, one by one or several; nobody is written to about who has died', async () => {
    const [moved, many, dead] = [await invited(), await invited(), await invited()];
    await on.act('verify', moved, { decision: 'refute', reason: 'moved' });
    expect(await on.open(moved)).toMatchObject({ interviewAt: null, pathway: 'not_started' });
    const { version } = await on.open(many);
    await on.call('bulkVerify', 'nadia', {
      body: { cases: [{ caseId: many, version }], decision: 'refute', reason: 'employed' },
    });
    await on.act('verify', dead, { decision: 'refute', reason: 'deceased' });
    for (const caseId of [moved, many]) {
      expect(await calledOff(caseId)).toEqual(['appointment_cancelled waiting']);
      expect(await appointmentOf(caseId)).toBeNull();
    }
    expect(await calledOff(dead)).toEqual([]);
    expect(await appointmentOf(dead)).toBeNull();
  });

  test('joined with another: called off; parted, it is there again', async () => {
    const [double, kept] = [await invited(), await fresh()];
    const { version: intoVersion } = await on.open(kept);
    await on.act('mergeCases', double, { into: kept, intoVersion });
    expect(await calledOff(double)).toEqual(['appointment_cancelled waiting']);
    expect(await appointmentOf(double)).toBeNull();
    await on.act('partCases', double);
    expect(await calledOff(double)).toEqual(['appointment_cancelled withdrawn']);
    expect(await appointmentOf(double)).toBe(AT);
  });

  /** What Paul decides of a case in the meeting of the platform. */
  async function decide(caseId: string, decision: object) {
    const opened = await on.call('openMeeting', 'paul', {
      body: { platform: served.world.lens, heldOn: '2025-11-20' },
    });
    const params = { meetingId: String(opened.body.meetingId) };
    const { version } = await on.open(caseId);
    const body = { caseId, version, topic: 'stuck', text: '', ...decision };
    return { params, ...(await on.call('decideInMeeting', 'paul', { params, body })) };
  }

  test('handed over, by hand or in a meeting: called off by the platform that leaves it, and told in the story', async () => {
    const [byHand, inMeeting] = [await invited(), await invited()];
    const { arras } = served.world;
    expect((await on.act('handOver', byHand, { platform: arras })).status).toBe(200);
    expect((await decide(inMeeting, { decision: 'hand_over', platform: arras })).status).toBe(200);
    for (const caseId of [byHand, inMeeting]) {
      expect(await calledOff(caseId)).toEqual(['appointment_cancelled waiting']);
      const there = (await on.call('caseDetail', 'amine', { params: { caseId } })).body;
      expect(there.interviewAt).toBeNull();
      expect((there.timeline as { kind: string }[]).map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['interview_cancelled', 'handed_over']),
      );
    }
  });

  test('closed in a meeting: called off; the decision taken back, it is there again', async () => {
    const caseId = await invited();
    const { params, body: made } = await decide(caseId, { decision: 'close', outcome: 'employment' });
    expect(await calledOff(caseId)).toEqual(['appointment_cancelled waiting']);
    const { decisionId } = made;
    await on.call('undoMeetingDecision', 'paul', { params, body: { decisionId } });
    expect(await calledOff(caseId)).toEqual(['appointment_cancelled withdrawn']);
    expect(await appointmentOf(caseId)).toBe(AT);
  });
});
