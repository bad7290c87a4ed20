import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { withCaller } from '../../modules/access/index.ts';
import { publishCampaign, publishDepartments } from '../../modules/cases/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { useWorld } from '../testing/published-world.ts';
import { type Listed, writeCampaign } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, LENS_COMMUNE, LILLE_COMMUNE, type TestWorld } from '../testing/test-world.ts';
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

let database: Database;
let world: TestWorld;
const next = useWorld((opened) => {
  ({ database, world } = opened);
});
beforeEach(() => emptyCases(database));

const LENS = { department: '62', commune: LENS_COMMUNE };
const ARRAS = { department: '62', commune: ARRAS_COMMUNE };
const LILLE = { department: '59', commune: LILLE_COMMUNE };
type Place = typeof LENS | typeof ARRAS | typeof LILLE;

/** Who, where the first list says, where the second does; what of it when the Pas-de-Calais alone is published, and at the end. */
interface Case {
  readonly what: string;
  readonly before: Place | null;
  readonly after: Place | null;
  readonly inParts: {
    readonly at: 'lens' | 'arras' | 'lille';
    readonly listed: boolean;
    readonly story: string;
  } | null;
  readonly end: { readonly at: 'lens' | 'arras' | 'lille'; readonly listed: boolean; readonly story: string };
}
const RULE: readonly Case[] = [
  {
    what: 'stays',
    before: LENS,
    after: LENS,
    inParts: { at: 'lens', listed: true, story: 'opened' },
    end: { at: 'lens', listed: true, story: 'opened' },
  },
  {
    what: 'leaves the list of who is published',
    before: LENS,
    after: null,
    inParts: { at: 'lens', listed: false, story: 'opened closed_by_publication' },
    end: { at: 'lens', listed: false, story: 'opened closed_by_publication' },
  },
  {
    what: 'leaves the list of who is not',
    before: LILLE,
    after: null,
    inParts: { at: 'lille', listed: true, story: 'opened' },
    end: { at: 'lille', listed: false, story: 'opened closed_by_publication' },
  },
  {
    what: 'moves away from who is published',
    before: LENS,
    after: LILLE,
    inParts: { at: 'lens', listed: true, story: 'opened move_announced' },
    end: { at: 'lille', listed: true, story: 'opened move_announced transferred' },
  },
  {
    what: 'moves to who is published',
    before: LILLE,
    after: LENS,
    inParts: { at: 'lens', listed: true, story: 'opened transferred' },
    end: { at: 'lens', listed: true, story: 'opened transferred' },
  },
  {
    what: 'moves within who is published',
    before: LENS,
    after: ARRAS,
    inParts: { at: 'arras', listed: true, story: 'opened transferred' },
    end: { at: 'arras', listed: true, story: 'opened transferred' },
  },
  {
    what: 'is new to who is published',
    before: null,
    after: ARRAS,
    inParts: { at: 'arras', listed: true, story: 'opened' },
    end: { at: 'arras', listed: true, story: 'opened' },
  },
  {
    what: 'is new to who is not',
    before: null,
    after: LILLE,
    inParts: null,
    end: { at: 'lille', listed: true, story: 'opened' },
  },
];
const numberOf = (index: number) => `RULE00000${index}AA`;
const listOf = (month: 'before' | 'after') =>
  RULE.flatMap((one, index): Listed[] => {
    const place = one[month];
    return place === null
      ? []
      : [{ siei: numberOf(index), familyName: `NOM${index}`, firstName: 'Awa', ...place }];
  });
const askAbsent = askOf([]);

