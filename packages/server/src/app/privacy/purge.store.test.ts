import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../modules/access/index.ts';
import { verifyTrail } from '../../modules/audit/index.ts';
import { publishCampaign } from '../../modules/cases/index.ts';
import { type PurgeReport, purge, readTerms } from '../../modules/privacy/index.ts';
import { backUp, readTables } from '../../platform/postgres/archive.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { STORE_SCHEMAS, storeMigrations } from '../store/migrations.ts';
import { STORE_RETENTION } from '../store/retention.ts';
import { call, createTestApi } from '../testing/test-api.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { openTestStore } from '../testing/test-store.ts';
import { buildWorld, type TestWorld } from '../testing/test-world.ts';

/** After everything below has happened, by more than two years. */
const TODAY = '2029-03-01';
const TERMS = readTerms(STORE_RETENTION, undefined);

/** Born on 29 February: 26 on 1 March of a common year. */
const OLD = { siei: 'TESTOLD001AA', familyName: 'ZORGLUBVIEUX', firstName: 'Awa', birthDate: '2003-03-01' };
const CLOSED = { siei: 'TESTOFF001AA', familyName: 'QUIDAMCLOS', firstName: 'Bilal' };
const YOUNG = { siei: 'TESTNEW001AA', familyName: 'JEUNERESTE', firstName: 'Chloé', birthDate: '2003-03-02' };

let database: Database;
let world: TestWorld;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raccroche-purge-'));
  database = await openTestStore();
  world = await buildWorld(database);
  const others = people(6);
  const ask = async () => ({ aliases: [], removals: [{ siei: CLOSED.siei, reason: 'absent' as const }] });
  const first = [OLD, CLOSED, YOUNG, ...others];
  await publishCampaign(database, writeCampaign(join(folder, 'une'), '2025-11-15', first), ask);
  const { api } = createTestApi(database);
  const token = world.tokens.nadia;
  const { body } = await call(api, 'worklist', { token, query: { platform: world.lens } });
  for (const { caseId, siei } of body.cases as { caseId: string; siei: string }[])
    if (siei === OLD.siei)
      await call(api, 'recordAttempt', {
        token,
        params: { caseId },
        body: { version: 1, channel: 'phone', outcome: 'reached' },
      });
  await api.close();
  // Somebody's name is corrected, so that the story holds the former one; somebody is no longer listed.
  const second = [{ ...OLD, familyName: 'ZORGLUBCORRIGE' }, YOUNG, ...others];
  await publishCampaign(database, writeCampaign(join(folder, 'deux'), '2025-12-15', second), ask);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const NEEDLES = [OLD.siei, CLOSED.siei, 'ZORGLUB', 'QUIDAM'];

/** Tables in which one of the needles is found, in any column. */
async function foundIn(needles: readonly string[]): Promise<readonly string[]> {
  return database.transaction({}, async (transaction) => {
    const found: string[] = [];
    for (const { table } of await readTables(transaction, STORE_SCHEMAS)) {
      const { rows } = await transaction.query<{ n: number }>(
        `SELECT count(*) AS n FROM ${table} AS t WHERE t::TEXT ~* $1`,
        [needles.join('|')],
      );
      if (rows[0]?.n) found.push(table);
    }
    return found.sort();
  });
}

