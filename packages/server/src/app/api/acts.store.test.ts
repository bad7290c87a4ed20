import { informationOf } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import type { TestWorld } from '../testing/test-world.ts';

const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'ZED',
  firstName: 'Zoé',
  birthDate: '2008-05-06',
  minor: true,
};
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
/** A case on which nothing was done. */
const fresh = async () => (await on.caseOf(`TEST${String(next++).padStart(6, '0')}AA`)).caseId;
const undo = (caseId: string) => on.act('undo', caseId);

describe('interviews', () => {
  test('one is set, moved, held with a diagnosis in codes, and taken back', async () => {
    const caseId = await fresh();
    const at = '2025-11-24T09:00:00.000Z';
    expect(
      (await on.act('setInterview', caseId, { at: '2025-11-20T09:00:00.000Z', mode: 'on_site' })).status,
    ).toBe(422);
    expect((await on.act('setInterview', caseId, { at, mode: 'on_site' })).body).toMatchObject({
      pathway: 'interview_set',
      interviewAt: at,
      nextStep: { kind: 'interview', at },
    });
    expect((await on.act('reportInterview', caseId, { held: false })).body.code).toBe('not_possible');
    const diagnosis = {
      situation: 'looking_for_training',
      wishes: ['apprenticeship'],
      obstacles: ['transport'],
    };
    const held = await on.act('reportInterview', caseId, { held: true, diagnosis, mode: 'phone' });
    expect(held.body).toMatchObject({
      pathway: 'diagnosis',
      contact: 'reached',
      interviewAt: null,
      interviewHeldAt: '2025-11-20T10:00:00.000Z',
      jointInterviewAt: null,
      situation: 'known',
    });
    expect((await undo(caseId)).body).toMatchObject({
      pathway: 'interview_set',
      contact: 'to_contact',
      interviewAt: at,
      interviewHeldAt: null,
      situation: 'unknown',
    });
  });

  test('a diagnosis knows no other word than its codes', async () => {
    const caseId = await fresh();
    const diagnosis = { situation: 'malade', wishes: [], obstacles: [] };
    expect((await on.act('reportInterview', caseId, { held: true, diagnosis })).status).toBe(400);
  });

  test('of a minor: the legal clock runs until the representative was there', async () => {
    const { caseId } = await on.caseOf(MINOR.siei);
    expect((await on.open(caseId)).clocks).toMatchObject([
      { clock: 'reorientation_interview', countedFrom: '2025-11-15', dueOn: '2026-02-15' },
    ]);
    await on.act('reportInterview', caseId, { held: true });
    expect((await on.open(caseId)).clocks).toHaveLength(1);
    await undo(caseId);
    await on.act('reportInterview', caseId, { held: true, representativePresent: true });
    expect((await on.open(caseId)).clocks).toEqual([]);
    await undo(caseId);
  });
});

describe('the pathway', () => {
  test('goes from a proposal to a solution that holds, breaks, and starts again', async () => {
    const caseId = await fresh();
    expect((await on.act('movePathway', caseId, { to: 'entered' })).body.code).toBe('not_possible');
    await on.act('reportInterview', caseId, { held: true });
    expect((await on.act('movePathway', caseId, { to: 'proposed' })).body.code).toBe('not_possible');
    await on.act('movePathway', caseId, { to: 'proposed', solution: 'apprenticeship' });
    await on.act('movePathway', caseId, { to: 'accepted' });
    expect((await on.act('movePathway', caseId, { to: 'entered', on: '2025-11-21' })).status).toBe(422);
    expect((await on.act('movePathway', caseId, { to: 'entered', on: '2025-11-17' })).body).toMatchObject({
      pathway: 'entered',
      solution: 'apprenticeship',
      enteredOn: '2025-11-17',
      situationUntil: '2026-02-15',
    });
    const { body } = await on.call('formerPupils', 'hugo');
    expect(body.pupils).toContainEqual(
      expect.objectContaining({ caseId, destination: 'apprenticeship', destinationOn: '2025-11-17' }),
    );
    await on.act('movePathway', caseId, { to: 'holding' });
    expect((await on.act('movePathway', caseId, { to: 'broken' })).status).toBe(400);
    const broken = await on.act('movePathway', caseId, { to: 'broken', breakReason: 'place_too_far' });
    expect(broken.body).toMatchObject({ pathway: 'broken', enteredOn: null });
    expect((await undo(caseId)).body).toMatchObject({ pathway: 'holding', enteredOn: '2025-11-17' });
  });

  test('ends with an outcome; opened again, it says who had closed it', async () => {
    const caseId = await fresh();
    await on.act('closeCase', caseId, { outcome: 'civic_service' }, 'paul');
    expect((await on.act('closeCase', caseId, { outcome: 'training' })).body.code).toBe('not_possible');
    const reopened = await on.act('reopenCase', caseId);
    expect(reopened.body).toMatchObject({ pathway: 'not_started', outcome: null, closedBy: null });
    const { timeline } = await on.open(caseId);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'reopened_by_person',
      details: { outcome: 'civic_service', closedBy: world.ids.paul, closedOn: '2025-11-20' },
    });
    expect((await on.act('reopenCase', caseId)).body.code).toBe('not_possible');
  });
});