async function standings() {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ siei: string; at: string; listed: boolean; story: string }>(
      `SELECT c.siei, p.code AS at, c.listed, string_agg(e.kind, ' ' ORDER BY e.case_version) AS story
       FROM cases.cases c JOIN access.platforms p USING (platform_id) JOIN cases.events e USING (case_id)
       GROUP BY 1, 2, 3`,
    ),
  );
  return new Map(rows.map(({ siei, ...rest }) => [siei, rest]));
}
const told = (who: 'nadia' | 'lea' | 'amine') =>
  withCaller(database, { token: world.tokens[who], permission: 'case.read' }, async ({ transaction }) => {
    const { rows } = await transaction.query<{ line: string }>(
      `SELECT concat_ws(' ', f.code, '→', t.code, CASE WHEN announced THEN 'announced' END) AS line
       FROM cases.transfers x JOIN access.platforms f ON f.platform_id = from_platform
       JOIN access.platforms t ON t.platform_id = to_platform ORDER BY 1`,
    );
    return rows.map(({ line }) => line);
  });

describe('one département, then the rest (ADR 0015)', () => {
  test('the rule, case by case; both platforms are told of each move', async () => {
    await publishCampaign(database, writeCampaign(next(), '2025-11-15', listOf('before')));
    const campaign = writeCampaign(next(), '2025-12-15', listOf('after'));
    const some = { departments: ['62'] };
    expect(await publishDepartments(database, campaign, some, askAbsent)).toMatchObject({
      ...{ entries: 4, opened: 1, transferred: 2, announced: 1, closed: 1, flagged: 0 },
    });
    const inParts = await standings();
    for (const [index, one] of RULE.entries())
      expect({ what: one.what, inParts: inParts.get(numberOf(index)) ?? null }).toEqual({
        what: one.what,
        inParts: one.inParts,
      });
    expect(await told('nadia')).toEqual(['lens → arras', 'lens → lille announced', 'lille → lens']);
    expect(await told('lea')).toEqual(['lens → lille announced', 'lille → lens']);

    const again = await publishDepartments(database, campaign, some, askAbsent);
    expect(again).toMatchObject({ alreadyPublished: true, entries: 4, opened: 0 });
    expect(await standings()).toEqual(inParts);

    expect(await publishDepartments(database, campaign, { departments: null }, askAbsent)).toMatchObject({
      ...{ entries: 2, opened: 1, transferred: 1, announced: 0, closed: 1 },
    });
    const end = await standings();
    for (const [index, one] of RULE.entries())
      expect({ what: one.what, end: end.get(numberOf(index)) }).toEqual({ what: one.what, end: one.end });
    expect(await told('lea')).toContain('lens → lille');
    expect((await publishCampaign(database, campaign, askAbsent)).alreadyPublished).toBe(true);
  });

  test('in any order, whatever was done in between, ends as publishing all at once', async () => {
    const property = fc.asyncProperty(anyLives, fc.constantFrom('62', '59'), async (lives, some) => {
      const campaign = [writeMonth(next(), 0, lives), writeMonth(next(), 1, lives)] as const;
      const publish = async (departments: readonly string[] | null) =>
        publishDepartments(database, campaign[1], { departments }, askOf(lives), detailsOf);
      const begin = async () => {
        await emptyCases(database);
        await publishCampaign(database, campaign[0], askOf([]), detailsOf);
        await actOn(database, world, lives);
      };
      await begin();
      await publish(null);
      const atOnce = await readState(database);
      await begin();
      await publish([some]);
      await publish(null);
      expect(differences(atOnce, await readState(database))).toEqual(NONE);
    });
    await fc.assert(property, { numRuns: 4, endOnFailure: true });
  });

  test('a trial counts and changes nothing; a code that is no list is refused', async () => {
    const campaign = writeCampaign(next(), '2025-11-15', listOf('before'));
    const trial = await publishDepartments(
      database,
      campaign,
      { departments: ['62'], isTrial: true },
      askAbsent,
    );
    expect(trial).toMatchObject({ opened: 4, alreadyPublished: false });
    expect(await standings()).toEqual(new Map());
    const unknown = publishDepartments(database, campaign, { departments: ['62', '20'] }, askAbsent);
    await expect(unknown).rejects.toMatchObject({ code: 'list_unknown', exitCode: 2 });
  });
});
