import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, purposeOf, type Somebody } from '../testing/test-world.ts';

let published: OpenedWorld;
let other = '';
const cases = { lens: '', arras: '' };
const referrals = { own: '', otherStructure: '', otherPlatform: '' };
const owner = async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
  published.database.transaction(
    {},
    async (transaction) => (await transaction.query<R>(sql, parameters)).rows,
  );
const made = async (sql: string, parameters: readonly unknown[]) =>
  (await owner<{ id: string }>(`${sql} AS id`, parameters))[0]?.id ?? '';
beforeAll(async () => {
  const elsewhere = people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE }));
  published = await openPublishedWorld([...people(2), ...elsewhere]);
  const rows = await owner<{ case_id: string; siei: string }>('SELECT case_id, siei FROM cases.cases');
  const of = (siei: string) => rows.find((row) => row.siei === siei)?.case_id ?? '';
  Object.assign(cases, { lens: of('TEST000000AA'), arras: of('TEST000010AA') });
  const { organisation, ids } = published.world;
  other = await made(
    "INSERT INTO access.organisations (kind, name) VALUES ('cfa', 'autre') RETURNING organisation_id",
    [],
  );
  const propose = (caseId: string, structure: string) =>
    made(
      `INSERT INTO cases.referrals (case_id, case_version, solution, structure, organisation_id, proposed_by)
       VALUES ($1, 1, 'epide', 'structure', $2, $3) RETURNING referral_id`,
      [caseId, structure, ids.nadia],
    );
  referrals.own = await propose(cases.lens, organisation);
  referrals.otherStructure = await propose(of('TEST000001AA'), other);
  referrals.otherPlatform = await propose(cases.arras, organisation);
});
afterAll(() => published.close());

/** Runs SQL as the application's role for somebody, as an injection in any route would. */
const run = <R extends object>(who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
  published.database.transaction(
    {
      role: 'raccroche_app',
      settings: { 'raccroche.session': published.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
    },
    (transaction) => transaction.query<R>(sql, parameters),
  );
const refused = (promise: Promise<unknown>) =>
  expect(promise).rejects.toThrow(/permission denied|row-level security/);
const ANSWER = "SELECT cases.answer_referral($1, 'takes', NULL, NULL)";
const RECEIVED = 'SELECT referral_id FROM cases.received_referrals';
const ids = async (who: Somebody) =>
  (await run<{ referral_id: string }>(who, RECEIVED)).rows.map(({ referral_id }) => referral_id);

test('a structure sees what is proposed to it, on its platforms, and nothing of a case', async () => {
  expect(await ids('olga')).toEqual([referrals.own]);
  for (const table of [
    'cases',
    'events',
    'referrals',
    'referral_answers',
    'referrals_in_force',
    'contact_marks',
  ])
    expect((await run('olga', `SELECT FROM cases.${table}`)).rowCount).toBe(0);
  for (const who of ['nadia', 'paul', 'hugo', 'diane', 'david', 'karim'] as const)
    expect(await ids(who)).toEqual([]);
  const { rows } = await run('olga', 'SELECT * FROM cases.received_referrals');
  expect(JSON.stringify(rows)).not.toMatch(/NOM0|2005-03-04|0321|TEST0/);
});

test('nobody answers what is proposed to others', async () => {
  for (const [who, referral] of [
    ['olga', referrals.otherStructure],
    ['olga', referrals.otherPlatform],
    ['nadia', referrals.own],
    ['hugo', referrals.own],
    ['sonia', referrals.own],
  ] as const)
    await expect(run(who, ANSWER, [referral])).rejects.toMatchObject({ code: 'RA005' });
  await refused(
    run(
      'olga',
      "INSERT INTO cases.referral_answers VALUES ($1, 1, $2, 'structure', 'takes', NULL, NULL, $3)",
      [cases.lens, referrals.own, published.world.ids.olga],
    ),
  );
});

test('proposals and answers are added in one’s own name on one’s platform, and never changed', async () => {
  const NEW = `INSERT INTO cases.referrals (case_id, case_version, solution, structure, proposed_by) VALUES ($1, 2, 'epide', 'x y', $2)`;
  await refused(run('nadia', NEW, [cases.arras, published.world.ids.nadia]));
  await refused(run('nadia', NEW, [cases.lens, published.world.ids.paul]));
  await refused(run('nadia', "UPDATE cases.referrals SET structure = 'autre'"));
  await refused(run('nadia', 'DELETE FROM cases.referral_answers'));
});

test.each([
  [
    'refuted',
    "UPDATE cases.cases SET verification = 'refuted', verification_reason = 'deceased' WHERE case_id = $1",
  ],
  [
    'restricted',
    `INSERT INTO privacy.requests (kind, case_id, received_on, answered_on, answer, recorded_by)
     SELECT 'restriction', $1, '2025-11-01', '2025-11-02', 'granted', person_id FROM access.people LIMIT 1`,
  ],
])('of a case that is %s nothing is shown nor answered any more', async (_, sql) => {
  expect(await ids('olga')).toEqual([referrals.own]);
  await owner(sql, [cases.lens]);
  expect(await ids('olga')).toEqual([]);
  await expect(run('olga', ANSWER, [referrals.own])).rejects.toMatchObject({ code: 'RA005' });
  await owner(
    "UPDATE cases.cases SET verification = 'confirmed', verification_reason = NULL WHERE case_id = $1",
    [cases.lens],
  );
});
