import { describe, expect, test } from 'vitest';
import { expireRequests } from '../../modules/cases/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, FREE_COMMUNE, purposeOf, type Somebody } from '../testing/test-world.ts';

/** Six of Arras, whom amine follows; nadia and paul are of Lens, lea of Lille. */
const NAMES = ['Aubry', 'Bonnet', 'Caron', 'Dumas', 'Etienne', 'Fabre'];
const named = (names: readonly string[], from: number, commune: string) =>
  people(names.length, from).map((one, index) => ({ ...one, familyName: names[index] ?? '', commune }));
/** And two of the same département whose commune is in no zone: diane coordinates it, ines another. */
const FREE = ['Gallet', 'Huet'];
const on = useServedWorld([...named(NAMES, 0, ARRAS_COMMUNE), ...named(FREE, 20, FREE_COMMUNE)]);

const siei = (index: number) => `TEST00000${index}AA`;
const find = (who: Somebody, familyName: string | undefined) =>
  on.call('findElsewhere', who, { body: { familyName, firstName: 'Awa', birthDate: '2005-03-04' } });
async function ask(who: Somebody, index: number, wanted: 'access' | 'transfer', platform?: string) {
  const found = await find(who, [...NAMES, ...FREE][index]);
  return on.call('askOwner', who, {
    body: { findingId: found.body.findingId, wanted, ...(platform ? { platform } : {}) },
  });
}
interface Asked {
  readonly requestId: string;
  readonly wanted: string;
  readonly askedBy: string;
  readonly forPlatform: string | null;
  readonly case: { readonly caseId: string; readonly version: number; readonly familyName: string };
}
const waiting = async (who: Somebody, platform = on.world.arras) =>
  (await on.call('caseRequests', who, { query: { platform } })).body.requests as Asked[];
async function onlyWaiting(): Promise<Asked> {
  const [one, ...more] = await waiting('amine');
  if (!one || more.length > 0) throw new Error('one request waits');
  return one;
}
const answer = (who: Somebody, { requestId, case: { version } }: Asked, body: object) =>
  on.call('answerRequest', who, { params: { askedId: requestId }, body: { version, ...body } });
const told = async (who: Somebody) =>
  ((await on.call('notices', who)).body.notices as { kind: string; details: object }[])[0];
const open = (who: Somebody, { case: { caseId } }: Asked) =>
  on.call('caseDetail', who, { params: { caseId } });

