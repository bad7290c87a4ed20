import type { CaseReferral, Duty, ReceivedReferral } from '@raccroche/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';

const served = useServedWorld(people(9));
let on: ReturnType<typeof actsOn>;
let next = 0;
beforeAll(() => {
  on = actsOn(served.server, served);
});
/** A case whose interview was held. */
async function fresh(): Promise<string> {
  const { caseId } = await on.caseOf(`TEST${String(next++).padStart(6, '0')}AA`);
  await on.act('reportInterview', caseId, { held: true });
  return caseId;
}
const here = (caseId: string) =>
  on.act('propose', caseId, { solution: 'apprenticeship', organisation: served.world.organisation });
const referralsOf = async (caseId: string) =>
  (await on.call('referrals', 'nadia', { params: { caseId } })).body.referrals as CaseReferral[];
const idOf = async (caseId: string) => (await referralsOf(caseId))[0]?.referralId ?? '';
const received = async () =>
  (await on.call('receivedReferrals', 'olga')).body.referrals as ReceivedReferral[];
const answer = (referralId: string, body: object) =>
  on.call('answerReferral', 'olga', { params: { referralId }, body });
const duty = async (caseId: string) =>
  (
    (await on.call('myDay', 'nadia', { query: { platform: served.world.lens } })).body.referrals as Duty[]
  ).find((one) => one.case.caseId === caseId);

describe('a proposal to a structure that answers here', () => {
  test('goes from the proposal to the entry; the structure sees what it needs to answer, and no more', async () => {
    const caseId = await fresh();
    expect((await here(caseId)).body).toMatchObject({ pathway: 'proposed', solution: 'apprenticeship' });
    const referralId = await idOf(caseId);
    const [seen] = (await received()).filter((one) => one.referralId === referralId);
    if (!seen) throw new Error('nothing was received');
    const { age, proposedAt, ...rest } = seen;
    expect(age).toBeGreaterThanOrEqual(20);
    expect(Date.parse(proposedAt)).toBeGreaterThan(0);
    expect(rest).toEqual({
      referralId,
      firstName: 'Awa',
      familyName: 'N.',
      minor: false,
      communeName: 'Lens',
      solution: 'apprenticeship',
      platform: 'lens',
      proposedBy: 'nadia',
      answer: null,
      reason: null,
      againOn: null,
      answeredAt: null,
      personAnswer: null,
      entered: false,
    });
    expect(await duty(caseId)).toBeUndefined();
    expect((await answer(referralId, { answer: 'takes' })).status).toBe(200);
    expect((await received()).find((one) => one.referralId === referralId)?.familyName).toMatch(/^NOM/);
    const { timeline, version } = await on.open(caseId);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'structure_answered',
      actor: served.world.ids.olga,
      details: { answer: 'takes', structure: 'désignée' },
    });
    // Whoever read the case before is told that it changed.
    const stale = { version: version - 1, referralId, answer: 'accepts' };
    expect((await on.call('notePersonAnswer', 'nadia', { params: { caseId }, body: stale })).status).toBe(
      409,
    );
    const accepted = await on.act('notePersonAnswer', caseId, { referralId, answer: 'accepts' });
    expect(accepted.body).toMatchObject({ pathway: 'accepted', solution: 'apprenticeship' });
    expect((await answer(referralId, { answer: 'takes' })).body.code).toBe('not_possible');
    await on.act('movePathway', caseId, { to: 'entered' });
    expect((await received()).find((one) => one.referralId === referralId)).toMatchObject({
      entered: true,
      personAnswer: 'accepts',
    });
  });

  test('a structure may change its answer until the person has given theirs; a no has a reason', async () => {
    const caseId = await fresh();
    await here(caseId);
    const referralId = await idOf(caseId);
    expect((await answer(referralId, { answer: 'refuses' })).status).toBe(400);
    expect((await answer(referralId, { answer: 'takes', reason: 'full' })).status).toBe(400);
    expect((await answer(referralId, { answer: 'call_again', againOn: '2025-11-20' })).status).toBe(422);
    await answer(referralId, { answer: 'waiting_list' });
    await answer(referralId, { answer: 'refuses', reason: 'full' });
    expect(await referralsOf(caseId)).toMatchObject([
      { answer: 'refuses', reason: 'full', answersHere: true },
    ]);
    expect((await received()).find((one) => one.referralId === referralId)?.familyName).toBe('N.');
    const refused = await on.act('notePersonAnswer', caseId, { referralId, answer: 'accepts' });
    expect(refused.body.code).toBe('not_possible');
  });

  test('is marked in the list of each colleague until they open the case', async () => {
    const caseId = await fresh();
    await here(caseId);
    const newsOf = async (who: 'nadia' | 'paul') => {
      const page = await on.call('worklist', who, { query: { platform: served.world.lens } });
      return (page.body.news as { caseId: string; kind: string }[]).filter((one) => one.caseId === caseId);
    };
    expect(await newsOf('nadia')).toEqual([]);
    await answer(await idOf(caseId), { answer: 'waiting_list' });
    expect(await newsOf('nadia')).toEqual([{ caseId, kind: 'structure_answered' }]);
    await on.call('caseDetail', 'nadia', { params: { caseId } });
    expect(await newsOf('nadia')).toEqual([]);
    expect(await newsOf('paul')).toEqual([{ caseId, kind: 'structure_answered' }]);
    await answer(await idOf(caseId), { answer: 'takes' });
    expect(await newsOf('nadia')).toEqual([{ caseId, kind: 'structure_answered' }]);
    // What was told a month ago is no news.
    await served.owner(
      "UPDATE cases.events SET recorded_at = now() - INTERVAL '31 days' WHERE case_id = $1 AND kind = 'structure_answered'",
      [caseId],
    );
    expect(await newsOf('paul')).toEqual([]);
  });

  test('taken back, it is nobody’s to answer; of a case that is closed neither', async () => {
    const caseId = await fresh();
    await here(caseId);
    const referralId = await idOf(caseId);
    await on.act('undo', caseId);
    expect((await answer(referralId, { answer: 'takes' })).status).toBe(404);
    await here(caseId);
    const again = await idOf(caseId);
    await on.act('closeCase', caseId, { outcome: 'employment' });
    expect((await received()).some((one) => one.referralId === again)).toBe(false);
  });

  test('only to one of the platform', async () => {
    const { body } = await on.call('structures', 'nadia', { query: { platform: served.world.lens } });
    expect(body.structures).toEqual([{ organisation: served.world.organisation, name: 'désignée' }]);
    const elsewhere = await on.call('structures', 'nadia', { query: { platform: served.world.lille } });
    expect(elsewhere.body.structures).toEqual([]);
    const caseId = await fresh();
    const none = { solution: 'epide', organisation: served.world.lens };
    expect((await on.act('propose', caseId, none)).body.code).toBe('not_possible');
    expect((await on.act('propose', caseId, { solution: 'epide' })).status).toBe(400);
  });
});

