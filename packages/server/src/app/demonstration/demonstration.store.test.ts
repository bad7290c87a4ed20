import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Permission } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import { type Caller, listDemoPeople, openSession, withCaller } from '../../modules/access/index.ts';
import { readDay, readReceived } from '../../modules/cases/index.ts';
import { readSchoolPupils, sendSchoolQuestions } from '../../modules/contacts/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestStore } from '../testing/test-store.ts';
import { LENS_COMMUNE, LILLE_COMMUNE } from '../testing/test-world.ts';
import { readDemoCards } from './demo-cards.ts';
import { fillDemo } from './fill-demo.ts';
import { resetDemo } from './reset-demo.ts';

const LENS_PEOPLE = 16;
let database: Database;
let folder: string;
let campaign: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-demonstration-'));
  campaign = writeCampaign(folder, '2025-11-15', [
    ...people(LENS_PEOPLE).map((one) => ({ ...one, commune: LENS_COMMUNE })),
    ...people(10, 50).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' })),
  ]);
  database = await openTestStore();
  await fillDemo(database, campaign);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
const all = async <R extends object>(sql: string) =>
  (await database.transaction({}, (transaction) => transaction.query<R>(sql))).rows;
/** Where every case stands, without what is drawn. */
const standings = () =>
  all(`SELECT c.siei, c.verification, c.contact, c.pathway, c.version, p.display_name, access.today() - c.confirmed_on AS confirmed
    FROM cases.cases c LEFT JOIN access.people p ON p.person_id = c.referent ORDER BY c.siei`);

describe('the demonstration', () => {
  test('looks like a base in which people have worked', async () => {
    const [counts] = await all(`SELECT count(*) FILTER (WHERE pathway = 'proposed') AS proposed,
      count(*) FILTER (WHERE pathway = 'entered') AS entered, count(*) FILTER (WHERE interview_at IS NOT NULL) AS appointments,
      count(*) FILTER (WHERE verification = 'refuted') AS refuted, count(*) FILTER (WHERE referent IS NOT NULL) AS given,
      count(*) FILTER (WHERE version = 1) AS untouched FROM cases.cases`);
    expect(counts).toEqual({ proposed: 4, entered: 1, appointments: 2, refuted: 4, given: 16, untouched: 4 });
    expect(await all('SELECT DISTINCT reasons[1] AS reason FROM cases.litiges ORDER BY 1')).toEqual([
      { reason: 'death' },
      { reason: 'look_alike' },
      { reason: 'two_identifiers' },
    ]);
    // What was done lies in the past, and its story holds together.
    const [late] = await all<{ n: number }>(
      "SELECT count(*) AS n FROM cases.events WHERE actor IS NOT NULL AND happened_at > now() - INTERVAL '1 day'",
    );
    expect(late?.n).toBe(0);
    expect(
      await all(`SELECT FROM cases.events o JOIN cases.events e USING (case_id)
        WHERE o.kind = 'opened' AND e.kind <> 'opened' AND e.happened_at < o.happened_at`),
    ).toEqual([]);
  });

  test('asks of a death where nobody was reached, and gives no way to reach them', async () => {
    const doubted =
      await all(`SELECT c.contact, c.has_phone, e.entry -> 'phones' AS phones, e.entry -> 'flags' AS flags
      FROM cases.litiges l JOIN cases.cases c ON c.siei = l.siei_1 JOIN lists.published_entries e ON e.siei = c.siei
      WHERE 'death' = ANY (l.reasons)`);
    expect(doubted.length).toBeGreaterThan(0);
    for (const one of doubted)
      expect(one).toEqual({
        contact: 'to_contact',
        has_phone: false,
        phones: [],
        flags: expect.arrayContaining(['death_to_check']) as string[],
      });
  });

  /** What somebody of the demonstration reads, today. */
  async function as<T>(
    who: string,
    permission: Permission,
    read: (caller: Caller, platform: string) => Promise<T>,
  ): Promise<T> {
    const one = (await listDemoPeople(database)).find(({ displayName }) => displayName === who);
    const token = await openSession(database, one?.personId ?? '');
    const code = who === 'Léa' || who === 'Marc' ? '595' : '627';
    const [place] = await all<{ platform_id: string }>(
      `SELECT platform_id FROM access.platforms WHERE code = '${code}'`,
    );
    return withCaller(database, { token, permission }, (caller) => read(caller, place?.platform_id ?? ''));
  }
  const dayOf = (who: string, whose: 'mine' | 'platform') =>
    as(who, 'case.act', (caller, platform) => readDay(caller, { platform, whose }, todayOf(systemClock)));

  test('gives those who follow somebody a day of every kind', async () => {
    for (const who of ['Nadia', 'Léa']) {
      const day = await dayOf(who, 'mine');
      for (const stack of [day.callBacks, day.appointments, day.referrals, day.situations])
        expect(stack.length).toBeGreaterThan(0);
    }
    const { referrals } = await dayOf('Nadia', 'mine');
    expect(referrals.map(({ referral }) => referral?.answer).sort()).toEqual([null, 'takes']);
    for (const who of ['Fatou', 'Marc'])
      expect((await dayOf(who, 'platform')).callBacks.length).toBeGreaterThan(0);
  });

  test('has proposals that wait for the structure, one that it answered, one whom it took', async () => {
    const received = await as('Olga', 'referral.answer', readReceived);
    expect(received.map(({ answer, entered }) => [answer, entered])).toEqual([
      [null, false],
      [null, false],
      ['takes', false],
      ['takes', true],
    ]);
    expect(new Set(received.map(({ proposedAt }) => proposedAt.slice(0, 10))).size).toBe(4);
  });

  test('asks the head of school about former pupils, and writes to nobody anew', async () => {
    const pupils = await as('Hugo', 'pupil.read', readSchoolPupils);
    expect(pupils.filter(({ askedAt }) => askedAt !== null)).toHaveLength(2);
    expect(await sendSchoolQuestions(database)).toBe(0);
    expect(await all("SELECT FROM contacts.messages WHERE state = 'waiting'")).toEqual([]);
  });

  test('counts on its cards what each really has', async () => {
    const cards = new Map((await readDemoCards(database)).map((one) => [one.displayName, one.sentence]));
    // 16 in Lens, of whom two were found enrolled or graduated and are closed; nine of hers are open.
    const [own] = await all<{
      n: number;
    }>(`SELECT count(*) AS n FROM cases.cases c JOIN access.people p ON p.person_id = c.referent
      WHERE p.display_name = 'Nadia' AND c.pathway <> 'closed'`);
    expect(cards.get('Nadia')).toBe(
      `conseillère à la mission locale de Lens\u00A0: 14\u00A0dossiers, dont ${own?.n ?? 0} à son nom`,
    );
    expect(cards.get('Olga')).toBe('responsable d’une association de Lens\u00A0: 4\u00A0propositions reçues');
    expect(cards.get('Thomas')).toBe('conseiller au CIO de Lens\u00A0: 14\u00A0dossiers');
    expect(cards.get('David')).toBe('délégué à la protection des données');
  });

  test('is filled once', async () => {
    expect(await fillDemo(database, campaign)).toBe(false);
  });
});

