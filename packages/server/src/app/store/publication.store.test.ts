import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import {
  type PublicationResult,
  publishCampaign,
  readCase,
  recordAttempt,
  verifyCase,
} from '../../modules/cases/index.ts';
import { copyLine, type Database } from '../../platform/postgres/database.ts';
import { useWorld } from '../testing/published-world.ts';
import { type Listed, people, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, FREE_COMMUNE, type TestWorld } from '../testing/test-world.ts';
import { emptyCases } from '../testing/varied-months.ts';

const NOW = '2025-11-20T10:00:00.000Z';
let database: Database;
let world: TestWorld;
const nextFolder = useWorld((opened) => {
  ({ database, world } = opened);
});
beforeEach(() => emptyCases(database));

const campaign = (asOf: string, listed: readonly Listed[]) => writeCampaign(nextFolder(), asOf, listed);
const ABSENT = async (_: string, numbers: readonly string[]) => ({
  aliases: [],
  removals: numbers.map((siei) => ({ siei, reason: 'absent' as const })),
});
const publish = (
  asOf: string,
  listed: readonly Listed[],
  ask: Parameters<typeof publishCampaign>[2] = ABSENT,
) => publishCampaign(database, campaign(asOf, listed), ask);
const counts = ({
  publication,
  alreadyPublished,
  entries,
  withoutPlatform,
  undesignated,
  ...rest
}: PublicationResult) => Object.fromEntries(Object.entries(rest).filter(([, count]) => count > 0));

const caseOf = async (siei: string) => {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{
      case_id: string;
      version: number;
      platform_id: string | null;
      listed: boolean;
      pathway: string;
      referent: string | null;
      delisted_reason: string | null;
    }>('SELECT * FROM cases.cases WHERE siei = $1', [siei]),
  );
  const [row] = rows;
  if (!row) throw new Error(`no case ${siei}`);
  return row;
};
const storyOf = async (siei: string) => {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ kind: string }>(
      'SELECT kind FROM cases.events JOIN cases.cases USING (case_id) WHERE siei = $1 ORDER BY case_version',
      [siei],
    ),
  );
  return rows.map(({ kind }) => kind);
};
const call = async (siei: string) => {
  const { case_id, version } = await caseOf(siei);
  await withCaller(database, { token: world.tokens.nadia, permission: 'case.act' }, (caller) =>
    recordAttempt(caller, case_id, { version, channel: 'phone', outcome: 'reached' }, NOW),
  );
};
/** What a person's closing leaves; the use-case itself is not the business of this test. */
const closeByHand = (siei: string) =>
  database.transaction({}, (transaction) =>
    transaction.query(
      `WITH closed AS (UPDATE cases.cases SET pathway = 'closed', outcome = 'training', closed_by_human = true,
         version = version + 1 WHERE siei = $1 RETURNING case_id, version)
       INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version)
       SELECT case_id, 'closed', now(), $2, version FROM closed`,
      [siei, world.ids.paul],
    ),
  );

const ALL = people(4);
const [AWA, BILAL, CARLA, DRISS] = ['TEST000000AA', 'TEST000001AA', 'TEST000002AA', 'TEST000003AA'] as const;
const without = (siei: string) => ALL.filter((one) => one.siei !== siei);

test('the trail names each case that a publication touched, a thousand a line', async () => {
  await publish('2025-11-15', people(1_001));
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ subjects: string[]; details: object }>(
      "SELECT subjects, details FROM audit.entries WHERE action = 'case.opened' AND actor = 'program:publisher' ORDER BY position DESC LIMIT 2",
    ),
  );
  expect(rows.map(({ subjects }) => subjects.length)).toEqual([1, 1_000]);
  expect(new Set(rows.flatMap(({ subjects }) => subjects)).size).toBe(1_001);
});