function foundInBackup(name: string): readonly string[] {
  return readdirSync(join(folder, name)).filter((file) => {
    const bytes = readFileSync(join(folder, name, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    return NEEDLES.some((needle) => text.toLowerCase().includes(needle.toLowerCase()));
  });
}

const backUpTo = (name: string) =>
  backUp(database, {
    folder: join(folder, name),
    schemas: STORE_SCHEMAS,
    migrations: storeMigrations(),
    createdAt: '2029-03-01T00:00:00.000Z',
  });
const run = (dryRun: boolean): Promise<PurgeReport> =>
  purge(database, STORE_RETENTION, { today: TODAY, terms: TERMS, dryRun });

describe('a purge', () => {
  test('tells beforehand what it would do, and does nothing', async () => {
    const before = await foundIn(NEEDLES);
    // The last publication closed one of them: what it replaced is kept until another is published.
    expect(before).toEqual([
      'cases.cases',
      'cases.events',
      'cases.name_words',
      'cases.replaced',
      'lists.published_entries',
    ]);
    const report = await run(true);
    expect(report).toMatchObject({
      dryRun: true,
      classes: { 'cases.age_limit': 1, 'cases.closed': 1, 'access.session': 14, 'access.left': 1 },
      tables: { 'cases.cases': 2, 'lists.published_entries': 1, 'access.people': 1 },
      proof: { searched: 2, leftIn: [] },
    });
    expect(await foundIn(NEEDLES)).toEqual(before);
    expect(await run(true)).toEqual(report);
    await backUpTo('avant');
    expect(foundInBackup('avant')).not.toEqual([]);
  });

  test('leaves no byte of the person in any table nor in a new backup, and those whose time is not over', async () => {
    const foretold = await run(true);
    expect(await run(false)).toEqual({ ...foretold, dryRun: false });
    expect(await foundIn(NEEDLES)).toEqual([]);
    await backUpTo('apres');
    expect(foundInBackup('apres')).toEqual([]);
    expect(await foundIn(['JEUNERESTE'])).toEqual([
      'cases.cases',
      'cases.name_words',
      'lists.published_entries',
    ]);
    const again = (await run(false)).classes;
    expect(Object.values(again).filter((removed) => removed > 0)).toEqual([]);
  });

  test('leaves counts of nobody, those under five hidden, and its own line in a trail that is whole', async () => {
    const { counts, shown, lines, trail } = await database.transaction({}, async (transaction) => ({
      counts: (await transaction.query('SELECT * FROM privacy.anonymous_counts ORDER BY outcome')).rows,
      shown: (await transaction.query('SELECT cases FROM privacy.shown_counts')).rows,
      lines: (
        await transaction.query(
          "SELECT actor, subjects, details FROM audit.entries WHERE action = 'privacy.purged' ORDER BY position LIMIT 1",
        )
      ).rows,
      trail: await verifyTrail(transaction),
    }));
    expect(counts).toEqual([
      { department: '62', opened_in: '2025-11-01', outcome: 'no_longer_listed', cases: 1 },
      { department: '62', opened_in: '2025-11-01', outcome: 'not_started', cases: 1 },
    ]);
    expect(shown).toEqual([{ cases: null }, { cases: null }]);
    expect(lines).toMatchObject([
      {
        actor: 'program:keeper',
        subjects: [],
        details: { today: TODAY, classes: { 'cases.age_limit': 1, 'cases.closed': 1 } },
      },
    ]);
    expect(trail.faults).toEqual([]);
  });

  test('takes the name of who left, and only theirs', async () => {
    expect(await foundIn(['sonia'])).toEqual([]);
    expect(await foundIn(['karim@exemple.test'])).toEqual(['access.people']);
    await expect(openSession(database, world.ids.nadia)).resolves.toMatch(/^[0-9a-f]{64}$/);
  });
});

test('what a purge leaves behind is found: a number in a table that belongs to no case is told', async () => {
  const retention = STORE_RETENTION.map((one) => ({
    ...one,
    tables: Object.fromEntries(
      Object.entries(one.tables).map(([table, { of, ...rest }]) => [
        table,
        table === 'lists.published_entries' || !of ? rest : { ...rest, of },
      ]),
    ),
  }));
  const { proof } = await purge(database, retention, { today: '2029-03-02', terms: TERMS, dryRun: true });
  expect(proof).toMatchObject({ searched: 1, leftIn: ['lists.published_entries'] });
});

test('the keeper’s role adds nothing, changes no case, and opens no session', async () => {
  const attempt = (sql: string) =>
    database.transaction({ role: 'raccroche_keeper' }, (transaction) => transaction.query(sql));
  await expect(attempt("UPDATE cases.cases SET family_name = 'x'")).rejects.toThrow('permission denied');
  await expect(
    attempt("INSERT INTO access.people VALUES (gen_random_uuid(), 'x', 'x', 'x', 'x')"),
  ).rejects.toThrow('permission denied');
  await expect(attempt("UPDATE access.memberships SET role = 'co_leader'")).rejects.toThrow(
    'permission denied',
  );
  await expect(attempt("SELECT audit.append('x', '', 'x', ARRAY[]::TEXT[], '{}')")).rejects.toThrow(
    'permission denied',
  );
});

describe('a small count is hidden with another, so that no total gives it back', () => {
  test.each([
    [
      [9, 8],
      [9, 8],
    ],
    [
      [9, 8, 3],
      [9, null, null],
    ],
    [
      [9, 3, 2],
      [9, null, null],
    ],
    [[3], [null]],
    [
      [5, 4],
      [null, null],
    ],
  ])('%j is shown as %j', async (cases, shown) => {
    const undo = new Error('undo');
    let found: unknown[] = [];
    const shownWithin = database.transaction({}, async (transaction) => {
      await transaction.script('TRUNCATE privacy.anonymous_counts');
      for (const [place, count] of cases.entries())
        await transaction.query("INSERT INTO privacy.anonymous_counts VALUES ('62', '2025-11-01', $1, $2)", [
          `o${place}`,
          count,
        ]);
      const { rows } = await transaction.query('SELECT cases FROM privacy.shown_counts ORDER BY outcome');
      found = rows.map((row) => row.cases);
      throw undo;
    });
    await expect(shownWithin).rejects.toBe(undo);
    expect(found).toEqual(shown);
  });
});
