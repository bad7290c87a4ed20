import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import {
  ARRAS_COMMUNE,
  FREE_COMMUNE,
  LILLE_COMMUNE,
  purposeOf,
  type Somebody,
  type TestWorld,
} from '../testing/test-world.ts';

/** Ten in Lens, three in Arras, two in Lille, one in no zone of the Pas-de-Calais: 16 in all. */
const LISTED = [
  ...people(10),
  ...people(3, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
  ...people(2, 13).map((one) => ({ ...one, commune: LILLE_COMMUNE, department: '59' })),
  ...people(1, 15).map((one) => ({ ...one, commune: FREE_COMMUNE })),
];

let database: Database;
let world: TestWorld;
let published: OpenedWorld;
beforeAll(async () => {
  published = await openPublishedWorld(LISTED);
  ({ database, world } = published);
});
afterAll(async () => {
  await published.close();
});

/** Runs SQL as the application's role for somebody, as an injection in any route would. */
const as = <T>(who: Somebody | undefined, work: (transaction: Transaction) => Promise<T>, purpose?: string) =>
  database.transaction(
    {
      role: 'raccroche_app',
      settings:
        who === undefined
          ? {}
          : { 'raccroche.session': world.tokens[who], 'raccroche.purpose': purpose ?? purposeOf(who) },
    },
    work,
  );
const count = async (transaction: Transaction, from: string) =>
  (await transaction.query<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)).rows[0]?.n;
const fails = (promise: Promise<unknown>) =>
  expect(promise).rejects.toThrow(/permission denied|row-level security/);

describe('what each sees of the cases, by SQL as the application’s role', () => {
  const SEEN: readonly (readonly [Somebody, number, string])[] = [
    ['nadia', 10, 'her platform'],
    ['paul', 10, 'his platform'],
    ['amine', 3, 'another platform of the same département'],
    ['lea', 2, 'another département'],
    ['karim', 0, 'an organisation whose designation has expired'],
    ['sonia', 0, 'a right that has expired'],
    ['diane', 14, 'every platform of her département, and who is in no zone'],
    ['ines', 2, 'her département alone'],
    ['hugo', 0, 'a school: no case at all'],
    ['olga', 0, 'a provider: no case at all'],
    ['rene', 0, 'steering: nothing nominative'],
    ['anne', 0, 'steering: nothing nominative'],
    ['david', 0, 'control: the trail, not the cases'],
  ];
  test.each(SEEN)('%s sees %i cases: %s', async (who, expected) => {
    await as(who, async (transaction) => {
      expect(await count(transaction, 'cases.cases')).toBe(expected);
      expect(await count(transaction, 'cases.events')).toBe(expected);
      expect(await count(transaction, 'lists.published_entries')).toBe(expected);
    });
  });

  test('nobody without a session sees anybody', async () => {
    await as(undefined, async (transaction) => expect(await count(transaction, 'cases.cases')).toBe(0));
  });

  test('a purpose that one does not hold shows nothing', async () => {
    await as(
      'nadia',
      async (transaction) => expect(await count(transaction, 'cases.cases')).toBe(0),
      'coordination',
    );
  });

  test('a school sees what became of its own pupils, and no other school’s', async () => {
    await as('hugo', async (transaction) => expect(await count(transaction, 'cases.former_pupils')).toBe(16));
    await as('nadia', async (transaction) => expect(await count(transaction, 'cases.former_pupils')).toBe(0));
  });
});

