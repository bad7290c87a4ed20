import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, purposeOf, type Somebody } from '../testing/test-world.ts';

let published: OpenedWorld;
beforeAll(async () => {
  const elsewhere = people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE }));
  published = await openPublishedWorld([...people(1), ...elsewhere]);
  const { ids } = published.world;
  await published.database.transaction({}, async (transaction) => {
    await transaction.query(
      "UPDATE cases.cases SET interview_at = '2025-11-24T09:00:00Z', interview_minutes = 45, interview_with = $1, interview_state = 'planned'",
      [ids.nadia],
    );
    for (const who of [ids.nadia, ids.amine])
      await transaction.query("INSERT INTO cases.receptions (person_id, hours) VALUES ($1, '[]')", [who]);
  });
});
afterAll(() => published.close());

/** Runs SQL as the application's role for somebody, as an injection in any route would. */
const run = (who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
  published.database.transaction(
    {
      role: 'raccroche_app',
      settings: { 'raccroche.session': published.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
    },
    (transaction) => transaction.query(sql, parameters),
  );
const seen = async (who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
  (await run(who, sql, parameters)).rowCount;
const refused = (promise: Promise<unknown>) =>
  expect(promise).rejects.toThrow(/permission denied|row-level security/);

test('how somebody receives is read by colleagues, and set by oneself', async () => {
  const { ids } = published.world;
  const read = async (who: Somebody) => seen(who, 'SELECT FROM cases.receptions');
  expect([await read('nadia'), await read('paul'), await read('amine'), await read('diane')]).toEqual([
    1, 1, 1, 2,
  ]);
  for (const who of ['lea', 'hugo', 'olga', 'david', 'karim'] as const) expect(await read(who)).toBe(0);
  expect(await seen('paul', "UPDATE cases.receptions SET place = 'ailleurs'")).toBe(0);
  await refused(run('paul', "INSERT INTO cases.receptions (person_id, hours) VALUES ($1, '[]')", [ids.lea]));
  await refused(run('nadia', 'DELETE FROM cases.receptions'));
});

test('when a colleague is taken is told by hours alone, also elsewhere; of others nothing', async () => {
  const BUSY = "SELECT * FROM cases.busy_times($1, '2025-11-24T00:00:00Z', '2025-11-25T00:00:00Z', NULL)";
  const { rows } = await run('paul', BUSY, [published.world.ids.nadia]);
  const span = { starts_at: '2025-11-24T09:00:00.000Z', ends_at: '2025-11-24T09:45:00.000Z' };
  expect(rows).toEqual([span, span]);
  for (const who of ['amine', 'lea', 'hugo', 'olga', 'david'] as const)
    expect(await seen(who, BUSY, [published.world.ids.nadia])).toBe(0);
});

test('whether an hour was given since is told of colleagues alone', async () => {
  const GIVEN = `SELECT cases.hour_given($1, '2025-11-24T09:30:00Z', '2025-11-24T10:00:00Z', gen_random_uuid(), $2) AS given`;
  await published.database.transaction({}, (transaction) =>
    transaction.query(
      `INSERT INTO cases.events (case_id, kind, happened_at, case_version)
       SELECT case_id, 'interview_set', now(), 99 FROM cases.cases WHERE interview_with IS NOT NULL LIMIT 1`,
    ),
  );
  const given = async (who: Somebody, since: string) =>
    (await run(who, GIVEN, [published.world.ids.nadia, since])).rows[0];
  expect(await given('paul', '2000-01-01')).toEqual({ given: true });
  expect(await given('paul', '2100-01-01')).toEqual({ given: false });
  for (const who of ['amine', 'lea', 'hugo', 'olga', 'david'] as const)
    expect(await given(who, '2000-01-01')).toEqual({ given: false });
});

test('a case that changes platforms keeps its appointment, received by nobody yet', async () => {
  const { world, database } = published;
  await run('nadia', 'SELECT cases.hand_over((SELECT case_id FROM cases.cases), $1, 1)', [world.arras]);
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query("SELECT interview_with, interview_at FROM cases.cases WHERE siei = 'TEST000000AA'"),
  );
  expect(rows).toEqual([{ interview_with: null, interview_at: '2025-11-24T09:00:00.000Z' }]);
});