describe('publishing', () => {
  test('opens a case for each entry, and the same campaign again changes nothing', async () => {
    const first = campaign('2025-11-15', ALL);
    expect(counts(await publishCampaign(database, first, ABSENT))).toEqual({ opened: 4 });
    const again = await publishCampaign(database, first, ABSENT);
    expect({ again: again.alreadyPublished, ...counts(again) }).toEqual({ again: true });
    expect(await storyOf(AWA)).toEqual(['opened']);
  });

  test('keeps those who are still listed, as they are', async () => {
    await publish('2025-11-15', ALL);
    await call(AWA);
    expect(counts(await publish('2025-12-15', ALL))).toEqual({});
    expect(await storyOf(AWA)).toEqual(['opened', 'attempt']);
  });

  test('closes who is no longer listed and whom nobody followed, flags who is followed, with the reason', async () => {
    await publish('2025-11-15', ALL);
    await call(AWA);
    expect(counts(await publish('2025-12-15', ALL.slice(2)))).toEqual({ closed: 1, flagged: 1 });
    expect(await caseOf(BILAL)).toMatchObject({
      pathway: 'closed',
      listed: false,
      delisted_reason: 'absent',
    });
    expect(await caseOf(AWA)).toMatchObject({
      pathway: 'not_started',
      listed: false,
      delisted_reason: 'absent',
    });
    expect(await storyOf(BILAL)).toEqual(['opened', 'closed_by_publication']);
    expect(await storyOf(AWA)).toEqual(['opened', 'attempt', 'no_longer_listed']);
  });

  test('opens again what a publication alone had closed', async () => {
    await publish('2025-11-15', ALL);
    await publish('2025-12-15', without(BILAL));
    expect(counts(await publish('2026-01-15', ALL))).toEqual({ reopened: 1 });
    expect(await caseOf(BILAL)).toMatchObject({ pathway: 'not_started', listed: true });
  });

  test('never opens again what a person closed, and says so once', async () => {
    await publish('2025-11-15', ALL);
    await closeByHand(CARLA);
    expect(counts(await publish('2025-12-15', ALL))).toEqual({ listedAfterClosing: 1 });
    expect(counts(await publish('2026-01-15', ALL))).toEqual({});
    expect(await caseOf(CARLA)).toMatchObject({ pathway: 'closed' });
    expect(await storyOf(CARLA)).toEqual(['opened', 'closed', 'listed_after_closing']);
  });

  test('brings who was said to have moved to their new platform, to be verified there', async () => {
    await publish('2025-11-15', ALL);
    const { case_id } = await caseOf(DRISS);
    await withCaller(database, { token: world.tokens.nadia, permission: 'case.act' }, (caller) =>
      verifyCase(caller, case_id, { version: 1, decision: 'refute', reason: 'moved' }, '2025-11-20'),
    );
    const moved = ALL.map((one) => (one.siei === DRISS ? { ...one, commune: ARRAS_COMMUNE } : one));
    expect(counts(await publish('2025-12-15', moved))).toEqual({ transferred: 1 });
    expect(await caseOf(DRISS)).toMatchObject({
      platform_id: world.arras,
      verification: 'to_verify',
      verification_reason: null,
      commune: ARRAS_COMMUNE,
    });
  });

  test('transfers who moved: the story follows, access changes hands, both sides are told', async () => {
    await publish('2025-11-15', ALL);
    await call(DRISS);
    const moved = ALL.map((one) => (one.siei === DRISS ? { ...one, commune: ARRAS_COMMUNE } : one));
    expect(counts(await publish('2025-12-15', moved))).toEqual({ transferred: 1 });
    const { case_id, platform_id } = await caseOf(DRISS);
    expect(platform_id).toBe(world.arras);
    const read = (token: string) =>
      withCaller(database, { token, permission: 'case.read' }, (caller) =>
        readCase(caller, case_id, '2025-12-16'),
      );
    expect((await read(world.tokens.amine)).timeline.map(({ kind }) => kind)).toEqual([
      'opened',
      'attempt',
      'transferred',
    ]);
    await expect(read(world.tokens.nadia)).rejects.toMatchObject({ code: 'not_found' });
    const told = (token: string) =>
      withCaller(database, { token, permission: 'case.read' }, ({ transaction }) =>
        transaction.query('SELECT to_platform FROM cases.transfers'),
      );
    expect((await told(world.tokens.nadia)).rows).toEqual([{ to_platform: world.arras }]);
    expect((await told(world.tokens.amine)).rows).toHaveLength(1);
    expect((await told(world.tokens.lea)).rows).toHaveLength(0);
  });

  test('corrects an identity and keeps the former one in the story', async () => {
    await publish('2025-11-15', ALL);
    await publish('2025-12-15', [
      { ...people(1)[0], siei: AWA, familyName: 'DIALLO', firstName: 'Awa' },
      ...ALL.slice(1),
    ]);
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query(
        "SELECT before ->> 'family_name' AS before, after ->> 'family_name' AS after FROM cases.events WHERE kind = 'corrected'",
      ),
    );
    expect(rows).toEqual([{ before: 'NOM000000', after: 'DIALLO' }]);
  });

  test('a number that was merged takes its case along; two cases of one person are told', async () => {
    await publish('2025-11-15', ALL);
    const merged = async (_: string, numbers: readonly string[]) => ({
      aliases: [
        { siei: AWA, current: 'ELDER00000AA' },
        { siei: BILAL, current: CARLA },
      ].filter(({ siei }) => numbers.includes(siei)),
      removals: [AWA, BILAL].map((siei) => ({ siei, reason: 'merged_number' as const })),
    });
    const elder = { ...people(1)[0], siei: 'ELDER00000AA', familyName: 'NOM000000', firstName: 'Awa' };
    const result = await publish('2025-12-15', [elder, ...ALL.slice(2)], merged);
    expect(counts(result)).toEqual({ renumbered: 1, duplicates: 1, closed: 1 });
    expect(await storyOf('ELDER00000AA')).toEqual(['opened', 'renumbered']);
    expect(await storyOf(BILAL)).toEqual(['opened', 'duplicate_found', 'closed_by_publication']);
  });

  test('tells who is in no zone and who has no designation', async () => {
    const result = await publish('2019-11-15', [
      ...ALL,
      ...people(1, 9).map((one) => ({ ...one, commune: FREE_COMMUNE })),
    ]);
    // In 2019 the zones of this world do not exist yet.
    expect(result.withoutPlatform).toBe(5);
    const later = await publish('2025-11-15', [
      ...ALL,
      ...people(1, 9).map((one) => ({ ...one, commune: FREE_COMMUNE })),
    ]);
    expect(later).toMatchObject({ withoutPlatform: 1, transferred: 4, undesignated: [] });
  });
});

