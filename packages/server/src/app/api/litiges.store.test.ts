import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Litige, LitigeRecord } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign, readDecisionsToTell } from '../../modules/cases/index.ts';
import type { LitigeDetails } from '../../modules/lists/index.ts';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type Somebody } from '../testing/test-world.ts';

const LISTED = [...people(4), ...people(1, 9).map((one) => ({ ...one, commune: ARRAS_COMMUNE }))];
const QUESTIONS = [
  'siei_1;siei_2;decision;date_decision;role;motif;litige;explication;poids',
  'TEST000000AA;ELSEWHERE0AA;;;;;look_alike;x;8,5',
  'TEST000001AA;TEST000001AA;;;;;two_enrolments;x;',
  'TEST000002AA;DECES-ABCDEFGHJKLM;;;;;death;x;3,1',
  'TEST000009AA;ELSEWHERE1AA;;;;;look_alike;x;2',
];
const record = (familyName: string): LitigeRecord => ({
  source: 'SIECLE',
  extractedOn: '2025-10-15',
  familyName,
  usageName: null,
  firstNames: ['Awa'],
  sex: 'F',
  birthDate: '2005-03-04',
  birthPlace: 'Lens',
  commune: 'Lens',
  identifiers: ['INE 12AB'],
  school: '0620001A',
  lastDay: '2025-06-30',
  diedOn: null,
});
const EVIDENCE = [
  { comparison: 'naissance', level: 'égale', weight: 9 },
  { comparison: 'nom', level: 'proche', weight: -0.5 },
];
const DETAILS: readonly LitigeDetails[] = [
  {
    siei1: 'TEST000000AA',
    siei2: 'ELSEWHERE0AA',
    evidence: EVIDENCE,
    sides: [
      { number: 'TEST000000AA', listed: true, failedChecks: [], records: [record('NOM000000')] },
      {
        number: 'ELSEWHERE0AA',
        listed: false,
        failedChecks: ['not_enrolled'],
        records: [record('NOM00000O')],
      },
    ],
  },
];

let published: OpenedWorld;
let server: TestApi;
let on: ReturnType<typeof actsOn>;
let folder: string;
let campaigns = 0;

/** Publishes the questions as of that day. */
async function publishQuestions(asOf: string): Promise<void> {
  campaigns += 1;
  const campaign = writeCampaign(join(folder, String(campaigns)), asOf, LISTED);
  const text = `\ufeff${QUESTIONS.map((line) => `${line}\r\n`).join('')}`;
  mkdirSync(join(campaign, 'litiges'));
  writeFileSync(join(campaign, 'litiges/a-trancher.csv'), text);
  const manifest = JSON.parse(readFileSync(join(campaign, 'manifest.json'), 'utf8')) as { outputs: object[] };
  manifest.outputs.push({
    path: 'litiges/a-trancher.csv',
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
  });
  writeFileSync(join(campaign, 'manifest.json'), JSON.stringify(manifest));
  await publishCampaign(
    published.database,
    campaign,
    async () => ({ aliases: [], removals: [] }),
    async function* (_, pairs) {
      yield DETAILS.filter(({ siei1 }) => pairs.some((pair) => pair.siei1 === siei1));
    },
  );
}
beforeAll(async () => {
  published = await openPublishedWorld(LISTED);
  folder = mkdtempSync(join(tmpdir(), 'raccroche-litiges-'));
  await publishQuestions('2025-12-15');
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
  rmSync(folder, { recursive: true, force: true });
});

const litiges = async (who: Somebody = 'nadia', show = 'todo', platform = published.world.lens) =>
  (await on.call('litiges', who, { query: { platform, show } })).body as unknown as {
    litiges: Litige[];
    counts: Record<string, number>;
  };
const decide = (who: Somebody, siei1: string, siei2: string, verdict: string, more: object = {}) =>
  on.call('decideLitige', who, { body: { siei1, siei2, verdict, ...more } });
const withdraw = (who: Somebody, decisionId: unknown) =>
  on.call('withdrawLitigeDecision', who, { body: { decisionId } });
const told = async () =>
  (await published.database.transaction({}, readDecisionsToTell)).map(({ siei1, siei2, verdict }) => [
    siei1,
    siei2,
    verdict,
  ]);
const PAIR = ['ELSEWHERE0AA', 'TEST000000AA'] as const;

describe('a question', () => {
  test('comes with what weighs, both sides and what each answer changes', async () => {
    const { litiges: asked, counts } = await litiges();
    expect(counts).toEqual({ to_decide: 3, second_opinion: 0, waiting: 0, set_aside: 0, decided: 0 });
    const [pair, death, within] = asked;
    expect(pair).toMatchObject({ kind: 'pair', state: 'to_decide', evidence: EVIDENCE });
    expect(
      pair?.sides?.map(({ number, listed, records }) => [number, listed, records[0]?.familyName]),
    ).toEqual([
      ['TEST000000AA', true, 'NOM000000'],
      ['ELSEWHERE0AA', false, 'NOM00000O'],
    ]);
    expect(pair?.consequences.same.join(' ')).toContain('L’autre est en formation');
    // What a publication did not tell is said to be unknown.
    expect(death).toMatchObject({ kind: 'death', evidence: null, sides: null });
    expect(within).toMatchObject({ kind: 'within', sides: null });
  });

  test('may be counted without anybody’s name', async () => {
    const { body } = await on.call('litiges', 'nadia', {
      query: { platform: published.world.lens, limit: '0' },
    });
    expect(body).toMatchObject({ litiges: [], counts: { to_decide: 3 } });
  });
});

