import { beforeAll, describe, expect, test } from 'vitest';
import { measureUse } from '../../modules/access/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import type { Somebody } from '../testing/test-world.ts';

const at = useServedWorld(people(3));
const { call, owner } = at;
const REASON = 'La liste de novembre vient d’arriver, et deux collègues sont absents.';

let caseId = '';
beforeAll(async () => {
  const [one] = await owner<{ case_id: string }>('SELECT case_id FROM cases.cases ORDER BY siei LIMIT 1');
  caseId = one?.case_id ?? '';
  await owner("UPDATE access.quotas SET per_day = 2 WHERE kind = 'consultation'");
});

interface Asked {
  readonly quotaRequestId: string;
  readonly person: { readonly displayName: string };
  readonly used: number;
  readonly answer: { readonly more: number; readonly by: string } | null;
}
const read = async (who: Somebody) => (await call('caseDetail', who, { params: { caseId } })).status;
const ask = (who: Somebody) => call('askMore', who, { body: { kind: 'consultation', purpose: 'new_list' } });
const requestsOf = async (who: Somebody) =>
  ((await call('quotaRequests', who)).body.requests ?? []) as Asked[];
const answer = (who: Somebody, quotaRequestId: string, more: number) =>
  call('answerQuotaRequest', who, { params: { quotaRequestId }, body: { more, reason: REASON } });
const consultation = async (who: Somebody) =>
  ((await call('myAllowances', who)).body.allowances as { kind: string }[]).find(
    ({ kind }) => kind === 'consultation',
  );
const told = async (who: Somebody, kind: string) =>
  ((await call('notices', who)).body.notices as { kind: string; to: string; details: object }[]).filter(
    (one) => one.kind === kind,
  );

describe('somebody needs more than a day allows', () => {
  let asked = '';

  test('they ask once, and who answers for their platform is told, and data protection', async () => {
    expect([await read('nadia'), await read('nadia'), await read('nadia')]).toEqual([200, 200, 429]);
    for (let times = 0; times < 2; times += 1) expect((await ask('nadia')).status).toBe(200);
    expect(await consultation('nadia')).toMatchObject({ perDay: 2, more: 0, left: 0, asked: true });
    expect((await told('paul', 'quota_more_asked')).map(({ to }) => to)).toEqual(['platform']);
    expect((await told('david', 'quota_more_asked')).map(({ to }) => to)).toEqual(['control']);
    expect(await told('lea', 'quota_more_asked')).toEqual([]);
    const waiting = await requestsOf('paul');
    expect(waiting.map(({ person, used, answer: given }) => [person.displayName, used, given])).toEqual([
      ['nadia', 2, null],
    ]);
    asked = waiting[0]?.quotaRequestId ?? '';
  });

  test.each([
    ['themselves, who hold no such right', 'nadia', 1, 403],
    ['the co-leader of another platform', 'lea', 1, 404],
    ['steering', 'rene', 1, 403],
    ['their own co-leader, beyond as much again', 'paul', 3, 422],
    ['their own co-leader', 'paul', 1, 200],
    ['data protection, once it is answered', 'david', 1, 422],
  ] as const)('answered by %s', async (_, who, more, status) => {
    expect((await answer(who, asked, more)).status).toBe(status);
  });

  test('what is granted counts, is told, and is in the trail with who granted it', async () => {
    expect(await consultation('nadia')).toMatchObject({ perDay: 3, more: 1, left: 1, asked: false });
    expect([await read('nadia'), await read('nadia')]).toEqual([200, 429]);
    expect(await told('nadia', 'quota_raised')).toEqual([
      expect.objectContaining({ to: 'me', details: { kind: 'consultation', more: 1, request: asked } }),
    ]);
    expect(await told('david', 'quota_raised')).toHaveLength(1);
    const [entry] = await owner<{ actor: string; subjects: string[]; details: object }>(
      "SELECT actor, subjects, details FROM audit.entries WHERE action = 'quota.raised'",
    );
    expect(entry).toEqual({
      actor: at.world.ids.paul,
      subjects: [asked],
      details: { kind: 'consultation', more: 1, person: at.world.ids.nadia },
    });
  });

  test('another may be asked and refused, and the reason is told', async () => {
    await ask('nadia');
    const [next] = (await requestsOf('david')).filter(({ answer: given }) => given === null);
    expect((await answer('david', next?.quotaRequestId ?? '', 0)).status).toBe(200);
    expect(await consultation('nadia')).toMatchObject({ left: 0, asked: false, refusal: REASON });
    expect(await told('nadia', 'quota_not_raised')).toHaveLength(1);
  });

  test('the day over, what was granted is over, and nothing of that day can be answered', async () => {
    await ask('nadia');
    await owner('UPDATE access.quota_requests SET day = day - 1');
    await owner('UPDATE access.daily_use SET day = day - 1');
    expect(await consultation('nadia')).toMatchObject({ perDay: 2, more: 0, left: 2, asked: false });
    const waiting = await owner<{ id: string }>(
      'SELECT quota_request_id AS id FROM access.quota_requests WHERE answered_at IS NULL',
    );
    expect((await answer('paul', waiting[0]?.id ?? '', 1)).status).toBe(404);
    // What was answered is still shown to who answers.
    expect((await requestsOf('paul')).map(({ answer: given }) => given?.by)).toEqual(['david', 'paul']);
  });
});