describe('what the application’s role cannot do, whoever asks', () => {
  const REFUSED: readonly (readonly [string, string])[] = [
    ['read sessions', 'SELECT * FROM access.sessions'],
    ['read the memberships', 'SELECT * FROM access.memberships'],
    ['give itself a right', "INSERT INTO access.memberships (role) VALUES ('co_leader')"],
    [
      'widen the permission table',
      "INSERT INTO access.permissions VALUES ('caseworker', 'platform', 'follow_up', 'x')",
    ],
    ['open a session for somebody', 'SELECT access.open_session(gen_random_uuid(), 1)'],
    ['read the trail', 'SELECT * FROM audit.entries'],
    ['rewrite the trail', "UPDATE audit.entries SET actor = 'x'"],
    ['erase the trail', 'DELETE FROM audit.entries'],
    ['write the trail in another’s name', "SELECT audit.append('x', 'x', 'x', ARRAY[]::TEXT[], '{}')"],
    ['move a case to another platform', 'UPDATE cases.cases SET platform_id = NULL'],
    ['rename somebody', "UPDATE cases.cases SET family_name = 'X'"],
    ['say what a list did not', "UPDATE cases.cases SET mission_locale = 'active'"],
    ['make a case', "INSERT INTO cases.cases (siei) VALUES ('X')"],
    ['erase a case', 'DELETE FROM cases.cases'],
    ['rewrite the story', "UPDATE cases.events SET kind = 'x'"],
    ['erase the story', 'DELETE FROM cases.events'],
    ['publish', "INSERT INTO lists.publications (campaign) VALUES ('x')"],
    ['empty what is published', 'DELETE FROM lists.published_entries'],
    ['switch the last line off', 'ALTER TABLE cases.cases DISABLE ROW LEVEL SECURITY'],
    ['read a publication under way', 'SELECT * FROM lists.staged_entries'],
    ['read who is invited', 'SELECT * FROM access.invitations'],
    ['read who stands in for whom', 'SELECT * FROM access.replacements'],
    ['read who is designated', 'SELECT * FROM access.designations'],
    ['draw zones by hand', "INSERT INTO access.zones VALUES (gen_random_uuid(), '62001', current_date)"],
    ['ask what somebody else may do', 'SELECT * FROM access.rights_of(gen_random_uuid())'],
    ['ask what somebody else holds', 'SELECT * FROM access.held_by(gen_random_uuid())'],
    ['read the session with what is kept in it', 'SELECT * FROM access.session()'],
    ['let somebody in', "SELECT access.admit('i', 's', 'e', 'n', NULL, NULL)"],
    [
      'open a session that a provider would',
      "SELECT access.open_provider_session('', gen_random_uuid(), 1, NULL, NULL, now(), true, NULL, NULL, NULL)",
    ],
    ['end the sessions of others', "SELECT access.end_sessions('i', 's', NULL, now())"],
    ['take out what is kept of the provider', "SELECT access.kept_tokens('x')"],
    ['renew a session', "SELECT access.take_renewal('x', NULL, 1)"],
  ];
  test.each(REFUSED)('%s', async (_, sql) => {
    await expect(as('paul', (transaction) => transaction.query(sql))).rejects.toThrow(
      /permission denied|must be owner/,
    );
  });

  test('change a case of another platform: nothing is touched', async () => {
    const touched = await as('lea', (transaction) =>
      transaction.query('UPDATE cases.cases SET attempts = 99 WHERE platform_id = $1', [world.lens]),
    );
    expect(touched.rowCount).toBe(0);
    const read = await as('nadia', (transaction) => count(transaction, 'cases.cases WHERE attempts = 99'));
    expect(read).toBe(0);
  });

  test('tell a story in a colleague’s name, or of a case of another platform', async () => {
    const insert = `INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version)
      SELECT case_id, 'attempt', now(), $1, 9 FROM cases.cases LIMIT 1`;
    await fails(as('nadia', (transaction) => transaction.query(insert, [world.ids.paul])));
    const [other] = (await as('lea', (t) => t.query<{ case_id: string }>('SELECT case_id FROM cases.cases')))
      .rows;
    await fails(
      as('nadia', (transaction) =>
        transaction.query(
          "INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version) VALUES ($1, 'x', now(), $2, 9)",
          [other?.case_id, world.ids.nadia],
        ),
      ),
    );
  });

  test('go on once the session has ended, the right is revoked or the designation withdrawn', async () => {
    const seen = () => as('amine', (transaction) => count(transaction, 'cases.cases'));
    const owner = (sql: string) =>
      database.transaction({}, (transaction) => transaction.query(sql, [world.ids.amine]));
    expect(await seen()).toBe(3);
    await owner('UPDATE access.memberships SET revoked_at = now() WHERE person_id = $1');
    expect(await seen()).toBe(0);
    await owner('UPDATE access.memberships SET revoked_at = NULL WHERE person_id = $1');
    expect(await seen()).toBe(3);
    await owner('UPDATE access.sessions SET ended_at = now() WHERE person_id = $1');
    expect(await seen()).toBe(0);
  });
});

