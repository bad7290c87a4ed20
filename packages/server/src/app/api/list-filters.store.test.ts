import { readFileSync } from 'node:fs';
import { type CaseRow, PRIORITIES } from '@raccroche/contract';
import { describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { type Listed, people } from '../testing/test-campaign.ts';
import { LILLE_COMMUNE } from '../testing/test-world.ts';

const OTHER_SCHOOL = '0620002B';
const TOLD: readonly Omit<Listed, 'siei' | 'familyName' | 'firstName'>[] = [
  { lastTraining: { mef: '2412210131', leadsTo: 3 }, missionLocale: 'active' },
  { lastTraining: { mef: '2412210131', leadsTo: 3 }, missionLocale: 'known', school: OTHER_SCHOOL },
  { lastTraining: { mef: '2472210131', leadsTo: 4 } },
  { lastTraining: { mef: null, leadsTo: 4 }, school: OTHER_SCHOOL },
  { lastTraining: { mef: '3110000000', leadsTo: 5 } },
  { lastTraining: { mef: null, leadsTo: 6 } },
  { lastTraining: { mef: null, leadsTo: null } },
];
const ADULTS = 54;
const MINORS = people(ADULTS, 100).map((one, index) => ({
  ...one,
  birthDate: `2008-0${1 + (index % 9)}-17`,
  minor: true,
}));
const IN_LILLE = people(2, 300).map((one) => ({
  ...one,
  commune: LILLE_COMMUNE,
  department: '59',
  missionLocale: 'active' as const,
}));
const at = useServedWorld([
  ...people(ADULTS).map((one, index) => ({ ...one, ...TOLD[index] })),
  ...MINORS,
  ...IN_LILLE,
]);
const { call, owner } = at;

/** Numbers of those whom a filter finds, by which they are told apart. */
async function found(filter: Record<string, string>): Promise<CaseRow[]> {
  const query = { platform: at.world.lens, limit: '200', ...filter };
  return (await call('worklist', 'nadia', { query })).body.cases as CaseRow[];
}
const numbersOf = async (filter: Record<string, string>) =>
  (await found({ ...filter, minor: 'false' }))
    .map(({ siei }) => Number(siei.slice(4, 10)))
    .sort((one, other) => one - other);

describe('the list, narrowed by what lists told', () => {
  const untold = Array.from({ length: ADULTS - TOLD.length }, (_, index) => index + TOLD.length);
  test.each<[string, Record<string, string>, number[]]>([
    ['a training', { training: 'cap_2' }, [0, 1]],
    ['a training that the level alone tells', { training: 'level_4' }, [3, ...untold]],
    ['a level', { trainingLevel: '4' }, [2, 3, ...untold]],
    ['above the baccalauréat', { trainingLevel: '5' }, [4, 5]],
    ['a level that no list told', { trainingLevel: 'unknown' }, [6]],
    ['an active follow-up', { missionLocale: 'active' }, [0]],
    ['known, without a recent one', { missionLocale: 'known' }, [1]],
    ['a school and a level', { school: OTHER_SCHOOL, trainingLevel: '3' }, [1]],
  ])('%s', async (_, filter, numbers) => {
    expect(await numbersOf(filter)).toEqual(numbers);
    const asked = { platform: at.world.lens, minor: 'false', ...filter };
    expect((await call('exportTerms', 'nadia', { query: asked })).body.count).toBe(numbers.length);
  });

  test('trainings are counted, and shown on the rows', async () => {
    const query = { platform: at.world.lens, by: 'training', trainingLevel: '3' };
    expect((await call('caseGroups', 'nadia', { query })).body.groups).toEqual([
      { value: 'cap_2', name: null, count: 2 },
    ]);
    const [one] = await found({ missionLocale: 'active' });
    expect(one).toMatchObject({ lastTraining: 'CAP en deux ans', missionLocale: 'active' });
  });

  test('an export has them as columns, under the same filter', async () => {
    const { body } = await call('exportCases', 'nadia', {
      body: {
        platform: at.world.lens,
        filter: { training: 'cap_2', missionLocale: 'known' },
        columns: ['name', 'training', 'mission_locale', 'priority'],
        format: 'csv',
        purpose: 'calls',
      },
    });
    const lines = Buffer.from(String(body.content), 'base64').toString().split('\r\n');
    expect(lines.at(-2)).toBe(
      'NOM000001;;Awa;20;CAP en deux ans;30/06/2025;connu, sans suivi récent;suivi ordinaire',
    );
  });

  test('what nobody may choose is refused', async () => {
    for (const filter of [{ training: 'x' }, { priority: 'high' }, { missionLocale: 'no' }]) {
      const query = { platform: at.world.lens, ...filter };
      expect((await call('worklist', 'nadia', { query })).status).toBe(400);
    }
  });

  test('cases of before get from their entry what a publication gives', async () => {
    const kept = 'SELECT case_id, training, training_level, mission_locale FROM cases.cases ORDER BY case_id';
    const told = await owner(kept);
    await owner("UPDATE cases.cases SET training = NULL, training_level = NULL, mission_locale = 'unknown'");
    const migration = new URL(
      '../../modules/cases/migrations/0023-training-and-mission-locale.sql',
      import.meta.url,
    );
    const [filling] = /^UPDATE cases\.cases[^;]+;/m.exec(readFileSync(migration, 'utf8')) ?? [];
    await owner(filling ?? '');
    expect(await owner(kept)).toEqual(told);
  });
});

/** As many situations as there are cases, none like another. */
const SITUATIONS = `UPDATE cases.cases c SET
    pathway = (ARRAY['not_started', 'interview_held', 'entered', 'diagnosis', 'broken'])[1 + n % 5],
    contact = (ARRAY['to_contact', 'reached', 'refuses', 'attempted'])[1 + n / 5 % 4],
    verification = CASE WHEN n % 17 = 0 THEN 'refuted' ELSE 'confirmed' END,
    verification_reason = CASE WHEN n % 17 = 0 THEN 'moved' END,
    obligation = CASE WHEN obligation IS NOT NULL THEN
      (ARRAY['not_met', 'met', 'exempt', 'summoned', 'reported', NULL])[1 + n / 3 % 6] END,
    summoned_on = DATE '2025-11-20' - n * 3 % 80,
    opened_on = DATE '2025-11-20' - n * 7 % 120,
    joint_interview_at = CASE WHEN n % 4 = 0 THEN TIMESTAMPTZ '2025-11-01T10:00Z' END,
    return_asked_on = CASE WHEN n % 11 = 0 THEN DATE '2025-11-10' - n % 9 END,
    interview_held_at = CASE WHEN n % 6 = 0 THEN TIMESTAMPTZ '2025-11-20T23:30Z' - n * INTERVAL '1 day' END,
    last_attempt_at = CASE WHEN n % 3 > 0 THEN TIMESTAMPTZ '2025-11-20T00:30Z' - n % 40 * INTERVAL '1 day' END
  FROM (SELECT case_id, row_number() OVER (ORDER BY siei)::INT AS n FROM cases.cases) d WHERE d.case_id = c.case_id`;

test('the priority by which the list is narrowed is the one that its rows show', async () => {
  await owner(SITUATIONS);
  const all = await found({});
  const counts: number[] = [];
  for (const priority of PRIORITIES) {
    const those = await found({ priority });
    expect(those).toEqual(all.filter((one) => one.priority === priority));
    counts.push(those.length);
  }
  const pages: CaseRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { platform: at.world.lens, sort: 'priority', limit: '20', ...(cursor ? { cursor } : {}) };
    const { body } = await call('worklist', 'nadia', { query });
    pages.push(...(body.cases as CaseRow[]));
    cursor = body.next as string | null;
  }
  const order = [...PRIORITIES, null];
  const byName = (priority: CaseRow['priority']) => all.filter((one) => one.priority === priority);
  expect(pages.map(({ siei }) => siei)).toEqual(order.flatMap(byName).map(({ siei }) => siei));
  // The situations are worth their name: each priority has people, and so has none of them.
  expect(Math.min(...counts)).toBeGreaterThan(2);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
    all.filter(({ verification }) => verification !== 'refuted').length,
  );
});