describe('access that was asked', () => {
  test('is shown to those who follow, granted to be read for some days, told, and kept like any opening', async () => {
    expect((await ask('nadia', 0, 'access')).body).toEqual({ asked: 1, departments: [] });
    expect((await ask('nadia', 0, 'access')).body).toEqual({ asked: 0, departments: [] });
    expect(await waiting('nadia', on.world.lens)).toEqual([]);
    expect(await waiting('nadia')).toEqual([]);
    const one = await onlyWaiting();
    expect(one).toMatchObject({
      wanted: 'access',
      askedBy: 'nadia',
      forPlatform: 'lens',
      case: { familyName: 'Aubry' },
    });
    expect((await open('nadia', one)).status).toBe(404);
    expect((await answer('amine', one, { answer: 'granted', days: 5 })).body).toEqual({ answered: true });
    expect((await open('nadia', one)).status).toBe(200);
    expect((await open('paul', one)).status).toBe(404);
    const changed = await on.call('recordAttempt', 'nadia', {
      params: { caseId: one.case.caseId },
      body: { version: one.case.version, channel: 'phone', outcome: 'no_answer' },
    });
    expect(changed.body.code).toBe('not_allowed');
    expect(await told('nadia')).toMatchObject({
      kind: 'request_granted',
      details: { wanted: 'access', caseId: one.case.caseId },
    });
    expect((await on.call('myRequests', 'nadia')).body.requests).toMatchObject([
      { wanted: 'access', platform: 'arras', answer: 'granted', reason: null, caseId: one.case.caseId },
    ]);
    expect(await waiting('amine')).toEqual([]);
    expect((await on.call('openings', 'nadia')).body.openings).toMatchObject([
      { siei: siei(0), reason: 'granted' },
    ]);
    const [opening] = await on.owner<{ days: number }>(
      'SELECT round(extract(epoch FROM expires_at - opened_at) / 86400)::INT AS days FROM access.openings',
    );
    expect(opening).toEqual({ days: 5 });
    const again = await answer('amine', one, { answer: 'declined', reason: 'call_us' });
    expect(again.status).toBe(404);
  });

  test('is declined with a reason, which who asked reads; without one it is not', async () => {
    await ask('nadia', 1, 'access');
    const one = await onlyWaiting();
    expect((await answer('amine', one, { answer: 'declined' })).status).toBe(400);
    expect((await answer('amine', one, { answer: 'granted', reason: 'call_us' })).status).toBe(400);
    expect((await answer('amine', one, { answer: 'declined', reason: 'still_followed' })).status).toBe(200);
    expect((await open('nadia', one)).status).toBe(404);
    expect(await told('nadia')).toMatchObject({
      kind: 'request_declined',
      details: { wanted: 'access', reason: 'still_followed' },
    });
    const mine = (await on.call('myRequests', 'nadia')).body.requests as {
      answer: string;
      caseId: string | null;
    }[];
    expect(mine.filter((own) => own.answer === 'declined').map(({ caseId }) => caseId)).toEqual([null]);
  });

  test('of a school, which follows nobody, is answered and not granted', async () => {
    await ask('hugo', 2, 'access');
    const one = await onlyWaiting();
    expect(one.forPlatform).toBe(null);
    expect((await answer('amine', one, { answer: 'granted' })).body.code).toBe('not_possible');
    expect((await answer('amine', one, { answer: 'declined', reason: 'call_us' })).status).toBe(200);
    expect((await ask('hugo', 2, 'transfer')).body.code).toBe('not_possible');
  });

  test('of who restricted the use of their data is not granted', async () => {
    await ask('nadia', 3, 'access');
    const one = await onlyWaiting();
    await on.owner(
      `INSERT INTO privacy.requests (kind, case_id, received_on, answered_on, answer, recorded_by)
       VALUES ('restriction', $1, current_date, current_date, 'granted', $2)`,
      [one.case.caseId, on.world.ids.david],
    );
    expect((await answer('amine', one, { answer: 'granted' })).body.code).toBe('not_possible');
    await on.owner('DELETE FROM privacy.requests');
    await answer('amine', one, { answer: 'declined', reason: 'not_justified' });
  });
});

describe('a transfer that was asked', () => {
  test('goes to the platform for which it was asked, once the case was read as it is', async () => {
    expect((await ask('nadia', 4, 'transfer', on.world.lille)).status).toBe(403);
    await ask('nadia', 4, 'transfer');
    const one = await onlyWaiting();
    const stale = await answer('amine', one, { answer: 'granted', version: 99 });
    expect(stale.body.code).toBe('not_possible');
    expect((await answer('amine', one, { answer: 'granted' })).status).toBe(200);
    expect((await open('nadia', one)).body).toMatchObject({ platformId: on.world.lens, siei: siei(4) });
    expect((await open('amine', one)).status).toBe(404);
    expect(await told('nadia')).toMatchObject({ kind: 'request_granted', details: { wanted: 'transfer' } });
  });
});

