import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Litige } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCampaign, readDecisionsToTell } from '../../modules/cases/index.ts';
import { decisionFileText } from '../../modules/lists/index.ts';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type Somebody } from '../testing/test-world.ts';

const LISTED = [...people(4), ...people(1, 9).map((one) => ({ ...one, commune: ARRAS_COMMUNE }))];
const QUESTIONS = [
  'siei_1;siei_2;decision;date_decision;role;motif;litige;explication;poids',
  'TEST000000AA;TEST000001AA;;;;;look_alike;un autre dossier ressemble à celui-ci, sans que ce soit sûr;8,5',
  'TEST000009AA;ELSEWHERE0AA;;;;;two_enrolments;deux scolarités;',
  'TEST000002AA;DECES-ABCDEFGHJKLM;;;;;death;un décès ressemble;3,1',
  'NOBODY00000A;NOBODY00000B;;;;;look_alike;personne ici;9',
];
let published: OpenedWorld;
let server: TestApi;
let on: ReturnType<typeof actsOn>;
let folder: string;
beforeAll(async () => {
  published = await openPublishedWorld(LISTED);
  folder = mkdtempSync(join(tmpdir(), 'raccroche-identity-'));
  const campaign = writeCampaign(join(folder, 'campaign'), '2025-12-15', LISTED);
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
  await publishCampaign(published.database, campaign, async () => ({ aliases: [], removals: [] }));
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
  rmSync(folder, { recursive: true, force: true });
});
const litiges = async (who: Somebody = 'nadia', platform = published.world.lens) =>
  (await on.call('litiges', who, { query: { platform } })).body as unknown as {
    litiges: Litige[];
    undecided: number;
  };
const decide = (who: Somebody, siei1: string, siei2: string, verdict: string, reason = '') =>
  on.call('decideLitige', who, { body: { siei1, siei2, verdict, reason } });
const told = () => published.database.transaction({}, readDecisionsToTell);

describe('identities to decide', () => {
  test('are those of the platform’s own cases, the heaviest first, with what may be seen of both sides', async () => {
    const { litiges: asked, undecided } = await litiges();
    expect(undecided).toBe(2);
    expect(asked.map(({ siei1, siei2, weight, cases }) => [siei1, siei2, weight, cases.length])).toEqual([
      ['TEST000000AA', 'TEST000001AA', 8.5, 2],
      ['TEST000002AA', 'DECES-ABCDEFGHJKLM', 3.1, 1],
    ]);
    expect(asked[0]?.reasons[0]?.sentence).toContain('ressemble');
    expect((await litiges('amine', published.world.arras)).litiges.map(({ siei1 }) => siei1)).toEqual([
      'TEST000009AA',
    ]);
    expect((await litiges('nadia', published.world.arras)).litiges).toEqual([]);
  });

  test('are told in the case itself', async () => {
    const { caseId } = await on.caseOf('TEST000001AA');
    expect((await on.open(caseId)).lookAlikes).toMatchObject([
      { siei: 'TEST000000AA', weight: 8.5, case: { familyName: 'NOM000000' } },
    ]);
    const { lookAlikes } = await on.open((await on.caseOf('TEST000002AA')).caseId);
    expect(lookAlikes).toMatchObject([{ siei: 'DECES-ABCDEFGHJKLM', case: null }]);
  });

  test('are decided by who may act, and told to the next campaign in its own words', async () => {
    expect((await decide('diane', 'TEST000000AA', 'TEST000001AA', 'same')).status).toBe(403);
    expect((await decide('nadia', 'TEST000009AA', 'ELSEWHERE0AA', 'same')).status).toBe(404);
    expect((await decide('nadia', 'TEST000000AA', 'TEST000003AA', 'same')).status).toBe(404);
    expect((await decide('nadia', 'TEST000001AA', 'TEST000000AA', 'unknown')).status).toBe(200);
    expect((await litiges()).undecided).toBe(1);
    await decide('paul', 'TEST000000AA', 'TEST000001AA', 'different', 'vus ensemble');
    await decide('paul', 'TEST000002AA', 'DECES-ABCDEFGHJKLM', 'different');
    const [first] = (await litiges()).litiges;
    expect(first?.decisions.map(({ verdict }) => verdict)).toEqual(['different', 'unknown']);
    expect(decisionFileText(await told())).toBe(
      `\ufeff${[
        'siei_1;siei_2;decision;date_decision;role;motif',
        'DECES-ABCDEFGHJKLM;TEST000002AA;personnes_differentes;2025-11-20;co-responsable de la plateforme;',
        'TEST000000AA;TEST000001AA;personnes_differentes;2025-11-20;co-responsable de la plateforme;vus ensemble',
      ]
        .map((line) => `${line}\r\n`)
        .join('')}`,
    );
  });
});