test('who publishes measures what is staged: without it each step is planned as if next to nothing were there', async () => {
  const { rows } = await database.transaction({ role: 'raccroche_publisher' }, async (transaction) => {
    const lines = people(30).map(({ siei }) => copyLine([siei, '62', null, 'X', '2007-01-01']));
    const columns = ['siei', 'department', 'platform_id', 'sort_name', 'birth_date'];
    await transaction.copyIn('lists.staged_elsewhere', columns, lines);
    await transaction.query('SELECT lists.measure_staged()');
    const measured = await transaction.query(
      `SELECT reltuples::INT AS n FROM pg_class WHERE oid = 'lists.staged_elsewhere'::REGCLASS`,
    );
    await transaction.script('TRUNCATE lists.staged_elsewhere');
    return measured;
  });
  expect(rows).toEqual([{ n: 30 }]);
});

describe('what is refused leaves everything as it was', () => {
  test('an older campaign', async () => {
    await publish('2025-12-15', ALL);
    await expect(publish('2025-11-15', ALL)).rejects.toMatchObject({ code: 'publication_older' });
  });

  test('a campaign whose lists are withheld', async () => {
    const withheld = writeCampaign(nextFolder(), '2025-11-15', ALL, { withheld: true });
    await expect(publishCampaign(database, withheld)).rejects.toMatchObject({
      code: 'lists_withheld',
      exitCode: 3,
    });
  });

  test('a list that changed since the campaign: nothing of the others is published either', async () => {
    const changed = campaign('2025-11-15', [
      ...ALL,
      ...people(1, 9).map((one) => ({ ...one, department: '80' })),
    ]);
    writeFileSync(join(changed, 'lists/80/liste-80.json'), '{"siei":"EVIL"}\n');
    await expect(publishCampaign(database, changed)).rejects.toMatchObject({ code: 'list_damaged' });
    const { rows } = await database.transaction({}, (transaction) =>
      transaction.query('SELECT FROM cases.cases'),
    );
    expect(rows).toHaveLength(0);
  });
});