test('what nobody answers in time ends, both sides are told, and it can be asked again', async () => {
  await ask('nadia', 5, 'access');
  const one = await onlyWaiting();
  expect(await expireRequests(on.database)).toBe(0);
  await on.owner('UPDATE cases.requests SET expires_on = access.today() - 1 WHERE request_id = $1', [
    one.requestId,
  ]);
  expect((await answer('amine', one, { answer: 'granted' })).status).toBe(404);
  expect(await expireRequests(on.database)).toBe(1);
  expect(await expireRequests(on.database)).toBe(0);
  expect(await told('nadia')).toMatchObject({ kind: 'request_expired', details: { wanted: 'access' } });
  const [notice] = await on.owner(
    "SELECT to_platform FROM access.notices WHERE kind = 'request_expired' AND to_platform IS NOT NULL",
  );
  expect(notice).toEqual({ to_platform: on.world.arras });
  expect((await ask('nadia', 5, 'access')).body).toEqual({ asked: 1, departments: [] });
});

describe('of a case that no platform covers', () => {
  const ofDepartment = async (who: Somebody) =>
    (await on.call('departmentRequests', who)).body.requests as Asked[];
  const reply = (who: Somebody, { requestId }: Asked, body: object) =>
    on.call('answerForDepartment', who, { params: { askedId: requestId }, body });
  const onlyOne = async (): Promise<Asked> => {
    const [one, ...more] = await ofDepartment('diane');
    if (!one || more.length > 0) throw new Error('one request waits');
    return one;
  };

  test('who asks is told that the coordination of the département was asked, and it is told who asks what', async () => {
    expect((await find('nadia', 'Gallet')).body.followed).toEqual([
      { platformName: null, department: '62', caseId: null, closed: false },
    ]);
    expect((await ask('nadia', 6, 'access')).body).toEqual({ asked: 1, departments: ['62'] });
    expect((await ask('nadia', 6, 'access')).body).toEqual({ asked: 0, departments: [] });
    const one = await onlyOne();
    expect(one).toMatchObject({ askedBy: 'nadia', forPlatform: 'lens', case: { familyName: 'Gallet' } });
    expect(await told('diane')).toMatchObject({
      kind: 'request_to_department',
      who: 'nadia',
      details: { wanted: 'access', caseId: one.case.caseId },
    });
    for (const who of ['ines', 'paul', 'lea'] as const) {
      expect(await ofDepartment(who)).toEqual([]);
      expect((await told(who))?.kind).not.toBe('request_to_department');
      expect((await reply(who, one, { answer: 'granted' })).status).toBe(404);
    }
    expect((await on.call('departmentRequests', 'amine')).status).toBe(403);
    expect((await answer('amine', one, { answer: 'granted' })).status).toBe(404);
  });

  test('the coordination grants it to be read for some days, which who asked is told', async () => {
    const one = await onlyOne();
    expect((await open('nadia', one)).status).toBe(404);
    expect((await reply('diane', one, { answer: 'granted', reason: 'call_us' })).status).toBe(400);
    expect((await reply('diane', one, { answer: 'granted', days: 5 })).body).toEqual({ answered: true });
    expect((await open('nadia', one)).status).toBe(200);
    expect((await open('paul', one)).status).toBe(404);
    expect(await ofDepartment('diane')).toEqual([]);
    expect(await told('nadia')).toMatchObject({
      kind: 'request_granted',
      details: { wanted: 'access', caseId: one.case.caseId },
    });
    const mine = (await on.call('myRequests', 'nadia')).body.requests as object[];
    expect(mine).toContainEqual(expect.objectContaining({ platform: null, answer: 'granted' }));
    expect((await reply('diane', one, { answer: 'declined', reason: 'call_us' })).status).toBe(404);
  });

  test('a transfer is declined with a reason, or waits for the commune to come to a platform', async () => {
    expect((await ask('nadia', 7, 'transfer')).body).toEqual({ asked: 1, departments: ['62'] });
    const one = await onlyOne();
    const refused = await reply('diane', one, { answer: 'granted' });
    expect(refused.body).toMatchObject({
      code: 'not_possible',
      detail: expect.stringContaining('zone') as string,
    });
    expect((await reply('diane', one, { answer: 'declined' })).status).toBe(400);
    expect((await reply('diane', one, { answer: 'declined', reason: 'call_us' })).status).toBe(200);
    expect(await told('nadia')).toMatchObject({ kind: 'request_declined', details: { reason: 'call_us' } });
  });
});

