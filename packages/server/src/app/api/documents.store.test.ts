import type { Letter } from '@raccroche/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { LILLE_COMMUNE } from '../testing/test-world.ts';

const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'ZED',
  firstName: 'Zoé',
  birthDate: '2008-05-06',
  minor: true,
};
const IN_LILLE = people(1, 50).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' }));
const at = useServedWorld([...people(6), MINOR, ...IN_LILLE]);
const { call, owner } = at;
let on: ReturnType<typeof actsOn>;
beforeAll(() => {
  on = actsOn(at.server, at);
});
const INTERVIEW = { at: '2025-11-24T09:00:00.000Z', mode: 'on_site' };
const caseOf = async (siei: string) => (await on.caseOf(siei)).caseId;
const kindsOf = async (caseId: string) => (await on.open(caseId)).timeline.map(({ kind }) => kind);

describe('a paper about somebody', () => {
  test('invites to the interview that is set, a minor with the legal representative, and stays in the story', async () => {
    const caseId = await caseOf('MINOR00000AA');
    const early = await on.act('makeDocument', caseId, { kind: 'summons' });
    expect(early.body).toMatchObject({ code: 'not_possible', detail: 'Aucun entretien à venir n’est fixé.' });
    await on.act('setInterview', caseId, INTERVIEW);
    const added = { mark: 'added', kind: 'phone', value: '0611223344', holder: 'Mme Zed' };
    await on.act('markContact', caseId, added);
    const { body } = await on.act('makeDocument', caseId, { kind: 'summons' });
    expect(body).toMatchObject({
      kind: 'summons',
      madeOn: '2025-11-20',
      platformName: 'lens',
      author: 'nadia',
      youngName: 'Zoé ZED',
      minor: true,
      representatives: ['Mme Zed'],
      address: ['1 rue inventée', '62300 Lens'],
      interviewAt: INTERVIEW.at,
      interviewMode: 'on_site',
    });
    expect(await kindsOf(caseId)).toContain('summons_made');
    // A representative who refuses is not written to.
    await on.act('answerOfRepresentative', caseId, { name: 'Mme Zed', refuses: true });
    const again = await on.act('makeDocument', caseId, { kind: 'summons' });
    expect(again.body.representatives).toEqual([]);
  });

  test('goes to the address that was told last, and to none that is wrong', async () => {
    const caseId = await caseOf('TEST000000AA');
    await on.act('setInterview', caseId, INTERVIEW);
    const [listed] = (await on.open(caseId)).contacts.filter(({ kind }) => kind === 'address');
    await on.act('markContact', caseId, { mark: 'wrong', kind: 'address', value: listed?.value });
    expect((await on.act('makeDocument', caseId, { kind: 'summons' })).body.address).toEqual([]);
    await on.act('markContact', caseId, {
      mark: 'added',
      kind: 'address',
      value: 'chez Mme X, 2 rue Neuve, 62300 Lens',
    });
    const { body } = await on.act('makeDocument', caseId, { kind: 'summons' });
    expect(body.address).toEqual(['chez Mme X', '2 rue Neuve', '62300 Lens']);
  });

  test('attests and sums up only what happened', async () => {
    const caseId = await caseOf('TEST000001AA');
    for (const kind of ['attestation', 'interview_summary'])
      expect((await on.act('makeDocument', caseId, { kind })).body.code).toBe('not_possible');
    const diagnosis = {
      situation: 'looking_for_training',
      wishes: ['apprenticeship'],
      obstacles: ['transport'],
    };
    await on.act('reportInterview', caseId, { held: true, diagnosis });
    const summary = await on.act('makeDocument', caseId, { kind: 'interview_summary' });
    expect(summary.body).toMatchObject({ diagnosis, interviewHeldAt: '2025-11-20T10:00:00.000Z' });
    expect((await on.act('makeDocument', caseId, { kind: 'attestation' })).body.diagnosis).toBeNull();
    expect(await kindsOf(caseId)).toEqual(expect.arrayContaining(['summary_made', 'attestation_made']));
  });

  test('is not made while a death is to be checked, nor of a closed case', async () => {
    const caseId = await caseOf('TEST000002AA');
    await on.act('setInterview', caseId, INTERVIEW);
    await owner(
      `UPDATE lists.published_entries SET entry = jsonb_set(entry, '{flags}', '["death_to_check"]') WHERE siei = $1`,
      ['TEST000002AA'],
    );
    const { body } = await on.act('makeDocument', caseId, { kind: 'summons' });
    expect(body.detail).toContain('décès possible');
    await on.act('closeCase', caseId, { outcome: 'training' });
    expect((await on.act('makeDocument', caseId, { kind: 'attestation' })).body.code).toBe('not_possible');
  });
});

test('many summons at once: those that cannot be are told, and the whole counts as an export', async () => {
  const [set, notSet, old] = [
    await caseOf('TEST000003AA'),
    await caseOf('TEST000004AA'),
    await caseOf('TEST000005AA'),
  ];
  for (const caseId of [set, old]) await on.act('setInterview', caseId, INTERVIEW);
  const { version } = await on.open(set);
  const cases = [
    { caseId: set, version },
    { caseId: notSet, version: 1 },
    { caseId: old, version: 1 },
  ];
  const { body } = await call('makeManySummons', 'nadia', { body: { cases } });
  expect((body.letters as Letter[]).map(({ caseId }) => caseId)).toEqual([set]);
  expect(body.left).toMatchObject([
    { caseId: notSet, code: 'not_possible' },
    { caseId: old, code: 'conflict' },
  ]);
  const [trail] = await owner<{ subjects: string[] }>(
    "SELECT subjects FROM audit.entries WHERE action = 'case.exported'",
  );
  expect(trail?.subjects).toEqual([set]);
});

describe('who consulted a case', () => {
  const consultationsOf = (who: 'nadia' | 'lea', caseId: string) =>
    call('caseConsultations', who, { params: { caseId } });

  test('is told by person and day, and deed, without what was only listed', async () => {
    const caseId = await caseOf('TEST000004AA');
    await on.open(caseId, 'diane');
    await on.act('setCallBack', caseId, { at: '2025-11-25T09:00:00.000Z' });
    // Found, seen beside another: told to data protection, no consultation.
    await call('search', 'paul', { query: { q: 'test000004aa' } });
    await on.open(await caseOf('TEST000003AA'), 'diane');
    const { body } = await consultationsOf('nadia', caseId);
    const told = body.consultations as { displayName: string; deed: string; times: number }[];
    expect(told.map(({ displayName, deed }) => [displayName, deed])).toEqual([
      ['diane', 'read'],
      ['nadia', 'changed'],
      ['paul', 'read'],
    ]);
  });

  test('is not told of a case of others', async () => {
    expect((await consultationsOf('lea', await caseOf('TEST000004AA'))).status).toBe(404);
  });
});