describe('the duty of training', () => {
  test('concerns minors; a report to the département takes two people', async () => {
    expect((await on.act('setObligation', await fresh(), { to: 'summoned' })).body.code).toBe('not_possible');
    const { caseId } = await on.caseOf(MINOR.siei);
    const report = (who: 'nadia' | 'paul') =>
      on.act('closeCase', caseId, { outcome: 'reported_to_department' }, who);
    expect((await report('nadia')).body.code).toBe('not_possible');
    expect((await on.act('setObligation', caseId, { to: 'met' })).status).toBe(400);
    await on.act('setObligation', caseId, { to: 'summoned', on: '2025-11-18' });
    expect((await on.open(caseId)).clocks.map(({ clock, dueOn }) => [clock, dueOn])).toContainEqual([
      'department_report',
      '2026-01-18',
    ]);
    expect((await report('nadia')).body).toMatchObject({
      pathway: 'not_started',
      closingAskedBy: world.ids.nadia,
    });
    expect((await report('nadia')).body.code).toBe('not_possible');
    await on.act('declineClosing', caseId, {}, 'paul');
    expect((await report('nadia')).body).toMatchObject({ pathway: 'not_started' });
    expect((await report('paul')).body).toMatchObject({
      pathway: 'closed',
      outcome: 'reported_to_department',
      obligation: 'reported',
      closedBy: world.ids.paul,
    });
    expect((await on.act('undo', caseId, {}, 'paul')).body).toMatchObject({
      pathway: 'not_started',
      closingAskedBy: world.ids.nadia,
      closedBy: null,
    });
  });
});

describe('notes, contacts and what must stay current', () => {
  test('a note is short, warned of, read with the case, and gone once taken back', async () => {
    const caseId = await fresh();
    expect((await on.act('addNote', caseId, { text: 'x'.repeat(281) })).status).toBe(400);
    const sensitive = { text: 'Sa mère dit qu’il est malade.' };
    const warned = await on.act('addNote', caseId, sensitive);
    expect(warned.body).toMatchObject({
      code: 'not_possible',
      detail: expect.stringContaining('santé') as string,
    });
    await on.act('addNote', caseId, { text: 'Rappeler le matin, avant 10 h.' });
    const { notes, timeline } = await on.open(caseId);
    expect(notes).toMatchObject([{ text: 'Rappeler le matin, avant 10 h.', eraseAfter: '2026-05-20' }]);
    expect(JSON.stringify(timeline)).not.toContain('Rappeler');
    await undo(caseId);
    expect((await on.open(caseId)).notes).toEqual([]);
  });

  test('a telephone is found wrong, another is added; the timeline tells neither', async () => {
    const caseId = await fresh();
    const phone = (value: string, mark: string) =>
      on.act('markContact', caseId, { mark, kind: 'phone', value });
    expect((await phone('0600000000', 'wrong')).body.code).toBe('not_possible');
    expect((await phone('0321000000', 'wrong')).body.hasPhone).toBe(false);
    expect((await phone('0600000000', 'added')).body.hasPhone).toBe(true);
    const { contacts, timeline } = await on.open(caseId);
    expect(contacts.filter(({ kind }) => kind === 'phone')).toMatchObject([
      { value: '0321000000', quality: 'wrong', qualityOn: '2025-11-20', source: 'list' },
      { value: '0600000000', quality: 'untested', source: 'platform' },
    ]);
    expect(JSON.stringify(timeline)).not.toContain('0600000000');
    await undo(caseId);
    expect((await on.open(caseId)).contacts.filter(({ kind }) => kind === 'phone')).toHaveLength(1);
  });

  test('a representative is a contact of their own, who may refuse', async () => {
    const { caseId } = await on.caseOf(MINOR.siei);
    const father = 'Omar ZED';
    expect((await on.act('answerOfRepresentative', caseId, { name: father, refuses: true })).body.code).toBe(
      'not_possible',
    );
    await on.act('markContact', caseId, {
      mark: 'added',
      kind: 'phone',
      value: '0600000009',
      holder: father,
    });
    await on.act('answerOfRepresentative', caseId, { name: father, refuses: true });
    const { representatives, contact } = await on.open(caseId);
    expect(representatives).toMatchObject([
      { name: father, refuses: true, contacts: [{ value: '0600000009' }] },
    ]);
    expect(contact).toBe('to_contact');
  });

  test('that the person was informed is in the story, by how, and may be taken back; not of a closed case', async () => {
    const caseId = await fresh();
    expect((await on.act('informPerson', caseId, { by: 'mail' })).status).toBe(400);
    expect((await on.act('informPerson', caseId, { by: 'told' })).status).toBe(200);
    const story = async () => informationOf((await on.open(caseId)).timeline as never).informedAt;
    expect(await story()).not.toBeNull();
    await undo(caseId);
    expect(await story()).toBeNull();
    await on.act('closeCase', caseId, { outcome: 'employment' });
    expect((await on.act('informPerson', caseId, { by: 'told' })).body.code).toBe('not_possible');
  });
});