test('somebody whose case is closed is told to have been followed, and may be asked about', async () => {
  await on.owner(
    "UPDATE cases.cases SET pathway = 'closed', outcome = 'training' WHERE siei = 'TEST000003AA'",
  );
  expect((await find('nadia', 'Dumas')).body.followed).toEqual([
    { platformName: 'arras', department: '62', caseId: null, closed: true },
  ]);
  await on.owner("UPDATE cases.cases SET pathway = 'identified', outcome = NULL WHERE siei = 'TEST000003AA'");
});

describe('by SQL as the application’s role', () => {
  const as = (who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
    on.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': on.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
      },
      (transaction) => transaction.query(sql, parameters),
    );

  test.each([
    'SELECT * FROM cases.requests',
    "UPDATE cases.requests SET answer = 'granted'",
    'DELETE FROM cases.requests',
    'SELECT cases.expire_requests()',
    "SELECT access.open_for(gen_random_uuid(), 'x', NULL, 'granted', 'x', 99)",
    "SELECT access.tell(NULL, NULL, 'x', gen_random_uuid(), '{}')",
    'SELECT access.name_of(gen_random_uuid())',
  ])('%s is refused', async (sql) => {
    await expect(as('amine', sql)).rejects.toThrow(/permission denied/);
  });

  test.each(['nadia', 'lea', 'karim', 'hugo', 'olga', 'diane', 'anne'] as const)(
    '%s answers no request of Arras, nor sees any',
    async (who) => {
      const { requestId } = await onlyWaiting();
      const grant = as(who, "SELECT cases.answer_request($1, 'granted', NULL, 30, 1)", [requestId]);
      await expect(grant).rejects.toMatchObject({ code: 'RA005' });
      expect((await as(who, 'SELECT cases.requests_to_answer($1, NULL, 10)', [on.world.arras])).rows).toEqual(
        [],
      );
    },
  );
});

test('requests are listed by pages, to the last', async () => {
  await on.owner(
    `INSERT INTO cases.requests (case_id, asked_by, wanted, to_platform, expires_on)
     SELECT c.case_id, p.person_id, w, $1, access.today() + 7
     FROM cases.cases c, access.people p, unnest(ARRAY['access', 'transfer']) w ON CONFLICT DO NOTHING`,
    [on.world.lens],
  );
  await on.owner(
    `INSERT INTO cases.requests (case_id, asked_by, wanted, to_platform, asked_on, expires_on, answer, answered_at)
     SELECT case_id, $2, 'access', $1, access.today() - n, access.today(), 'expired', now()
     FROM cases.cases, generate_series(1, 20) n`,
    [on.world.lens, on.world.ids.jules],
  );
  const pages = async (
    route: 'caseRequests' | 'myRequests',
    who: Somebody,
    query: Record<string, string>,
  ) => {
    const { body } = await on.call(route, who, { query });
    const { body: more } = await on.call(route, who, { query: { ...query, after: String(body.next) } });
    expect(more.next).toBeNull();
    const all = [...(body.requests as Asked[]), ...(more.requests as Asked[])];
    return [all.length, new Set(all.map(({ requestId }) => requestId)).size];
  };
  const count = async (where: string) =>
    (await on.owner<{ n: number }>(`SELECT count(*)::INT AS n FROM cases.requests WHERE ${where}`))[0]?.n;
  const waits = await count(
    `answer IS NULL AND case_id IN (SELECT case_id FROM cases.cases WHERE platform_id = '${on.world.arras}')`,
  );
  expect(waits).toBeGreaterThan(100);
  expect(await pages('caseRequests', 'amine', { platform: on.world.arras })).toEqual([waits, waits]);
  const asked = await count(`asked_by = '${on.world.ids.jules}'`);
  expect(await pages('myRequests', 'jules', {})).toEqual([asked, asked]);
});