describe('two cases of one person', () => {
  test('are joined with their stories, and parted again as they were', async () => {
    const [kept, duplicate] = [await on.caseOf('TEST000002AA'), await on.caseOf('TEST000003AA')];
    await on.act('recordAttempt', duplicate.caseId, { channel: 'phone', outcome: 'no_answer' });
    const merge = (who: Somebody, into: string, intoVersion: number) =>
      on.act('mergeCases', duplicate.caseId, { into, intoVersion }, who);
    expect((await merge('nadia', duplicate.caseId, 2)).body.code).toBe('not_possible');
    expect((await merge('nadia', kept.caseId, 99)).body.code).toBe('conflict');
    expect((await on.open(duplicate.caseId)).pathway).toBe('not_started');
    expect((await merge('nadia', kept.caseId, kept.version)).body).toMatchObject({ caseId: kept.caseId });
    expect(await on.open(duplicate.caseId)).toMatchObject({ outcome: 'merged', mergedInto: kept.caseId });
    expect(
      (await on.open(kept.caseId)).timeline.map(({ kind, caseId }) => [kind, caseId === kept.caseId]),
    ).toEqual([
      ['opened', true],
      ['opened', false],
      ['attempt', false],
      ['merged', false],
      ['merged_from', true],
    ]);
    expect((await told()).find(({ siei2 }) => siei2 === 'TEST000003AA')?.verdict).toBe('same');
    expect((await on.act('undo', duplicate.caseId)).body.code).toBe('not_possible');
    expect((await on.act('reopenCase', duplicate.caseId)).body.code).toBe('not_possible');

    expect((await on.act('partCases', duplicate.caseId, {}, 'paul')).body).toMatchObject({
      pathway: 'not_started',
      outcome: null,
      mergedInto: null,
      closedBy: null,
      attempts: 1,
    });
    expect((await on.open(kept.caseId)).timeline.every(({ caseId }) => caseId === kept.caseId)).toBe(true);
    expect((await told()).find(({ siei2 }) => siei2 === 'TEST000003AA')?.verdict).toBe('different');
    expect((await on.act('partCases', duplicate.caseId)).body.code).toBe('not_possible');
  });
});

test('by SQL nobody decides in another’s name, for another platform, nor takes a decision back', async () => {
  const { ids, tokens } = published.world;
  const sql = (text: string, parameters: readonly unknown[] = []) =>
    published.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': tokens.nadia, 'raccroche.purpose': 'follow_up' },
      },
      (transaction) => transaction.query(text, parameters),
    );
  const DECIDE = `INSERT INTO cases.litige_decisions (siei_1, siei_2, verdict, decided_on, decided_by, role)
    VALUES ($1, 'ZZZ', 'same', '2025-11-20', $2, 'x')`;
  await expect(sql(DECIDE, ['TEST000000AA', ids.paul])).rejects.toThrow(/row-level security/);
  await expect(sql(DECIDE, ['TEST000009AA', ids.nadia])).rejects.toThrow(/row-level security/);
  await expect(sql('DELETE FROM cases.litige_decisions')).rejects.toThrow(/permission denied/);
  await expect(sql('DELETE FROM cases.litiges')).rejects.toThrow(/permission denied/);
  expect((await sql("SELECT FROM cases.litiges WHERE siei_1 = 'TEST000009AA'")).rowCount).toBe(0);
});