describe('a reset', () => {
  test('is refused by the API where the base is not the demonstration’s own', async () => {
    const server = createTestApi(database);
    expect((await call(server.api, 'resetDemo')).body.code).toBe('not_possible');
    await server.api.close();
    const real = createTestApi(database, false);
    expect((await call(real.api, 'resetDemo')).status).toBe(404);
    await real.api.close();
  });

  test('touches nothing when somebody is whom the demonstration did not invent', async () => {
    const added = `INSERT INTO access.people (display_name, email, issuer, subject) VALUES ('Réelle', 'r@exemple.test', 'https://idp.test', '1')`;
    await database.transaction({}, (transaction) => transaction.query(added));
    const before = await standings();
    await expect(resetDemo(database, campaign)()).rejects.toThrow('rien n’y touche');
    expect(await standings()).toEqual(before);
    await database.transaction({}, (transaction) =>
      transaction.query("DELETE FROM access.people WHERE issuer <> 'demo'"),
    );
  });

  test('brings the first day back, once for two who ask at the same time; never on a server', async () => {
    const reset = resetDemo(database, campaign);
    if (database.engine === 'postgresql') {
      await expect(reset()).rejects.toThrow('rien n’y touche');
      return;
    }
    const first = await standings();
    await database.transaction({}, (transaction) =>
      transaction.query("UPDATE cases.cases SET contact = 'refuses', version = version + 1"),
    );
    // A system that was connected on a screen is of the demonstration too.
    await database.transaction({}, (transaction) =>
      transaction.query(
        "INSERT INTO access.people (display_name, email, issuer, subject) VALUES ('Outil', 'o@exemple.test', 'partner', '1')",
      ),
    );
    await Promise.all([reset(), reset()]);
    expect(await standings()).toEqual(first);
    expect(await all('SELECT count(*)::INT AS n FROM lists.publications')).toEqual([{ n: 1 }]);
    expect(await all("SELECT FROM access.people WHERE issuer = 'partner'")).toEqual([]);
  });
});