test('what one is told names whom it is about, and stays unseen until one has read it', async () => {
  const unseen = async (who: Somebody) => (await call('unseenNotices', who)).body.count;
  const { body } = await call('notices', 'paul');
  const notices = body.notices as { noticeId: number; who: string; seen: boolean }[];
  expect(notices.map(({ who, seen }) => [who, seen])).toEqual(notices.map(() => ['nadia', false]));
  expect(await unseen('paul')).toBe(notices.length);
  const upTo = notices[0]?.noticeId ?? 0;
  for (const to of [upTo, 1])
    expect((await call('seeNotices', 'paul', { body: { upTo: to } })).status).toBe(200);
  expect(await unseen('paul')).toBe(0);
  // Each has read their own.
  expect(await unseen('david')).toBeGreaterThan(0);
  expect(await unseen('hugo')).toBe(0);
});

test('nobody grants more to themselves, nor without a recent second factor', async () => {
  await ask('paul');
  expect((await requestsOf('paul')).map(({ person }) => person.displayName)).not.toContain('paul');
  const [own] = await owner<{ id: string }>(
    'SELECT quota_request_id AS id FROM access.quota_requests WHERE person_id = $1',
    [at.world.ids.paul],
  );
  const id = own?.id ?? '';
  expect((await answer('paul', id, 1)).status).toBe(404);
  await owner("UPDATE access.sessions SET kind = 'provider', strong = false WHERE person_id = $1", [
    at.world.ids.david,
  ]);
  expect((await answer('david', id, 1)).body.code).toBe('stronger_sign_in_needed');
});

test('the table is out of reach of the application, but by its functions', async () => {
  const settings = { 'raccroche.session': at.world.tokens.nadia, 'raccroche.purpose': 'follow_up' };
  for (const sql of [
    'SELECT * FROM access.quota_requests',
    'UPDATE access.quota_requests SET more = 1000',
    "SELECT access.granted_more(access.actor(), 'export')",
  ])
    await expect(
      at.database.transaction({ role: 'raccroche_app', settings }, (transaction) => transaction.query(sql)),
    ).rejects.toThrow('permission denied');
});

test('what each role does in a day is measured over the days before, and a limit proposed', async () => {
  await owner('DELETE FROM access.daily_use');
  await owner(
    `INSERT INTO access.daily_use SELECT p.id, access.today() - d, 'consultation', p.n * d
     FROM generate_series(1, 60) d, (VALUES ($1::UUID, 1), ($2, 2), ($3, 1), ($4, 1), ($5, 100)) AS p (id, n)`,
    (['nadia', 'amine', 'jules', 'karim', 'diane'] as const).map((who) => at.world.ids[who]),
  );
  await owner("INSERT INTO access.daily_use VALUES ($1, access.today(), 'consultation', 9000)", [
    at.world.ids.nadia,
  ]);
  const measured = await at.database.transaction({}, measureUse);
  expect(measured).toEqual([
    {
      kind: 'consultation',
      roles: [
        { role: 'department_coordinator', days: 30, median: 1_500, most: 3_000 },
        { role: 'caseworker', days: 120, median: 18, most: 58 },
      ],
      suggested: 87,
    },
  ]);
});