describe('giving rights by SQL, as the application’s role, beyond what the caller gives', () => {
  const INVITE = "SELECT access.invite('\\x01', 'x@y.z', $1, $2, 'platform', $3, NULL, 1)";
  const tries = (who: Somebody, sql: string, parameters: readonly unknown[], purpose = 'administration') =>
    as(who, (transaction) => transaction.query(sql, parameters), purpose);
  const refused = (state: string) => ({ code: state });

  test.each([
    ['caseworker', 'caseworker', 'nadia', 'lens'],
    ['co-leader of another platform', 'caseworker', 'lea', 'lens'],
    ['co-leader, to a peer', 'co_leader', 'paul', 'lens'],
    ['coordinator of another département', 'co_leader', 'ines', 'lens'],
    ['data-protection officer', 'data_protection', 'david', 'lens'],
    ['somebody whose right has expired', 'caseworker', 'sonia', 'lens'],
    ['somebody whose organisation is designated no more', 'caseworker', 'karim', 'lens'],
  ] as const)('%s gives no right of %s', async (_, role, who, place) => {
    await expect(tries(who, INVITE, [world.organisation, role, world[place]])).rejects.toMatchObject(
      refused('RA003'),
    );
  });

  test('nobody gives any for another purpose than that of giving', async () => {
    const given = [world.organisation, 'caseworker', world.lens];
    await expect(tries('paul', INVITE, given, 'follow_up')).rejects.toMatchObject(refused('RA003'));
  });

  test.each([
    ['takes a right away', 'SELECT access.revoke($1)', 'lea', 'paul'],
    ['prolongs one’s own', 'SELECT access.set_term($1, NULL)', 'nadia', 'nadia'],
    ['confirms one’s own', 'SELECT access.confirm($1)', 'paul', 'paul'],
    [
      'takes the place of somebody',
      'SELECT access.replace($1, access.actor(), current_date, current_date)',
      'nadia',
      'paul',
    ],
  ] as const)('nobody %s beyond theirs', async (_, sql, who, whose) => {
    await expect(tries(who, sql, [world.memberships[whose]])).rejects.toMatchObject(refused('RA005'));
  });

  test.each([
    ['members', "SELECT * FROM access.members('platform', $1)", 'lea'],
    ['invitations', "SELECT * FROM access.pending_invitations('platform', $1)", 'lea'],
    ['designations', 'SELECT * FROM access.list_designations($1)', 'ines'],
    ['zone', 'SELECT * FROM access.zone_of($1)', 'ines'],
    ['zone, to change it', "SELECT access.change_zone($1, current_date, ARRAY['62001'], '{}')", 'ines'],
  ] as const)('nobody reaches the %s of a platform that is not theirs', async (_, sql, who) => {
    await expect(tries(who, sql, [world.lens])).rejects.toMatchObject(refused('RA005'));
  });
});

test('a zone never gives one commune to two platforms on one day', async () => {
  const add = (from: string, to: string | null) =>
    database.transaction({}, (transaction) =>
      transaction.query(
        'INSERT INTO access.zones (platform_id, commune, valid_from, valid_to) VALUES ($1, $2, $3, $4)',
        [world.lille, ARRAS_COMMUNE, from, to],
      ),
    );
  await expect(add('2024-01-01', null)).rejects.toThrow(/belongs to a platform/);
  await add('2019-01-01', '2019-12-31');
});

test('a designation names the authority that had the power on that day', async () => {
  const sign = (authority: string, on: string) =>
    database.transaction({}, (transaction) =>
      transaction.query(
        `INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from)
         SELECT $1, organisation_id, $2, 'acte', $3, $3 FROM access.organisations LIMIT 1`,
        [world.lille, authority, on],
      ),
    );
  await expect(sign('prefet', '2015-01-01')).rejects.toThrow(/check constraint/);
  await expect(sign('region', '2014-12-31')).rejects.toThrow(/check constraint/);
  await sign('prefet', '2014-12-31');
});