describe('a proposal to any other', () => {
  test('several at a time; what each said is noted, undone, and the last no goes back to the diagnosis', async () => {
    const caseId = await fresh();
    for (const structure of ['CFA de Lens', 'E2C inventée'])
      await on.act('propose', caseId, { solution: 'apprenticeship', structure });
    const [second, first] = await referralsOf(caseId);
    const note = (referralId = '', body: object = {}) =>
      on.act('noteStructureAnswer', caseId, { referralId, ...body });
    await note(first?.referralId, { answer: 'refuses', reason: 'age' });
    await on.act('undo', caseId);
    expect((await referralsOf(caseId)).map((one) => one.answer)).toEqual([null, null]);
    const declined = await on.act('notePersonAnswer', caseId, {
      referralId: first?.referralId,
      answer: 'declines',
    });
    expect(declined.body).toMatchObject({ pathway: 'proposed' });
    const last = await on.act('notePersonAnswer', caseId, {
      referralId: second?.referralId,
      answer: 'declines',
    });
    expect(last.body).toMatchObject({ pathway: 'diagnosis', solution: null });
    await on.act('undo', caseId);
    expect((await referralsOf(caseId)).map((one) => one.personAnswer)).toEqual([null, 'declines']);
  });
});

describe('my day', () => {
  const DAYS = 'UPDATE cases.referrals SET proposed_at = $2 WHERE case_id = $1';
  test('shows a silence of a week, an answer, and the day to ask again', async () => {
    const caseId = await fresh();
    await here(caseId);
    const referralId = await idOf(caseId);
    await served.owner(DAYS, [caseId, '2025-11-14T09:00:00Z']);
    expect(await duty(caseId)).toBeUndefined();
    await served.owner(DAYS, [caseId, '2025-11-13T09:00:00Z']);
    expect(await duty(caseId)).toMatchObject({
      dueOn: '2025-11-20',
      referral: { structure: 'désignée', answer: null },
    });
    await on.act('noteStructureAnswer', caseId, { referralId, answer: 'call_again', againOn: '2025-12-01' });
    expect(await duty(caseId)).toBeUndefined();
    await on.act('undo', caseId);
    await served.owner("UPDATE cases.referrals SET proposed_at = '2025-11-20T09:00:00Z' WHERE case_id = $1", [
      caseId,
    ]);
    await on.act('noteStructureAnswer', caseId, { referralId, answer: 'waiting_list' });
    await served.owner(
      "UPDATE cases.events SET recorded_at = '2025-11-20T09:30:00Z' WHERE case_id = $1 AND kind = 'structure_answered'",
      [caseId],
    );
    expect(await duty(caseId)).toMatchObject({ referral: { answer: 'waiting_list' }, dueOn: '2025-11-20' });
    await on.act('notePersonAnswer', caseId, { referralId, answer: 'accepts' });
    expect(await duty(caseId)).toBeUndefined();
  });
});