describe('a second opinion', () => {
  test('is somebody else’s, and no campaign is told before it is given', async () => {
    expect((await decide('nadia', ...PAIR, 'unknown', { reason: 'prénom courant' })).status).toBe(200);
    expect((await litiges()).litiges.map(({ siei2 }) => siei2)).not.toContain('ELSEWHERE0AA');
    expect((await litiges('nadia', 'answered')).litiges[0]).toMatchObject({ state: 'waiting' });
    expect((await decide('nadia', ...PAIR, 'same')).body.code).toBe('not_possible');
    expect(await told()).toEqual([]);
    const [asked] = (await litiges('paul')).litiges.filter(({ siei2 }) => siei2 === 'ELSEWHERE0AA');
    expect(asked).toMatchObject({
      state: 'second_opinion',
      decisions: [{ verdict: 'unknown', decidedByName: 'nadia', reason: 'prénom courant' }],
    });
    // The next campaign asks again: the question still waits for somebody else.
    await publishQuestions('2026-01-15');
    expect((await litiges('paul')).counts).toMatchObject({ second_opinion: 1 });
    expect((await litiges()).counts).toMatchObject({ waiting: 1 });
    await decide('paul', ...PAIR, 'unknown');
    expect((await litiges()).counts).toMatchObject({ set_aside: 1, waiting: 0 });
    expect(await told()).toEqual([[...PAIR, 'unknown']]);
  });

  test('is taken back by who gave it, and by nobody else', async () => {
    const answers = (await litiges('paul', 'answered')).litiges[0]?.decisions ?? [];
    expect(answers).toHaveLength(2);
    const [last, first] = answers;
    expect((await withdraw('nadia', last?.decisionId)).body.code).toBe('not_possible');
    // Another answer came since.
    expect((await withdraw('nadia', first?.decisionId)).body.code).toBe('not_possible');
    expect((await withdraw('amine', last?.decisionId)).body.code).toBe('not_found');
    expect((await withdraw('paul', last?.decisionId)).status).toBe(200);
    expect((await withdraw('paul', last?.decisionId)).body.code).toBe('not_possible');
    expect(await told()).toEqual([]);
    expect((await decide('paul', ...PAIR, 'different')).status).toBe(200);
    expect(await told()).toEqual([[...PAIR, 'different']]);
  });
});

test('of two who answer the same question, the second is told of the first', async () => {
  const within = ['TEST000001AA', 'TEST000001AA'] as const;
  expect((await decide('nadia', ...within, 'same', { seen: 0 })).status).toBe(200);
  expect((await decide('paul', ...within, 'different', { seen: 0 })).body.code).toBe('conflict');
  expect(await told()).toContainEqual([...within, 'same']);
});

test('nobody decides of whom the use of the data is restricted', async () => {
  const { caseId } = await on.caseOf('TEST000002AA');
  const opened = await on.call('openPrivacyRequest', 'david', {
    body: { kind: 'restriction', caseId, receivedOn: '2025-11-10', identityChecked: true },
  });
  await on.call('answerPrivacyRequest', 'david', {
    params: { requestId: String(opened.body.requestId) },
    body: { answer: 'granted' },
  });
  const answer = await decide('nadia', 'TEST000002AA', 'DECES-ABCDEFGHJKLM', 'different');
  expect(answer.body.code).toBe('not_possible');
});

test('by SQL nobody reads the sides of another platform, nor takes back another’s answer', async () => {
  const { ids, tokens } = published.world;
  const sql = (who: Somebody, text: string, parameters: readonly unknown[] = []) =>
    published.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': tokens[who], 'raccroche.purpose': 'follow_up' },
      },
      (transaction) => transaction.query(text, parameters),
    );
  expect((await sql('nadia', 'SELECT FROM cases.litige_sides')).rowCount).toBe(2);
  expect((await sql('amine', 'SELECT FROM cases.litige_sides')).rowCount).toBe(0);
  expect((await sql('amine', 'SELECT FROM cases.litige_withdrawals')).rowCount).toBe(0);
  await expect(sql('nadia', 'DELETE FROM cases.litige_sides')).rejects.toThrow(/permission denied/);
  await expect(sql('nadia', 'DELETE FROM cases.litige_withdrawals')).rejects.toThrow(/permission denied/);
  const { rows } = await published.database.transaction({}, (transaction) =>
    transaction.query<{ decision_id: number }>(
      'SELECT max(decision_id) AS decision_id FROM cases.litige_decisions WHERE decided_by = $1',
      [ids.paul],
    ),
  );
  const TAKE = `INSERT INTO cases.litige_withdrawals (decision_id, siei_1, siei_2, withdrawn_by)
    VALUES ($1, 'ELSEWHERE0AA', 'TEST000000AA', $2)`;
  for (const by of [ids.nadia, ids.paul])
    await expect(sql('nadia', TAKE, [rows[0]?.decision_id, by])).rejects.toThrow(/row-level security/);
});

test('the sides go with the litiges of the former campaign', async () => {
  const count = async () =>
    (
      await published.database.transaction({}, (transaction) =>
        transaction.query('SELECT FROM cases.litige_sides'),
      )
    ).rowCount;
  expect(await count()).toBe(2);
  await published.database.transaction({}, (transaction) =>
    transaction.query("DELETE FROM cases.litiges WHERE siei_2 = 'ELSEWHERE0AA'"),
  );
  expect(await count()).toBe(0);
});