describe('the day', () => {
  const day = async (query: Record<string, string> = {}) =>
    (await on.call('myDay', 'nadia', { query: { platform: world.lens, ...query } }))
      .body as unknown as Record<
      'deadlines' | 'callBacks' | 'appointments' | 'situations',
      { item: string; dueOn: string; case: { caseId: string } }[]
    > & { toVerify: number; later: number; done: number };

  test('holds what is due, until it is done or put off', async () => {
    const [toCall, returns] = [await fresh(), await fresh()];
    await on.act('setCallBack', toCall, { at: '2025-11-20T15:00:00.000Z' });
    expect((await on.act('askReturn', returns, { on: '2025-11-21' })).status).toBe(422);
    await on.act('askReturn', returns, { on: '2025-11-10' });
    const of = (duties: { item: string; case: { caseId: string } }[], caseId: string) =>
      duties.filter((duty) => duty.case.caseId === caseId).map(({ item }) => item);
    let today = await day();
    expect(of(today.callBacks, toCall)).toEqual(['call_back']);
    expect(of(today.deadlines, returns)).toEqual(['return_interview']);
    expect(today.deadlines.find((duty) => duty.case.caseId === returns)).toMatchObject({
      dueOn: '2025-11-25',
      daysLeft: 5,
      countedFrom: '2025-11-10',
    });
    const later = (until: string | null) =>
      on.call('postpone', 'nadia', { params: { caseId: toCall }, body: { item: 'call_back', until } });
    expect((await later('2025-11-20')).status).toBe(422);
    await later('2025-11-22');
    today = await day();
    expect(today).toMatchObject({ callBacks: [], later: 1 });
    await later(null);
    expect(of((await day()).callBacks, toCall)).toEqual(['call_back']);
    await on.act('recordAttempt', toCall, { channel: 'phone', outcome: 'reached' });
    expect((await day()).callBacks).toEqual([]);
    await on.act('reportInterview', returns, { held: true });
    expect(of((await day()).deadlines, returns)).toEqual([]);
  });

  test('counts the cases in which one did something today, and did not take it back', async () => {
    const before = (await day()).done;
    const [one, two] = [await fresh(), await fresh()];
    await on.act('recordAttempt', one, { channel: 'phone', outcome: 'no_answer' });
    await on.act('setCallBack', one, { at: '2025-12-01T15:00:00.000Z' });
    await on.act('recordAttempt', two, { channel: 'phone', outcome: 'no_answer' });
    expect((await day()).done).toBe(before + 2);
    expect((await undo(two)).status).toBe(200);
    expect((await day()).done).toBe(before + 1);
  });

  test('of another platform is empty', async () => {
    expect(await day({ platform: world.arras })).toMatchObject({ deadlines: [], toVerify: 0 });
  });
});
