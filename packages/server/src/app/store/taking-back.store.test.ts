import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import { publishCampaign, publishDepartments, readCase, takeBack } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { useWorld } from '../testing/published-world.ts';
import { people, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type TestWorld } from '../testing/test-world.ts';
import {
  actOn,
  anyLives,
  askOf,
  detailsOf,
  differences,
  emptyCases,
  NONE,
  readState,
  writeMonth,
} from '../testing/varied-months.ts';

const [DAY, WHY] = ['2025-12-16', 'zones trompées'];
let database: Database;
let world: TestWorld;
const next = useWorld((opened) => {
  ({ database, world } = opened);
});
beforeEach(() => emptyCases(database));

const ask = askOf([]);
const owner = async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
  (await database.transaction({}, (transaction) => transaction.query<R>(sql, parameters))).rows;
const storyOf = async (siei: string) =>
  (
    await owner<{ kind: string }>(
      'SELECT kind FROM cases.events JOIN cases.cases USING (case_id) WHERE siei = $1 ORDER BY case_version',
      [siei],
    )
  ).map(({ kind }) => kind);

const ALL = people(4);
const [AWA, CARLA, DRISS, EVE] = ['TEST000000AA', 'TEST000002AA', 'TEST000003AA', 'TEST000004AA'] as const;
/** A month later: Awa is gone, Carla has moved, Eve is new. */
const LATER = [...ALL.slice(1), ...people(1, 4)].map((one) =>
  one.siei === CARLA ? { ...one, commune: ARRAS_COMMUNE } : one,
);
async function publishBoth(): Promise<{ first: string; second: string; publication: number }> {
  const first = writeCampaign(next(), '2025-11-15', ALL);
  const second = writeCampaign(next(), '2025-12-15', LATER);
  await publishCampaign(database, first, ask);
  return { first, second, publication: (await publishCampaign(database, second, ask)).publication };
}

describe('a publication that is taken back', () => {
  test('with nobody having acted, leaves everything as it was, whatever it had done; and is published again', async () => {
    const property = fc.asyncProperty(anyLives, async (lives) => {
      await emptyCases(database);
      const campaign = [writeMonth(next(), 0, lives), writeMonth(next(), 1, lives)] as const;
      const publish = (departments: readonly string[] | null) =>
        publishDepartments(database, campaign[1], { departments }, askOf(lives), detailsOf);
      await publishCampaign(database, campaign[0], ask, detailsOf);
      await actOn(database, world, lives);
      const before = await readState(database);
      const some = await publish(['62']);
      const inParts = await readState(database);
      const rest = await publish(null);
      const after = await readState(database);
      await takeBack(database, rest.publication, DAY, { reason: WHY });
      expect(differences(inParts, await readState(database))).toEqual(NONE);
      await takeBack(database, some.publication, DAY, { reason: WHY });
      expect(differences(before, await readState(database))).toEqual(NONE);
      await publish(null);
      expect(differences(after, await readState(database))).toEqual(NONE);
    });
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  });

  test('tells every timeline, both platforms, the trail and its own row', async () => {
    const { publication } = await publishBoth();
    const result = await takeBack(database, publication, DAY, { reason: WHY });
    expect(result).toEqual({ publication, alreadyTakenBack: false, withdrawn: 1, restored: 2, kept: [] });
    expect(await storyOf(AWA)).toEqual(['opened', 'closed_by_publication', 'publication_undone']);
    expect(await storyOf(CARLA)).toEqual(['opened', 'transferred', 'publication_undone']);
    expect(await storyOf(EVE)).toEqual(['opened', 'withdrawn']);
    expect(await storyOf(DRISS)).toEqual(['opened']);
    const told = (who: 'nadia' | 'amine') =>
      withCaller(database, { token: world.tokens[who], permission: 'case.read' }, async ({ transaction }) => {
        const { rows } = await transaction.query('SELECT FROM cases.transfers');
        return rows.length;
      });
    expect([await told('nadia'), await told('amine')]).toEqual([2, 2]);
    const [trail] = await owner<{ details: object }>(
      "SELECT details FROM audit.entries WHERE action = 'campaign.taken_back' ORDER BY at DESC LIMIT 1",
    );
    expect(trail?.details).toEqual({ publication, withdrawn: 1, restored: 2, kept: 0 });
    const lines = await owner<{ action: string; siei: string[] }>(
      `SELECT action, ARRAY(SELECT siei FROM cases.cases WHERE case_id::TEXT = ANY (subjects) ORDER BY siei) AS siei
       FROM audit.entries WHERE details @> jsonb_build_object('publication', $1::BIGINT) AND action LIKE 'case.%'
       ORDER BY position`,
      [publication],
    );
    expect(lines.map(({ action, siei }) => [action, siei])).toEqual([
      ['case.closed_by_publication', [AWA]],
      ['case.opened', [EVE]],
      ['case.transferred', [CARLA]],
      ['case.publication_undone', [AWA, CARLA]],
      ['case.withdrawn', [EVE]],
    ]);
    const [row] = await owner(
      `SELECT reason, asked_by, taken_back_at IS NOT NULL AS done
       FROM lists.takings_back JOIN lists.publications USING (publication_id)`,
    );
    expect(row).toEqual({ reason: WHY, asked_by: null, done: true });
    expect(await owner('SELECT FROM cases.replaced')).toEqual([]);
    // Again, it changes nothing.
    expect(await takeBack(database, publication, DAY)).toMatchObject({ alreadyTakenBack: true });
    expect(await storyOf(AWA)).toHaveLength(3);
  });

  test('keeps what somebody acted upon since, says so there, and gives its number', async () => {
    const { publication } = await publishBoth();
    await owner(
      `WITH changed AS (UPDATE cases.cases SET attempts = 1, version = version + 1 WHERE siei = ANY ($1)
         RETURNING case_id, version)
       INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version)
       SELECT case_id, 'attempt', now(), $2, version FROM changed`,
      [[CARLA, EVE, DRISS], world.ids.nadia],
    );
    const trial = await takeBack(database, publication, DAY, { isTrial: true });
    expect(trial).toMatchObject({ withdrawn: 0, restored: 1, kept: [CARLA, EVE] });
    expect(await storyOf(EVE)).toEqual(['opened', 'attempt']);
    expect(await takeBack(database, publication, DAY, { reason: WHY })).toEqual(trial);
    expect(await storyOf(EVE)).toEqual(['opened', 'attempt', 'kept_after_undoing']);
    const kept = await owner<{ case_id: string }>(
      'SELECT case_id FROM cases.cases WHERE siei = ANY ($1) AND listed AND platform_id = $2',
      [[EVE], world.lens],
    );
    const read = await withCaller(
      database,
      { token: world.tokens.nadia, permission: 'case.read' },
      (caller) => readCase(caller, kept[0]?.case_id ?? '', DAY),
    );
    // Who is followed is still known by the list that told of them.
    expect(read.contacts).not.toEqual([]);
    // Driss was on both lists: nothing of the publication is in his case, and nothing of it is undone.
    expect(await storyOf(DRISS)).toEqual(['opened', 'attempt']);
  });

  test('is all or nothing', async () => {
    const { publication } = await publishBoth();
    const before = await readState(database);
    const failing: Database = {
      ...database,
      transaction: (options, work) =>
        database.transaction(options, (transaction) =>
          work({
            ...transaction,
            query: (sql, values) =>
              sql.includes('record_publication')
                ? Promise.reject(new Error('cut'))
                : transaction.query(sql, values),
          }),
        ),
    };
    await expect(takeBack(failing, publication, DAY, { reason: WHY })).rejects.toThrow('cut');
    expect(differences(before, await readState(database))).toEqual(NONE);
    expect(await takeBack(database, publication, DAY, { reason: WHY })).toMatchObject({ withdrawn: 1 });
  });

  test('is the last one, while no other campaign is published', async () => {
    const { publication } = await publishBoth();
    const refused = { code: 'publication_not_last', exitCode: 2 };
    await expect(takeBack(database, publication - 1, DAY, { reason: WHY })).rejects.toMatchObject(refused);
    await takeBack(database, publication, DAY, { reason: WHY });
    await expect(takeBack(database, publication - 1, DAY, { reason: WHY })).rejects.toMatchObject(refused);
  });

  test('is not read by anybody but by its function, in the base itself', async () => {
    const settings = { 'raccroche.session': world.tokens.nadia, 'raccroche.purpose': 'follow_up' };
    for (const table of ['cases.replaced', 'cases.taking_back', 'lists.takings_back'])
      await expect(
        database.transaction({ role: 'raccroche_app', settings }, (transaction) =>
          transaction.query(`SELECT FROM ${table}`),
        ),
      ).rejects.toThrow('permission denied');
    for (const sql of ['SELECT cases.count_taking_back(1)', "SELECT lists.ask_taking_back(1, 'pour voir')"])
      await expect(
        database.transaction({ role: 'raccroche_app', settings }, (transaction) => transaction.query(sql)),
      ).rejects.toThrow('Vous n’avez pas ce droit');
  });
});
